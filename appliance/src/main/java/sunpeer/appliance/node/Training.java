package sunpeer.appliance.node;

import sunpeer.appliance.market.QuantileForecast;
import sunpeer.inference.Model;
import sunpeer.inference.training.Dataset;
import sunpeer.inference.training.Export;
import sunpeer.inference.training.Int8Export;
import sunpeer.inference.training.Loss;
import sunpeer.inference.training.MlpTrainer;
import sunpeer.inference.training.TrainingOptions;
import sunpeer.inference.training.TrainingResult;

/** The training of the forecast model, from a dataset to an int8 model. */
public sealed interface Training {
    /** @param skillPercent against persistence on questions that the model had not seen; may be negative */
    record Learned(Model model, int rows, int skillPercent) implements Training {}

    /** A hold-out of fewer examples tells luck, not skill; while there are few, they are a larger share. */
    int HELD_OUT_MIN = 9;

    record Failed(String reason) implements Training {}

    /** Trains and exports; pure, but takes from tens to hundreds of milliseconds of one core. */
    static Training run(Dataset dataset, long seed) {
        var options = TrainingOptions.of(new Loss.Pinball(QuantileForecast.LEVELS), seed)
                .withHidden(8)
                .withHoldout(Math.clamp((double) HELD_OUT_MIN / Math.max(1, dataset.rows()), 0.2, 0.5));
        return switch (MlpTrainer.train(dataset, options)) {
            case TrainingResult.Refused(String reason) -> new Failed(reason);
            case TrainingResult.Trained trained ->
                switch (Int8Export.export(trained.model(), dataset)) {
                    case Export.Refused(String reason) -> new Failed(reason);
                    case Export.Exported exported ->
                        new Learned(exported.model(), dataset.rows(), (int) Math.round(100 * trained.skill()));
                };
        };
    }
}
