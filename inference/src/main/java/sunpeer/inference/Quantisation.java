package sunpeer.inference;

/**
 * How an int8 tensor stands for real numbers: {@code real = scale * (byte - zeroPoint)}. Immutable.
 *
 * @param scale real units per step, positive and finite
 * @param zeroPoint the byte that means exactly 0.0, in −128…127
 */
public record Quantisation(float scale, int zeroPoint) {
    public Quantisation {
        if (!(scale > 0) || !Float.isFinite(scale) || zeroPoint < Byte.MIN_VALUE || zeroPoint > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("not an int8 quantisation: scale " + scale + ", zero " + zeroPoint);
        }
    }

    /** The nearest byte (ties to even, as TFLite rounds); values outside the range are clamped to its ends. */
    public byte quantise(float real) {
        if (Float.isNaN(real)) {
            throw new IllegalArgumentException("NaN has no int8 value");
        }
        double steps = Math.rint(real / scale) + zeroPoint;
        return (byte) Math.clamp(steps, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** The real number the byte stands for. */
    public float dequantise(byte step) {
        return scale * (step - zeroPoint);
    }
}
