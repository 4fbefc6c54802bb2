package sunpeer.appliance.energy;

/**
 * How much too high the current is read: offset of the sensor, and loads that the controller does not see. Learned from full
 * to full, where the battery took exactly what it gave. Confined to one thread.
 */
final class StandingCurrent {
    /** Offset of common sensors with a small unseen load, A, before and after it has been learned. */
    private static final double FIRST_SIGMA_A = 0.05;

    private static final double LEARNED_SIGMA_A = 0.02;
    private static final int LEARNED_ENOUGH = 3;
    /** Slow in the end, because a single day's balance also holds errors of gain and efficiency. */
    private static final double LAST_GAIN = 0.25;

    private static final double MIN_HOURS = 12;

    private final double limitA;
    /** What the battery goes on taking after it is first seen full, until the charger lets go. */
    private final double lastAh;

    // For the life of the battery; see SocState for the meaning of each.
    private double amps;
    private int learned;
    private double netAhSinceFull;
    private double hoursSinceFull = -1;

    StandingCurrent(BatterySpec battery) {
        this.limitA = battery.capacityAh() / 100;
        this.lastAh = !battery.chemistry().isLead() ? 0 : (1 - battery.fullFraction()) * battery.capacityAh();
    }

    StandingCurrent(BatterySpec battery, SocState state) {
        this(battery);
        amps = state.standingA();
        learned = state.standingLearned();
        netAhSinceFull = state.netAhSinceFull();
        hoursSinceFull = state.hoursSinceFull();
    }

    double amps() {
        return amps;
    }

    double sigmaA() {
        return learned >= LEARNED_ENOUGH ? LEARNED_SIGMA_A : FIRST_SIGMA_A;
    }

    int learned() {
        return learned;
    }

    double netAhSinceFull() {
        return netAhSinceFull;
    }

    double hoursSinceFull() {
        return hoursSinceFull;
    }

    /** Not clamped to what the battery can hold: what overflows while full is exactly what the sensor imagines. */
    void count(double storedAh, double dtHours) {
        if (hoursSinceFull >= 0) {
            hoursSinceFull += dtHours;
            netAhSinceFull += storedAh;
        }
    }

    /** Charge went unseen: the balance does not close. */
    void interrupt() {
        hoursSinceFull = -1;
    }

    /** The battery is full. */
    void full() {
        if (hoursSinceFull >= MIN_HOURS) {
            double gain = Math.max(LAST_GAIN, 1.0 / (learned + 1));
            double errorA = (netAhSinceFull + lastAh) / hoursSinceFull;
            amps = Math.clamp(amps + gain * errorA, -limitA, limitA);
            learned++;
        }
        hoursSinceFull = 0;
        netAhSinceFull = 0;
    }
}
