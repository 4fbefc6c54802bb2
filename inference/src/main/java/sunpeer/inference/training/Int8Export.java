package sunpeer.inference.training;

import java.util.ArrayList;
import java.util.List;
import sunpeer.inference.Int8Interpreter;
import sunpeer.inference.Model;
import sunpeer.inference.ModelLimits;
import sunpeer.inference.ModelRunner;
import sunpeer.inference.ModelValidator;
import sunpeer.inference.Outcome;
import sunpeer.inference.Quantisation;
import sunpeer.inference.Validation;
import sunpeer.inference.training.Mlp.Dense;
import sunpeer.inference.training.TfliteWriter.QuantisedLayer;

/**
 * Post-training quantisation: int8 activations with the ranges seen on calibration rows, int8 weights with one scale per
 * output, int32 biases. The same network and rows give the same bytes.
 */
public final class Int8Export {
    /** Room above and below the outputs seen, so that a slightly better day is not cut off. */
    private static final float OUTPUT_MARGIN = 0.05f;
    /** Keeps a bias far from overflowing its int32 together with the products. */
    private static final double BIAS_STEPS_MAX = 0x1p28;
    /** XNNPACK takes scales below 256. */
    private static final float REQUANTISATION_MAX = 128;

    private static final float REQUANTISATION_MIN = 0x1p-24f;

    private Int8Export() {}

    /**
     * Quantises the network and writes it as a {@code .tflite} file.
     *
     * @param calibration rows whose features are typical, at most {@link ModelLimits#BATCH_ROWS} of them are used
     */
    public static Export export(Mlp network, Dataset calibration) {
        if (calibration.rows() == 0 || calibration.columns() != network.inputs()) {
            return new Export.Refused(
                    calibration.rows() + " calibration rows of " + calibration.columns() + " features");
        }
        List<float[]> rows = new ArrayList<>();
        for (int r = 0; r < Math.min(calibration.rows(), ModelLimits.BATCH_ROWS); r++) {
            rows.add(calibration.row(r));
        }
        Range[] ranges = ranges(network, rows);
        for (Range range : ranges) {
            if (!Float.isFinite(range.low) || !Float.isFinite(range.high - range.low)) {
                return new Export.Refused("the network gives numbers that are not finite");
            }
        }
        byte[] file = TfliteWriter.write(quantise(network, ranges));
        return switch (ModelValidator.validate(file)) {
            case Validation.Accepted(Model model) -> compare(network, model, rows);
            case Validation.Refused(var check, var reason) -> new Export.Refused(check + ": " + reason);
        };
    }

    /** Extends over every value at each layer boundary, and over zero, which int8 must be able to say exactly. */
    private static Range[] ranges(Mlp network, List<float[]> rows) {
        List<Dense> layers = network.layers();
        Range[] ranges = new Range[layers.size() + 1];
        for (int b = 0; b < ranges.length; b++) {
            ranges[b] = new Range();
        }
        for (float[] features : rows) {
            float[] row = features;
            ranges[0].extend(row);
            for (int l = 0; l < layers.size(); l++) {
                row = layers.get(l).apply(row);
                if (l < layers.size() - 1) {
                    Mlp.relu(row);
                }
                ranges[l + 1].extend(row);
            }
        }
        ranges[layers.size()].widen(OUTPUT_MARGIN);
        return ranges;
    }

    private static List<QuantisedLayer> quantise(Mlp network, Range[] ranges) {
        List<QuantisedLayer> quantised = new ArrayList<>();
        Quantisation input = ranges[0].quantisation(Float.MIN_NORMAL * 0x1p24f);
        for (int l = 0; l < network.layers().size(); l++) {
            Dense dense = network.layers().get(l);
            float coarsest = 0;
            for (float weight : dense.weights) {
                coarsest = Math.max(coarsest, Math.abs(weight) / Byte.MAX_VALUE);
            }
            float scaleMin = Math.max(coarsest * input.scale() / REQUANTISATION_MAX, Float.MIN_NORMAL * 0x1p24f);
            Quantisation output = ranges[l + 1].quantisation(scaleMin);
            quantised.add(quantise(dense, input, output, l < network.layers().size() - 1));
            input = output;
        }
        return quantised;
    }

    private static QuantisedLayer quantise(Dense dense, Quantisation input, Quantisation output, boolean relu) {
        byte[] weights = new byte[dense.weights.length];
        int[] bias = new int[dense.outputs];
        float[] scales = new float[dense.outputs];
        for (int o = 0; o < dense.outputs; o++) {
            float largest = 0;
            for (int i = 0; i < dense.inputs; i++) {
                largest = Math.max(largest, Math.abs(dense.weights[i * dense.outputs + o]));
            }
            double forBias = Math.abs(dense.bias[o]) / (input.scale() * BIAS_STEPS_MAX);
            double forRatio = REQUANTISATION_MIN * (double) output.scale() / input.scale();
            scales[o] = (float) Math.max(largest / Byte.MAX_VALUE, Math.max(forBias, forRatio));
            for (int i = 0; i < dense.inputs; i++) {
                double steps = Math.rint(dense.weights[i * dense.outputs + o] / scales[o]);
                weights[o * dense.inputs + i] = (byte) Math.clamp(steps, -Byte.MAX_VALUE, Byte.MAX_VALUE);
            }
            bias[o] = (int) Math.rint(dense.bias[o] / ((double) input.scale() * scales[o]));
        }
        return new QuantisedLayer(weights, bias, scales, input, output, relu);
    }

    private static Export compare(Mlp network, Model model, List<float[]> rows) {
        ModelRunner runner = new Int8Interpreter();
        double max = 0;
        double sum = 0;
        for (float[] row : rows) {
            byte[][] batch = {model.quantise(row)};
            if (!(runner.run(model, batch) instanceof Outcome.Done(byte[][] outputs, long busy))) {
                throw new IllegalStateException("a validated model did not run");
            }
            float[] exact = network.predict(row);
            float[] rounded = model.dequantise(outputs[0]);
            for (int o = 0; o < exact.length; o++) {
                double error = Math.abs(exact[o] - rounded[o]);
                max = Math.max(max, error);
                sum += error;
            }
        }
        double mean = sum / ((double) rows.size() * network.outputs());
        return new Export.Exported(model, max, mean, coarsestFeatureSteps(network, model, rows));
    }

    private static int coarsestFeatureSteps(Mlp network, Model model, List<float[]> rows) {
        int coarsest = 256;
        Dense first = network.layers().getFirst();
        for (int i = 0; i < first.inputs; i++) {
            float weight = 0;
            for (int o = 0; o < first.outputs; o++) {
                weight = Math.max(weight, Math.abs(first.weights[i * first.outputs + o]));
            }
            if (weight > 0) { // else the feature is not used
                Range range = new Range(rows.getFirst()[i]);
                for (float[] row : rows) {
                    range.extend(row[i]);
                }
                coarsest = Math.min(coarsest, (int)
                        ((range.high - range.low) / model.input().scale()));
            }
        }
        return coarsest;
    }

    /** Grows over values. */
    private static final class Range {
        private float low;
        private float high;

        Range() {
            this(0);
        }

        Range(float start) {
            low = start;
            high = start;
        }

        void extend(float[] values) {
            for (float value : values) {
                extend(value);
            }
        }

        void extend(float value) {
            low = Math.min(low, value); // keeps a NaN, so that it is found
            high = Math.max(high, value);
        }

        void widen(float share) {
            float margin = share * (high - low);
            low -= margin;
            high += margin;
        }

        Quantisation quantisation(float scaleMin) {
            float scale = Math.max((high - low) / 255, scaleMin);
            int zero = (int) Math.clamp(Math.rint(-128 - low / scale), -128, 127);
            return new Quantisation(scale, zero);
        }
    }
}
