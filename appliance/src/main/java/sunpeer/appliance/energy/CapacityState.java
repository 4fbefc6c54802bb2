package sunpeer.appliance.energy;

/**
 * Everything a {@link Capacity} remembers. Immutable.
 *
 * @param labelAh what the label said when it was learned; another label is another battery
 * @param ah what the battery is believed to hold, warm
 * @param sigma standard error as a share of {@code ah}
 * @param learned how often it was measured
 * @param movedAh charge of the last measurement, positive when it went in, negative when it came out; 0 before the first
 * @param from where the running measurement began; UNKNOWN when none runs
 * @param fromFraction state of charge there
 * @param fromSigma error of it
 * @param netAh counted since then
 * @param throughputAh moved in either direction since then
 * @param hours since then
 */
public record CapacityState(
        double labelAh,
        double ah,
        double sigma,
        int learned,
        double movedAh,
        SocEstimate.Basis from,
        double fromFraction,
        double fromSigma,
        double netAh,
        double throughputAh,
        double hours) {
    public CapacityState {
        boolean finite = Double.isFinite(labelAh + movedAh + fromFraction + fromSigma + netAh + throughputAh + hours);
        if (!finite || !(ah > 0 && ah <= 2 * labelAh) || !(sigma > 0 && sigma < 1)) {
            throw new IllegalArgumentException("not a capacity: " + ah + " Ah of " + labelAh);
        }
    }

    /** Learned, and too far from the label to be its usual tolerance and age. */
    public boolean contradictsLabel() {
        return learned > 0 && Math.abs(ah - labelAh) > Capacity.TOLERANCE * labelAh;
    }
}
