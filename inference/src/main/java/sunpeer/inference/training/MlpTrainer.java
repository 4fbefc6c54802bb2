package sunpeer.inference.training;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Trains small networks: Adam on mini-batches, features and target standardised, stopped early by the newest rows. The
 * same data, options and seed give the same bytes on every machine. Thread-safe: each call has its own work space.
 */
public final class MlpTrainer {
    /** Fewer rows than this in either part say nothing about a loss. */
    private static final int ROWS_MIN = 8;

    private MlpTrainer() {}

    /** Trains on the oldest rows, judges on the newest. Bad data is a refusal, never a NaN model. */
    public static TrainingResult train(Dataset data, TrainingOptions options) {
        int holdoutRows = (int) Math.ceil(data.rows() * options.holdoutShare());
        int trainRows = data.rows() - holdoutRows;
        if (Math.min(trainRows, holdoutRows) < ROWS_MIN) {
            return new TrainingResult.Refused(data.rows() + " rows are too few");
        }
        if (data.columns() == 0) {
            return new TrainingResult.Refused("no features");
        }
        for (int r = 0; r < data.rows(); r++) {
            for (int c = 0; c < data.columns(); c++) {
                if (!Float.isFinite(data.feature(r, c))) {
                    return new TrainingResult.Refused("row " + r + " feature " + c + " is " + data.feature(r, c));
                }
            }
            if (!Float.isFinite(data.target(r))) {
                return new TrainingResult.Refused("row " + r + " target is " + data.target(r));
            }
        }
        Standardisation standard = Standardisation.of(data, trainRows);
        if (standard.allConstant()) {
            return new TrainingResult.Refused("all features are constant");
        }
        return new Run(data, trainRows, standard, options).train();
    }

    /** One training, with its work space. */
    private static final class Run {
        private final TrainingOptions options;
        private final Standardisation standard;
        private final float[] levels; // empty: squared error
        private final float[] features;
        private final float[] targets;
        private final int rows;
        private final int trainRows;
        private final RandomGenerator random;
        private final Network network;
        private final int[] order;

        Run(Dataset data, int trainRows, Standardisation standard, TrainingOptions options) {
            this.options = options;
            this.standard = standard;
            this.rows = data.rows();
            this.trainRows = trainRows;
            this.features = standard.features(data);
            this.targets = standard.targets(data);
            this.levels = levels(options.loss());
            this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed());
            int[] widths = new int[options.hidden().size() + 2];
            widths[0] = data.columns();
            for (int h = 0; h < options.hidden().size(); h++) {
                widths[h + 1] = options.hidden().get(h);
            }
            widths[widths.length - 1] = options.loss().outputs();
            this.network = new Network(widths, random);
            this.order = new int[trainRows];
            Arrays.setAll(order, r -> r);
        }

        TrainingResult train() {
            float[] best = new float[network.size()];
            network.save(best);
            double bestLoss = loss(trainRows, rows);
            int bestEpoch = 0;
            int epoch = 0;
            while (epoch < options.epochsMax() && epoch - bestEpoch < options.patience()) {
                float rate = options.learningRate() * (1 - 0.9f * epoch / options.epochsMax());
                pass(rate);
                epoch++;
                double holdout = loss(trainRows, rows);
                if (holdout < bestLoss) {
                    bestLoss = holdout;
                    bestEpoch = epoch;
                    network.save(best);
                }
            }
            network.restore(best);
            double trainLoss = loss(0, trainRows);
            if (!Double.isFinite(trainLoss) || !Double.isFinite(bestLoss)) {
                return new TrainingResult.Refused("the values are too large to learn from");
            }
            return new TrainingResult.Trained(
                    standard.fold(network.layers()),
                    raw(trainLoss),
                    raw(bestLoss),
                    raw(climatologyLoss()),
                    epoch,
                    bestEpoch,
                    trainRows);
        }

        private void pass(float rate) {
            for (int i = trainRows - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int row = order[i];
                order[i] = order[other];
                order[other] = row;
            }
            for (int start = 0; start < trainRows; start += options.batchRows()) {
                int end = Math.min(trainRows, start + options.batchRows());
                for (int i = start; i < end; i++) {
                    float[] outputs = network.forward(features, order[i]);
                    slope(outputs, targets[order[i]], network.outputDelta());
                    network.backward();
                }
                network.step(end - start, rate, options.weightDecay());
            }
        }

        private void slope(float[] outputs, float target, float[] slope) {
            if (levels.length == 0) {
                slope[0] = outputs[0] - target;
            }
            for (int o = 0; o < levels.length; o++) {
                slope[o] = (outputs[o] > target ? 1 - levels[o] : -levels[o]) / levels.length;
            }
        }

        private double loss(int from, int to) {
            double sum = 0;
            for (int r = from; r < to; r++) {
                sum += loss(network.forward(features, r), targets[r]);
            }
            return sum / (to - from);
        }

        private double loss(float[] outputs, float target) {
            if (levels.length == 0) {
                double error = outputs[0] - target;
                return error * error / 2;
            }
            double sum = 0;
            for (int o = 0; o < levels.length; o++) {
                double over = outputs[o] - target;
                sum += over > 0 ? over * (1 - levels[o]) : -over * levels[o];
            }
            return sum / levels.length;
        }

        /** The best constants of the training rows: their mean (0, they are standardised) or their quantiles. */
        private double climatologyLoss() {
            float[] sorted = Arrays.copyOf(targets, trainRows);
            Arrays.sort(sorted);
            float[] constants = new float[options.loss().outputs()];
            for (int o = 0; o < levels.length; o++) {
                constants[o] = sorted[(int) Math.min(trainRows - 1, levels[o] * trainRows)];
            }
            double sum = 0;
            for (int r = trainRows; r < rows; r++) {
                sum += loss(constants, targets[r]);
            }
            return sum / (rows - trainRows);
        }

        /** A loss in the unit of the target. */
        private double raw(double loss) {
            double deviation = standard.targetDeviation();
            return levels.length == 0 ? loss * deviation * deviation : loss * deviation;
        }

        private static float[] levels(Loss loss) {
            return switch (loss) {
                case Loss.SquaredError() -> new float[0];
                case Loss.Pinball(var levels) -> {
                    float[] flat = new float[levels.size()];
                    for (int o = 0; o < flat.length; o++) {
                        flat[o] = levels.get(o).floatValue();
                    }
                    yield flat;
                }
            };
        }
    }
}
