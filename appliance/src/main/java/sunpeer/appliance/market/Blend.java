package sunpeer.appliance.market;

/**
 * How much a model is trusted: its quantiles mixed with the constant ones of all it was trained on. A model of a few examples
 * may be worse than a constant; then the share is small, and it does no harm. Immutable.
 *
 * @param share of the model, 0 to 1
 * @param q10 constant quantiles, in the unit of {@link Sunshine#target}
 */
public record Blend(double share, double q10, double q50, double q90) {
    /** The model alone. */
    public static final Blend MODEL_ONLY = new Blend(1, 0, 0, 0);

    public Blend {
        if (!(share >= 0 && share <= 1) || !Double.isFinite(q10 + q50 + q90)) {
            throw new IllegalArgumentException("not a blend: " + share + " of " + q10 + " " + q50 + " " + q90);
        }
    }

    /** The mixed quantiles of one row of outputs. */
    public double[] of(float[] outputs) {
        return new double[] {mix(outputs[0], q10), mix(outputs[1], q50), mix(outputs[2], q90)};
    }

    private double mix(double model, double constant) {
        return share * model + (1 - share) * constant;
    }
}
