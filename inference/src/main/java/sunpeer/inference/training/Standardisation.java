package sunpeer.inference.training;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import sunpeer.inference.training.Mlp.Dense;

/**
 * Mean and deviation of each feature and of the target, learned on the training rows only. The network works on
 * standardised numbers; afterwards both are folded into its first and last layer, so nobody has to carry them along.
 */
final class Standardisation {
    private final float[] mean; // [columns]
    private final float[] inverseDeviation; // [columns], 0 for a constant feature: it says nothing
    private final float targetMean;
    private final float targetDeviation; // 1 if the target is constant

    private Standardisation(float[] mean, float[] inverseDeviation, float targetMean, float targetDeviation) {
        this.mean = mean;
        this.inverseDeviation = inverseDeviation;
        this.targetMean = targetMean;
        this.targetDeviation = targetDeviation;
    }

    static Standardisation of(Dataset data, int trainRows) {
        float[] mean = new float[data.columns()];
        float[] inverse = new float[data.columns()];
        for (int c = 0; c < data.columns(); c++) {
            int column = c;
            Spread spread = Spread.of(trainRows, row -> data.feature(row, column));
            mean[c] = (float) spread.mean;
            inverse[c] = inverse(spread);
        }
        Spread target = Spread.of(trainRows, data::target);
        float inverseTarget = inverse(target);
        return new Standardisation(mean, inverse, (float) target.mean, inverseTarget == 0 ? 1 : 1 / inverseTarget);
    }

    private record Spread(double mean, double deviation) {
        static Spread of(int rows, IntToDoubleFunction value) {
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += value.applyAsDouble(r);
            }
            double mean = sum / rows;
            double squares = 0;
            for (int r = 0; r < rows; r++) {
                double distance = value.applyAsDouble(r) - mean;
                squares += distance * distance;
            }
            return new Spread(mean, Math.sqrt(squares / rows));
        }
    }

    /** A deviation at the edge of float precision is rounding, not information. */
    private static float inverse(Spread spread) {
        float inverse = (float) (1 / spread.deviation);
        boolean information = spread.deviation > 1e-6 * Math.abs(spread.mean) && Float.isFinite(inverse);
        return information ? inverse : 0;
    }

    boolean allConstant() {
        for (float inverse : inverseDeviation) {
            if (inverse != 0) {
                return false;
            }
        }
        return true;
    }

    float targetDeviation() {
        return targetDeviation;
    }

    float target(float raw) {
        return (raw - targetMean) / targetDeviation;
    }

    /** All rows, standardised: {@code [rows][columns]}. */
    float[] features(Dataset data) {
        float[] flat = new float[data.rows() * data.columns()];
        for (int r = 0; r < data.rows(); r++) {
            for (int c = 0; c < data.columns(); c++) {
                flat[r * data.columns() + c] = (data.feature(r, c) - mean[c]) * inverseDeviation[c];
            }
        }
        return flat;
    }

    float[] targets(Dataset data) {
        float[] flat = new float[data.rows()];
        for (int r = 0; r < data.rows(); r++) {
            flat[r] = target(data.target(r));
        }
        return flat;
    }

    /** The same network for raw features and raw targets. The given layers are changed. */
    Mlp fold(List<Dense> layers) {
        Dense first = layers.getFirst();
        for (int o = 0; o < first.outputs; o++) {
            double shift = 0;
            for (int i = 0; i < first.inputs; i++) {
                first.weights[i * first.outputs + o] *= inverseDeviation[i];
                shift += (double) first.weights[i * first.outputs + o] * mean[i];
            }
            first.bias[o] -= (float) shift;
        }
        Dense last = layers.getLast();
        for (int w = 0; w < last.weights.length; w++) {
            last.weights[w] *= targetDeviation;
        }
        for (int o = 0; o < last.outputs; o++) {
            last.bias[o] = last.bias[o] * targetDeviation + targetMean;
        }
        return new Mlp(layers);
    }
}
