package sunpeer.appliance.energy;

/**
 * What the count did not see since the battery was last surely full or nearly empty. Immutable.
 *
 * @param hours without a current that could be counted
 * @param clockSetBack the clock was set back, so that nobody knows how long
 * @param peakDrawA the largest draw of late, A: a silence may have cost as much all along
 * @param stuckA at which the current sensor stands still; NaN while it is believed
 */
public record Unseen(double hours, boolean clockSetBack, double peakDrawA, double stuckA) {
    public Unseen {
        if (!(hours >= 0 && peakDrawA >= 0) || !Double.isFinite(hours + peakDrawA) || Double.isInfinite(stuckA)) {
            throw new IllegalArgumentException("nothing unseen is like that: " + hours + " h, " + peakDrawA + " A");
        }
    }
}
