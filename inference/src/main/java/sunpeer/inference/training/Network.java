package sunpeer.inference.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sunpeer.inference.training.Mlp.Dense;

/**
 * The network while it is trained: all parameters in one flat array, work space allocated once, float arithmetic in a
 * fixed order and no function that differs between machines. Confined to one training.
 */
final class Network {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    private final int[] widths; // inputs, hidden…, outputs
    private final int[] weightsAt; // per layer, [inputs][outputs] from here
    private final int[] biasAt; // per layer
    private final float[] parameters;
    private final float[] gradient;
    private final float[] moment;
    private final float[] squares;
    private final float[][] values; // per layer boundary, the forward pass; [0] is the row
    private final float[][] deltas; // per layer boundary, the backward pass
    private float beta1Power = 1;
    private float beta2Power = 1;

    Network(int[] widths, RandomGenerator random) {
        this.widths = widths.clone();
        int layers = widths.length - 1;
        weightsAt = new int[layers];
        biasAt = new int[layers];
        int size = 0;
        for (int l = 0; l < layers; l++) {
            weightsAt[l] = size;
            biasAt[l] = size + widths[l] * widths[l + 1];
            size = biasAt[l] + widths[l + 1];
        }
        parameters = new float[size];
        gradient = new float[size];
        moment = new float[size];
        squares = new float[size];
        values = new float[widths.length][];
        deltas = new float[widths.length][];
        for (int b = 0; b < widths.length; b++) {
            values[b] = new float[widths[b]];
            deltas[b] = new float[widths[b]];
        }
        for (int l = 0; l < layers; l++) {
            // He's variance, uniform: a Gaussian would need a logarithm, which may differ between machines.
            float bound = (float) Math.sqrt(6.0 / widths[l]);
            for (int p = weightsAt[l]; p < biasAt[l]; p++) {
                parameters[p] = (2 * random.nextFloat() - 1) * bound;
            }
        }
    }

    /** The outputs for one row; overwritten by the next call. */
    float[] forward(float[] features, int row) {
        int layers = weightsAt.length;
        System.arraycopy(features, row * widths[0], values[0], 0, widths[0]);
        for (int l = 0; l < layers; l++) {
            float[] in = values[l];
            float[] out = values[l + 1];
            System.arraycopy(parameters, biasAt[l], out, 0, out.length);
            int at = weightsAt[l];
            for (float x : in) {
                if (x != 0) { // half of the hidden values are
                    for (int o = 0; o < out.length; o++) {
                        out[o] += x * parameters[at + o];
                    }
                }
                at += out.length;
            }
            if (l < layers - 1) {
                Mlp.relu(out);
            }
        }
        return values[layers];
    }

    /** Where the caller puts the loss's derivative by each output before {@link #backward}. */
    float[] outputDelta() {
        return deltas[deltas.length - 1];
    }

    /** Adds the gradient of the row of the last {@link #forward}. */
    void backward() {
        for (int l = weightsAt.length - 1; l >= 0; l--) {
            float[] in = values[l];
            float[] delta = deltas[l + 1];
            for (int o = 0; o < delta.length; o++) {
                gradient[biasAt[l] + o] += delta[o];
            }
            int at = weightsAt[l];
            for (int i = 0; i < in.length; i++) {
                float x = in[i];
                if (x != 0) {
                    float sum = 0;
                    for (int o = 0; o < delta.length; o++) {
                        gradient[at + o] += x * delta[o];
                    }
                    if (l > 0) {
                        for (int o = 0; o < delta.length; o++) {
                            sum += parameters[at + o] * delta[o];
                        }
                    }
                    deltas[l][i] = sum;
                } else {
                    deltas[l][i] = 0; // behind the ReLU's flat side
                }
                at += delta.length;
            }
        }
    }

    /** One step of Adam on the mean gradient of {@code rows} rows, which is then cleared. */
    void step(int rows, float learningRate, float weightDecay) {
        beta1Power *= BETA1;
        beta2Power *= BETA2;
        float scale = 1f / rows;
        float rate = learningRate / (1 - beta1Power);
        float unbias = 1 / (1 - beta2Power);
        float keep = 1 - learningRate * weightDecay;
        for (int p = 0; p < parameters.length; p++) {
            float g = gradient[p] * scale;
            moment[p] = BETA1 * moment[p] + (1 - BETA1) * g;
            squares[p] = BETA2 * squares[p] + (1 - BETA2) * g * g;
            float root = (float) Math.sqrt(squares[p] * unbias);
            parameters[p] = keep * parameters[p] - rate * moment[p] / (root + EPSILON);
        }
        Arrays.fill(gradient, 0);
    }

    void save(float[] copy) {
        System.arraycopy(parameters, 0, copy, 0, parameters.length);
    }

    void restore(float[] copy) {
        System.arraycopy(copy, 0, parameters, 0, parameters.length);
    }

    int size() {
        return parameters.length;
    }

    List<Dense> layers() {
        List<Dense> layers = new ArrayList<>();
        for (int l = 0; l < weightsAt.length; l++) {
            layers.add(new Dense(
                    widths[l],
                    widths[l + 1],
                    Arrays.copyOfRange(parameters, weightsAt[l], biasAt[l]),
                    Arrays.copyOfRange(parameters, biasAt[l], biasAt[l] + widths[l + 1])));
        }
        return layers;
    }
}
