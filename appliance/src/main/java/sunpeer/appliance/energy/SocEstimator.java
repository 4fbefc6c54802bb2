package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import sunpeer.drivers.Reading;

/**
 * State of charge by counting charge, set right whenever the battery is seen full or almost empty.
 *
 * <p>Only values of good quality count; the controller's own percentage, which is its voltage in other words, is never
 * looked at. Confined to one thread.
 *
 * <p>Time: the count runs over the real time between two readings. A longer silence than {@link #MAX_GAP}, be it an outage
 * or a clock set forward, widens the error bar and moves no charge. A clock set back counts as a silence of that limit and
 * the new time is taken as it is. When the error bar has grown past use, the count starts again from the voltage.
 */
public final class SocEstimator {
    /** Longest time between two readings over which a current may be assumed to have changed evenly. */
    public static final Duration MAX_GAP = Duration.ofMinutes(10);

    private static final double MAX_GAP_S = MAX_GAP.toSeconds();
    private static final double SECONDS_PER_HOUR = 3600;
    /** A passing cloud lets the current fall at a high voltage too; minutes tell it from a full battery. */
    private static final double HOLD_S = 300;
    /** Surface charge keeps the voltage up for a while after charging. */
    private static final double AMPLE_HOLD_S = 1800;
    /** Volts per cell above the low mark that rule out an almost empty battery. */
    private static final double AMPLE_CELL_V = 0.03;

    private static final double FULL_SIGMA = 0.01;
    /** Flat distribution over all that is possible has 0.29; a little beyond it nothing is known. */
    private static final double MAX_SIGMA = 0.35;
    /** Offset of common sensors with a small unseen load, A, before and after it has been learned. */
    private static final double STANDING_SIGMA_A = 0.05;

    private static final double STANDING_LEARNED_SIGMA_A = 0.02;
    private static final int STANDING_LEARNED_ENOUGH = 3;
    /** Slow, because a single day's balance also holds errors of gain and efficiency. */
    private static final double STANDING_GAIN = 0.25;

    private static final double STANDING_MIN_HOURS = 12;
    /** Charge that may have gone unseen in an hour, as a share of capacity. */
    private static final double GAP_SIGMA_PER_HOUR = 0.03;
    /** No battery of this size is used beyond it: such a reading is an error of the wire. */
    private static final double MAX_C_RATE = 3;

    private final BatterySpec battery;

    // For the life of the battery; see SocState for the meaning of each.
    private boolean started;
    private Instant at = Instant.EPOCH;
    private double lastA;
    private double fraction = 0.5;
    private SocEstimate.Basis basis = SocEstimate.Basis.UNKNOWN;
    private double anchorSigma = MAX_SIGMA;
    private double throughputAh;
    private double hours;
    private double gapSigma;
    private double standingA;
    private int standingLearned;
    private double netAhSinceFull;
    private double hoursSinceFull = -1;
    private double fullHeldS = -1;
    private double lowHeldS = -1;
    private double ampleHeldS = -1;

    public SocEstimator(BatterySpec battery) {
        this.battery = battery;
    }

    /** Goes on as if it had never stopped; the time in between is a silence like any other. */
    public SocEstimator(BatterySpec battery, SocState state) {
        this.battery = battery;
        started = true;
        at = state.at();
        lastA = state.lastA();
        fraction = state.fraction();
        basis = state.basis();
        anchorSigma = state.anchorSigma();
        throughputAh = state.throughputAh();
        hours = state.hours();
        gapSigma = state.gapSigma();
        standingA = state.standingA();
        standingLearned = state.standingLearned();
        netAhSinceFull = state.netAhSinceFull();
        hoursSinceFull = state.hoursSinceFull();
        fullHeldS = state.fullHeldS();
        lowHeldS = state.lowHeldS();
        ampleHeldS = state.ampleHeldS();
    }

    /** Empty until a reading has told a voltage. */
    public Optional<SocState> state() {
        if (!started) {
            return Optional.empty();
        }
        return Optional.of(new SocState(
                at,
                lastA,
                fraction,
                basis,
                anchorSigma,
                throughputAh,
                hours,
                gapSigma,
                standingA,
                standingLearned,
                netAhSinceFull,
                hoursSinceFull,
                fullHeldS,
                lowHeldS,
                ampleHeldS));
    }

    public SocEstimate update(Reading reading) {
        OptionalDouble current = netA(reading);
        OptionalDouble volts = batteryV(reading);
        if (!started) {
            return start(reading.at(), volts, current.orElse(0));
        }
        double elapsedS = secondsBetween(at, reading.at());
        if (current.isEmpty()) {
            return withoutCurrent(reading.at(), volts, elapsedS);
        }
        double amps = current.getAsDouble();
        if (elapsedS < 0 || elapsedS > MAX_GAP_S) {
            // Set back, nobody knows how long it was; at least the limit, or it would not have been noticed.
            silence(elapsedS < 0 ? MAX_GAP_S : elapsedS);
            elapsedS = 0;
        } else {
            count(elapsedS / SECONDS_PER_HOUR, (lastA + amps) / 2);
        }
        at = reading.at();
        lastA = amps;
        if (volts.isPresent()) {
            anchor(volts.getAsDouble(), amps, elapsedS);
        }
        return estimate(0);
    }

    /**
     * Accounts for a sleep that the node had announced to itself, before the first reading after it: a silence whose draw is
     * known. For the dark; what the sun gave meanwhile is not in it.
     *
     * @param drawA net discharging current of the sleeping system, A, positive
     */
    public SocEstimate slept(Instant wokeAt, double drawA) {
        double sleptHours = secondsBetween(at, wokeAt) / SECONDS_PER_HOUR;
        if (!started || sleptHours <= 0 || !(drawA >= 0)) {
            return estimate(0);
        }
        double share = Math.min(1, drawA * sleptHours / battery.capacityAh());
        fraction = Math.max(0, fraction - share);
        // Half of the draw: what sleeps next to the node is known no better.
        gapSigma = Math.min(MAX_SIGMA, gapSigma + share / 2);
        interrupt();
        at = wokeAt;
        lastA = -drawA;
        return estimate(0);
    }

    private SocEstimate start(Instant now, OptionalDouble volts, double amps) {
        if (volts.isPresent()) {
            started = true;
            at = now;
            lastA = amps;
            restartFromVoltage(volts.getAsDouble(), amps);
        }
        return estimate(0);
    }

    /** Keeps the last counted reading, so that a short hole is bridged once a current is read again. */
    private SocEstimate withoutCurrent(Instant now, OptionalDouble volts, double elapsedS) {
        double unseen = GAP_SIGMA_PER_HOUR * Math.abs(elapsedS) / SECONDS_PER_HOUR;
        if (volts.isPresent() && sigma(unseen) >= tooWide()) {
            interrupt();
            at = now;
            lastA = 0;
            restartFromVoltage(volts.getAsDouble(), 0);
            return estimate(0);
        }
        return estimate(unseen);
    }

    private void silence(double elapsedS) {
        gapSigma = Math.min(MAX_SIGMA, gapSigma + GAP_SIGMA_PER_HOUR * elapsedS / SECONDS_PER_HOUR);
        interrupt();
    }

    private void interrupt() {
        hoursSinceFull = -1;
        fullHeldS = -1;
        lowHeldS = -1;
        ampleHeldS = -1;
    }

    private void count(double dtHours, double readA) {
        double amps = readA - standingA;
        double storedAh = amps * dtHours * (amps > 0 ? battery.chargeEfficiency() : 1);
        fraction = Math.clamp(fraction + storedAh / battery.capacityAh(), 0, 1);
        throughputAh += Math.abs(amps) * dtHours;
        hours += dtHours;
        if (hoursSinceFull >= 0) {
            hoursSinceFull += dtHours;
            // Not clamped: what overflows while full is exactly what the sensor imagines.
            netAhSinceFull += storedAh;
        }
    }

    private void anchor(double volts, double amps, double elapsedS) {
        double idleV = volts - amps * battery.resistanceOhm();
        boolean tapered = Math.abs(amps) < battery.tailA();
        fullHeldS = held(volts >= battery.fullV() && tapered, fullHeldS, elapsedS);
        lowHeldS = held(idleV < battery.lowV() && amps < battery.tailA(), lowHeldS, elapsedS);
        double ampleV = battery.lowV() + AMPLE_CELL_V * battery.cells();
        ampleHeldS = held(idleV > ampleV && amps < 0, ampleHeldS, elapsedS);
        if (fullHeldS >= HOLD_S) {
            learnStanding();
            anchorAt(1, FULL_SIGMA, SocEstimate.Basis.FULL);
            hoursSinceFull = 0;
            netAhSinceFull = 0;
        } else if (lowHeldS >= HOLD_S) {
            anchorAt(battery.socAtOpenCircuit(idleV), battery.lowSigma(), SocEstimate.Basis.LOW);
        } else if (sigma(0) >= tooWide() && amps <= 0) {
            restartFromVoltage(volts, amps);
        } else if (ampleHeldS >= AMPLE_HOLD_S) {
            // A count that drifted down must not keep the node asleep next to a charged battery.
            fraction = Math.max(fraction, battery.socAtOpenCircuit(battery.lowV()));
        }
    }

    /** From full to full the battery took exactly what it gave: what the count says beyond that is a standing error. */
    private void learnStanding() {
        // What lead gasses away while it floats would be learned as a draw that goes on all night.
        if (hoursSinceFull < STANDING_MIN_HOURS || battery.chemistry() == Chemistry.LEAD_ACID) {
            return;
        }
        double limitA = battery.capacityAh() / 100;
        double errorA = netAhSinceFull / hoursSinceFull;
        standingA = Math.clamp(standingA + STANDING_GAIN * errorA, -limitA, limitA);
        standingLearned++;
    }

    private void restartFromVoltage(double volts, double amps) {
        // Under charge the voltage is lifted by more than the resistance: worth even less.
        double sigma = amps > battery.tailA() / 2 ? MAX_SIGMA : battery.voltageSigma();
        double idleV = volts - amps * battery.resistanceOhm();
        anchorAt(battery.socAtOpenCircuit(idleV), sigma, SocEstimate.Basis.VOLTAGE);
    }

    private void anchorAt(double newFraction, double newSigma, SocEstimate.Basis newBasis) {
        fraction = newFraction;
        anchorSigma = newSigma;
        basis = newBasis;
        throughputAh = 0;
        hours = 0;
        gapSigma = 0;
    }

    private SocEstimate estimate(double unseenSigma) {
        return new SocEstimate(fraction, sigma(unseenSigma), basis);
    }

    /** Each part is systematic in itself and so grows in proportion; the parts are independent of each other. */
    private double sigma(double unseenSigma) {
        double gain = battery.countSigma() * throughputAh / battery.capacityAh();
        double offsetA = standingLearned >= STANDING_LEARNED_ENOUGH ? STANDING_LEARNED_SIGMA_A : STANDING_SIGMA_A;
        double offset = offsetA * hours / battery.capacityAh();
        double unseen = gapSigma + unseenSigma;
        double variance = anchorSigma * anchorSigma + gain * gain + offset * offset + unseen * unseen;
        return Math.min(MAX_SIGMA, Math.sqrt(variance));
    }

    /** Where the count knows less than the voltage does. */
    private double tooWide() {
        return Math.min(MAX_SIGMA, battery.voltageSigma() + 0.1);
    }

    private OptionalDouble netA(Reading reading) {
        double amps = Double.NaN;
        if (reading.batteryA().isGood()) {
            amps = reading.batteryA().number();
        } else if (reading.chargeA().isGood() && reading.loadA().isGood()) {
            amps = reading.chargeA().number() - reading.loadA().number();
        }
        boolean plausible = Math.abs(amps) <= MAX_C_RATE * battery.capacityAh();
        return plausible ? OptionalDouble.of(amps) : OptionalDouble.empty();
    }

    private OptionalDouble batteryV(Reading reading) {
        double volts = reading.batteryV().number();
        // Half to one and a half times nominal: outside it no battery of this kind is on the terminals.
        boolean usable =
                reading.batteryV().isGood() && volts > battery.nominalV() / 2 && volts < battery.nominalV() * 1.5;
        return usable ? OptionalDouble.of(volts) : OptionalDouble.empty();
    }

    private static double held(boolean holds, double heldS, double elapsedS) {
        if (!holds) {
            return -1;
        }
        return heldS < 0 ? 0 : heldS + elapsedS;
    }

    private static double secondsBetween(Instant from, Instant to) {
        // In doubles: a clock gone mad must not overflow.
        return (double) to.getEpochSecond() - from.getEpochSecond() + (to.getNano() - from.getNano()) / 1e9;
    }
}
