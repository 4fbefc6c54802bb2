package sunpeer.appliance.energy;

/**
 * State of charge with its error bar. Immutable.
 *
 * @param fraction 0 empty to 1 full, never NaN
 * @param sigma standard error of the fraction
 */
public record SocEstimate(double fraction, double sigma, Basis basis) {
    /** What the count of charge stands on. */
    public enum Basis {
        /** Nothing has been measured yet. */
        UNKNOWN,
        /** Counted from a guess by voltage. */
        VOLTAGE,
        /** Counted from an almost empty battery. */
        LOW,
        /** Counted from a full battery. */
        FULL
    }

    /** What a careful policy should plan with: two standard errors below. */
    public double cautious() {
        return Math.max(0, fraction - 2 * sigma);
    }
}
