package sunpeer.inference.training;

import java.util.List;

/**
 * A float network: fully connected layers, ReLU between them, none after the last. Takes raw features and gives raw
 * targets. Immutable and thread-safe.
 */
public final class Mlp {
    /** One layer; arrays are not handed out. */
    static final class Dense {
        final int inputs;
        final int outputs;
        final float[] weights; // [inputs][outputs]
        final float[] bias; // [outputs]

        Dense(int inputs, int outputs, float[] weights, float[] bias) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.weights = weights;
            this.bias = bias;
        }

        float[] apply(float[] row) {
            float[] out = bias.clone();
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    out[o] += row[i] * weights[i * outputs + o];
                }
            }
            return out;
        }
    }

    private final List<Dense> layers;

    Mlp(List<Dense> layers) {
        this.layers = List.copyOf(layers);
    }

    List<Dense> layers() {
        return layers;
    }

    /** Features of one row. */
    public int inputs() {
        return layers.getFirst().inputs;
    }

    public int outputs() {
        return layers.getLast().outputs;
    }

    /**
     * One prediction.
     *
     * @param features {@link #inputs()} raw values
     * @return {@link #outputs()} values in the unit of the target
     * @throws IllegalArgumentException if the row has another length
     */
    public float[] predict(float[] features) {
        if (features.length != inputs()) {
            throw new IllegalArgumentException("row of " + features.length + " features, the model has " + inputs());
        }
        float[] row = features;
        for (int i = 0; i < layers.size(); i++) {
            row = layers.get(i).apply(row);
            if (i < layers.size() - 1) {
                relu(row);
            }
        }
        return row;
    }

    static void relu(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, values[i]);
        }
    }
}
