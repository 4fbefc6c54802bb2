package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Notices a current sensor that stands still: the same to the last digit while what must move it moves. Confined to one
 * thread.
 *
 * <p>What must move it: the power of the panel less that of the load; and a voltage that rises and falls, for a steady
 * current moves it one way only. A current that is constant for hours at night is not suspect by itself.
 */
final class StuckCurrent {
    private static final Duration HOLD = Duration.ofMinutes(10);
    /** A few polls at least, however slow they are. */
    private static final int HOLD_READINGS = 5;

    private static final double LEAST_MOVE_A = 0.3;
    /** Share of the panel's current that losses of the converter may hide. */
    private static final double LOSSES = 0.15;

    private final BatterySpec battery;

    // Since the current last moved.
    private @Nullable Instant since;
    private @Nullable Instant last;
    private double amps = Double.NaN;
    private int readings;
    private double minV;
    private double maxV;
    private double risenV;
    private double fallenV;
    private double minBalanceA;
    private double maxBalanceA;
    private double maxPvA;
    private double stuckA = Double.NaN;

    /** @param stuckA at which it was stuck when the process ended, NaN if it was not */
    StuckCurrent(BatterySpec battery, double stuckA) {
        this.battery = battery;
        this.stuckA = stuckA;
    }

    /** NaN while the sensor is believed. */
    double stuckA() {
        return stuckA;
    }

    /** How long it has stood still. */
    double hours() {
        return since == null || last == null ? 0 : Duration.between(since, last).toMillis() / 3_600_000.0;
    }

    /**
     * @param mayRest the charger holds the battery, so that sun and load can move without moving its current
     * @return whether it is stuck now
     */
    boolean isStuck(
            Instant at, double readA, OptionalDouble volts, OptionalDouble pvW, OptionalDouble loadW, boolean mayRest) {
        if (readA != stuckA) {
            stuckA = Double.NaN;
        }
        Instant before = last;
        boolean goesOn = before != null
                && !at.isBefore(before)
                && Duration.between(before, at).compareTo(SocEstimator.MAX_GAP) <= 0;
        if (readA != amps || !goesOn || mayRest) {
            begin(at, readA);
        }
        last = at;
        readings++;
        volts.ifPresent(v -> {
            observeVolts(v);
            pvW.ifPresent(w -> observeBalance(w / v, loadW.orElse(0) / v));
        });
        Instant from = since;
        boolean held = from != null && Duration.between(from, at).compareTo(HOLD) >= 0 && readings >= HOLD_READINGS;
        if (held && (voltageTells() || balanceTells())) {
            stuckA = readA;
        }
        return !Double.isNaN(stuckA);
    }

    private void begin(Instant at, double readA) {
        since = at;
        amps = readA;
        readings = 0;
        minV = Double.MAX_VALUE;
        maxV = -Double.MAX_VALUE;
        risenV = 0;
        fallenV = 0;
        minBalanceA = Double.MAX_VALUE;
        maxBalanceA = -Double.MAX_VALUE;
        maxPvA = 0;
    }

    private void observeVolts(double volts) {
        minV = Math.min(minV, volts);
        maxV = Math.max(maxV, volts);
        risenV = Math.max(risenV, volts - minV);
        fallenV = Math.max(fallenV, maxV - volts);
    }

    private void observeBalance(double pvA, double loadA) {
        minBalanceA = Math.min(minBalanceA, pvA - loadA);
        maxBalanceA = Math.max(maxBalanceA, pvA - loadA);
        maxPvA = Math.max(maxPvA, pvA);
    }

    private boolean voltageTells() {
        return Math.min(risenV, fallenV) > 0.1 * battery.nominalV() / 12;
    }

    private boolean balanceTells() {
        double leastA = Math.max(LEAST_MOVE_A, battery.capacityAh() / 100);
        return maxBalanceA - minBalanceA > Math.max(leastA, LOSSES * maxPvA);
    }
}
