package sunpeer.appliance.energy;

import java.time.Instant;

/**
 * Everything a {@link SocEstimator} remembers; what the store keeps over a restart. Immutable.
 *
 * @param at time of the last counted reading
 * @param lastA net battery current of that reading, A, positive while charging
 * @param anchorFraction state of charge at which the count began
 * @param anchorSigma error of the anchor itself
 * @param throughputAh charge moved in either direction since the anchor
 * @param hours counted since the anchor
 * @param gapSigma error of all that went unseen since the anchor
 * @param standingA how much too high the current is read: sensor offset and loads the controller does not see
 * @param standingLearned how many full charges taught it
 * @param netAhSinceFull charge that should sum to zero when the battery is full again
 * @param hoursSinceFull counted since it was last full; negative when unknown or interrupted
 * @param fullHeldS how long the battery has looked full, s; negative when it does not
 * @param lowHeldS how long it has looked almost empty, s; negative when it does not
 * @param ampleHeldS how long it has looked anything but empty while discharging, s; negative when it does not
 */
public record SocState(
        Instant at,
        double lastA,
        double fraction,
        SocEstimate.Basis basis,
        double anchorFraction,
        double anchorSigma,
        double throughputAh,
        double hours,
        double gapSigma,
        double standingA,
        int standingLearned,
        double netAhSinceFull,
        double hoursSinceFull,
        double fullHeldS,
        double lowHeldS,
        double ampleHeldS,
        Unseen unseen,
        CapacityState capacity) {
    public SocState {
        // A sum is finite only if every part is: a damaged store must not put NaN into the count.
        double sum = lastA
                + anchorFraction
                + anchorSigma
                + throughputAh
                + hours
                + gapSigma
                + standingA
                + netAhSinceFull
                + hoursSinceFull;
        if (!Double.isFinite(sum + fullHeldS + lowHeldS + ampleHeldS) || !(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("not a state of charge: " + fraction + " at " + at);
        }
    }
}
