package sunpeer.inference;

/**
 * One int8 fully connected layer as XNNPACK computes it: int32 accumulation (wrapping), one float multiplication, clamp,
 * round half to even. The input's zero point is folded into the biases once. Immutable; never hand out the arrays.
 */
final class Layer {
    private final int inputs;
    private final int outputs;
    private final byte[] weights; // [outputs][inputs]
    private final int[] foldedBias; // [outputs]
    private final float[] requantisation; // [outputs], accumulator units to output steps
    private final int outputZeroPoint;
    private final float lowest; // of the scaled accumulator, before the zero point is added
    private final float highest;

    /**
     * @param weights {@code [outputs][inputs]}, owned by this layer from now on
     * @param bias {@code [outputs]} in accumulator units
     * @param weightScales one for all outputs, or one per output
     * @param relu whether outputs below 0.0 are cut
     */
    Layer(byte[] weights, int[] bias, float[] weightScales, Quantisation input, Quantisation output, boolean relu) {
        this.outputs = bias.length;
        this.inputs = weights.length / outputs;
        this.weights = weights;
        this.foldedBias = new int[outputs];
        this.requantisation = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            int sum = 0;
            for (int i = 0; i < inputs; i++) {
                sum += weights[o * inputs + i];
            }
            foldedBias[o] = bias[o] - input.zeroPoint() * sum;
            requantisation[o] =
                    requantisation(input.scale(), weightScales[weightScales.length == 1 ? 0 : o], output.scale());
        }
        this.outputZeroPoint = output.zeroPoint();
        this.lowest = relu ? 0 : Byte.MIN_VALUE - outputZeroPoint;
        this.highest = Byte.MAX_VALUE - outputZeroPoint;
    }

    /** Evaluated in this order in float, as XNNPACK does: another order differs in the last bit. */
    static float requantisation(float inputScale, float weightScale, float outputScale) {
        return inputScale * weightScale / outputScale;
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    byte[] apply(byte[] row) {
        byte[] out = new byte[outputs];
        for (int o = 0; o < outputs; o++) {
            int sum = foldedBias[o];
            int at = o * inputs;
            for (int i = 0; i < inputs; i++) {
                sum += weights[at + i] * row[i];
            }
            float scaled = Math.max(lowest, Math.min(highest, (float) sum * requantisation[o]));
            out[o] = (byte) ((int) Math.rint(scaled) + outputZeroPoint);
        }
        return out;
    }
}
