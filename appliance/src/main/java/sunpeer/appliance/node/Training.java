package sunpeer.appliance.node;

import java.util.Arrays;
import java.util.List;
import sunpeer.appliance.market.Blend;
import sunpeer.appliance.market.QuantileForecast;
import sunpeer.inference.Model;
import sunpeer.inference.training.Dataset;
import sunpeer.inference.training.Export;
import sunpeer.inference.training.Int8Export;
import sunpeer.inference.training.Loss;
import sunpeer.inference.training.Mlp;
import sunpeer.inference.training.MlpTrainer;
import sunpeer.inference.training.TrainingOptions;
import sunpeer.inference.training.TrainingResult;

/** The training of the forecast model, from a dataset to an int8 model and how far to trust it. */
public sealed interface Training {
    /**
     * @param blend chosen on the newest examples, which the model has not seen
     * @param skillPercent of the blend on these examples against the constant; 0 if the model adds nothing
     */
    record Learned(Model model, Blend blend, int rows, int skillPercent) implements Training {}

    record Failed(String reason) implements Training {}

    /** A hold-out of fewer examples tells luck, not skill; while there are few, they are a larger share. */
    int HELD_OUT_MIN = 9;

    int BLEND_STEPS = 4;

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
                    case Export.Exported exported -> {
                        Blend blend = trust(trained.model(), dataset, trained.trainRows());
                        double constant = loss(new Blend(0, blend.q10(), blend.q50(), blend.q90()), trained, dataset);
                        double mixed = loss(blend, trained, dataset);
                        int skill = constant > 0 ? (int) Math.round(100 * (1 - mixed / constant)) : 0;
                        yield new Learned(exported.model(), blend, dataset.rows(), skill);
                    }
                };
        };
    }

    private static Blend trust(Mlp model, Dataset dataset, int trainRows) {
        float[] seen = new float[trainRows];
        for (int row = 0; row < trainRows; row++) {
            seen[row] = dataset.target(row);
        }
        Arrays.sort(seen);
        List<Double> levels = QuantileForecast.LEVELS;
        Blend best = new Blend(
                0, quantile(seen, levels.get(0)), quantile(seen, levels.get(1)), quantile(seen, levels.get(2)));
        double least = loss(best, model, dataset, trainRows);
        for (int step = 1; step <= BLEND_STEPS; step++) {
            Blend blend = new Blend((double) step / BLEND_STEPS, best.q10(), best.q50(), best.q90());
            double loss = loss(blend, model, dataset, trainRows);
            if (loss < least) {
                best = blend;
                least = loss;
            }
        }
        return best;
    }

    private static double quantile(float[] sorted, double level) {
        return sorted[Math.min(sorted.length - 1, (int) (level * sorted.length))];
    }

    private static double loss(Blend blend, TrainingResult.Trained trained, Dataset dataset) {
        return loss(blend, trained.model(), dataset, trained.trainRows());
    }

    private static double loss(Blend blend, Mlp model, Dataset dataset, int from) {
        double sum = 0;
        for (int row = from; row < dataset.rows(); row++) {
            double[] quantiles = blend.of(model.predict(dataset.row(row)));
            for (int level = 0; level < quantiles.length; level++) {
                double over = dataset.target(row) - quantiles[level];
                double tau = QuantileForecast.LEVELS.get(level);
                sum += Math.max(tau * over, (tau - 1) * over);
            }
        }
        return sum;
    }
}
