package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/**
 * State of charge by counting charge, set right whenever the battery is seen full or almost empty.
 *
 * <p>Only values of good quality count; the controller's own percentage, which is its voltage in other words, is never
 * looked at. The sum is measured against what the battery is believed to hold, which is {@link Capacity}'s to say. Confined
 * to one thread.
 *
 * <p>Time: the count runs over the real time between two readings. A longer silence than {@link #MAX_GAP}, be it an outage
 * or a clock set forward, widens the error bar by what it may have cost and moves no charge. A clock set back counts as a silence of that limit and
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
    /** Nothing is known: two of it below full is empty. */
    private static final double MAX_SIGMA = 0.5;
    /** Here the voltage knows more than any count, though the flat distribution over all that is possible has 0.29. */
    private static final double USELESS_SIGMA = 0.35;
    /** Charge that may have gone unseen in an hour, as a share of capacity, half of it, if nothing larger has been seen. */
    private static final double GAP_SIGMA_PER_HOUR = 0.03;
    /** The largest draw is remembered over a day or two. */
    private static final double PEAK_HOURS = 48;
    /** Panels that give less lift no voltage. */
    private static final double DARK_W = 0.5;
    /** Smaller steps back are a clock being set right while it runs. */
    private static final double SET_BACK_S = 60;
    /** No battery of this size is used beyond it: such a reading is an error of the wire. */
    private static final double MAX_C_RATE = 3;

    private final BatterySpec battery;
    private final Capacity capacity;
    private final StandingCurrent standing;
    private final StuckCurrent stuck;

    // For the life of the battery; see SocState for the meaning of each.
    private boolean started;
    private Instant at = Instant.EPOCH;
    private double lastA;
    private double fraction = 0.5;
    private SocEstimate.Basis basis = SocEstimate.Basis.UNKNOWN;
    private double anchorFraction = 0.5;
    private double anchorSigma = MAX_SIGMA;
    private double throughputAh;
    private double hours;
    private double gapSigma;
    private double fullHeldS = -1;
    private double lowHeldS = -1;
    private double ampleHeldS = -1;
    private double unseenHours;
    private boolean clockSetBack;
    private double peakDrawA;

    public SocEstimator(BatterySpec battery) {
        this.battery = battery;
        this.capacity = new Capacity(battery);
        this.standing = new StandingCurrent(battery);
        this.stuck = new StuckCurrent(battery, Double.NaN);
    }

    /** Goes on as if it had never stopped; the time in between is a silence like any other. */
    public SocEstimator(BatterySpec battery, SocState state) {
        this.battery = battery;
        this.capacity = new Capacity(battery, state.capacity());
        this.standing = new StandingCurrent(battery, state);
        this.stuck = new StuckCurrent(battery, state.unseen().stuckA());
        started = true;
        at = state.at();
        lastA = state.lastA();
        fraction = state.fraction();
        basis = state.basis();
        anchorFraction = state.anchorFraction();
        anchorSigma = state.anchorSigma();
        throughputAh = state.throughputAh();
        hours = state.hours();
        gapSigma = state.gapSigma();
        fullHeldS = state.fullHeldS();
        lowHeldS = state.lowHeldS();
        ampleHeldS = state.ampleHeldS();
        unseenHours = state.unseen().hours();
        clockSetBack = state.unseen().clockSetBack();
        peakDrawA = state.unseen().peakDrawA();
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
                anchorFraction,
                anchorSigma,
                throughputAh,
                hours,
                gapSigma,
                standing.amps(),
                standing.learned(),
                standing.netAhSinceFull(),
                standing.hoursSinceFull(),
                fullHeldS,
                lowHeldS,
                ampleHeldS,
                new Unseen(unseenHours, clockSetBack, peakDrawA, stuck.stuckA()),
                capacity.state()));
    }

    public SocEstimate update(Reading reading) {
        OptionalDouble current = netA(reading);
        OptionalDouble volts = batteryV(reading);
        if (!started) {
            return start(reading.at(), volts, current.orElse(0));
        }
        double elapsedS = secondsBetween(at, reading.at());
        if (current.isEmpty() || isStuck(reading, current.getAsDouble(), volts)) {
            return withoutCurrent(reading, volts, elapsedS);
        }
        double amps = current.getAsDouble();
        if (elapsedS < 0 || elapsedS > MAX_GAP_S) {
            clockSetBack |= elapsedS < -SET_BACK_S;
            // Set back, nobody knows how long it was; at least the limit, or it would not have been noticed.
            silence(elapsedS < 0 ? MAX_GAP_S : elapsedS);
            elapsedS = 0;
        } else {
            boolean floats = reading.stage() == ChargeStage.FLOAT;
            count(elapsedS / SECONDS_PER_HOUR, (lastA + amps) / 2, floats);
        }
        at = reading.at();
        lastA = amps;
        if (volts.isPresent()) {
            anchor(reading, volts.getAsDouble(), amps, elapsedS);
        }
        return estimateAt(at);
    }

    /** What is known at a moment after the last counted reading: the error bar goes on growing. */
    public SocEstimate estimateAt(Instant now) {
        double unseen = started ? unseenSigmaPerHour() * silentHours(now) : 0;
        return new SocEstimate(fraction, sigma(unseen), basis);
    }

    /** How long no current has been counted. */
    public double silentHours(Instant now) {
        return started ? Math.abs(secondsBetween(at, now)) / SECONDS_PER_HOUR : 0;
    }

    /** What the battery is believed to hold when it is warm. */
    public double capacityAh() {
        return capacity.ah();
    }

    /** How much of the battery a silence until now may have cost, 0 to 1. */
    public double unseenShare(Instant now) {
        return Math.min(1, 2 * (gapSigma + unseenSigmaPerHour() * silentHours(now)));
    }

    /** Twice of it is the largest draw of late, all the time. */
    private double unseenSigmaPerHour() {
        return Math.max(GAP_SIGMA_PER_HOUR, peakDrawA / capacity.ah() / 2);
    }

    private boolean isStuck(Reading reading, double amps, OptionalDouble volts) {
        boolean held = reading.stage() == ChargeStage.FLOAT
                || reading.stage() == ChargeStage.ABSORPTION
                || (volts.isPresent() && volts.getAsDouble() >= battery.fullV());
        boolean frozen = battery.chemistry().isRuinedByChargingInFrost()
                && reading.batteryC().isGood()
                && reading.batteryC().number() < 0;
        boolean before = !Double.isNaN(stuck.stuckA());
        boolean now =
                stuck.isStuck(reading.at(), amps, volts, good(reading.pvW()), good(reading.loadW()), held || frozen);
        if (now && !before) {
            // What was counted since it stands still was no measurement.
            gapSigma = Math.min(MAX_SIGMA, gapSigma + stuck.hours() * (Math.abs(amps) + peakDrawA) / capacity.ah() / 2);
            unseenHours += stuck.hours();
            interrupt();
        }
        return now;
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
            return estimateAt(at);
        }
        double share = Math.min(1, drawA * sleptHours / capacity.ah());
        fraction = Math.max(0, fraction - share);
        // Half of the draw: what sleeps next to the node is known no better.
        gapSigma = Math.min(MAX_SIGMA, gapSigma + share / 2);
        interrupt();
        at = wokeAt;
        lastA = -drawA;
        return estimateAt(at);
    }

    private SocEstimate start(Instant now, OptionalDouble volts, double amps) {
        if (volts.isPresent()) {
            started = true;
            at = now;
            lastA = amps;
            restartFromVoltage(volts.getAsDouble(), amps);
        }
        return estimateAt(now);
    }

    /** Keeps the last counted reading, so that a short hole is bridged once a current is read again. */
    private SocEstimate withoutCurrent(Reading reading, OptionalDouble volts, double elapsedS) {
        if (volts.isPresent() && estimateAt(reading.at()).sigma() >= tooWide()) {
            interrupt();
            unseenHours += Math.abs(elapsedS) / SECONDS_PER_HOUR;
            at = reading.at();
            lastA = 0;
            // In the dark there is a load, which only lowers the voltage; the sun would lift it by nobody knows how
            // much.
            boolean dark = reading.pvW().isGood() && reading.pvW().number() < DARK_W;
            double newFraction = battery.socAtOpenCircuit(volts.getAsDouble());
            anchorAt(newFraction, dark ? battery.voltageSigma() : MAX_SIGMA, SocEstimate.Basis.VOLTAGE);
        }
        return estimateAt(reading.at());
    }

    private void silence(double elapsedS) {
        double silentHours = elapsedS / SECONDS_PER_HOUR;
        gapSigma = Math.min(MAX_SIGMA, gapSigma + unseenSigmaPerHour() * silentHours);
        unseenHours += silentHours;
        interrupt();
    }

    private void interrupt() {
        capacity.interrupt();
        standing.interrupt();
        fullHeldS = -1;
        lowHeldS = -1;
        ampleHeldS = -1;
    }

    private void count(double dtHours, double readA, boolean floats) {
        double amps = readA - standing.amps();
        double storedAh = amps * dtHours * (amps > 0 ? battery.chargeEfficiency(fraction) : 1);
        fraction = Math.clamp(fraction + storedAh / capacity.ah(), 0, 1);
        throughputAh += Math.abs(amps) * dtHours;
        hours += dtHours;
        peakDrawA = Math.max(-amps, peakDrawA * Math.exp(-dtHours / PEAK_HOURS));
        capacity.count(storedAh, dtHours);
        // What lead gasses away while it floats would be learned as a draw that goes on all night.
        if (!(floats && battery.chemistry().isLead())) {
            standing.count(storedAh, dtHours);
        }
    }

    private void anchor(Reading reading, double volts, double amps, double elapsedS) {
        double idleV = battery.idleV(volts, amps);
        boolean tapered = Math.abs(amps) < tailA();
        fullHeldS = held(volts >= battery.fullV() && tapered, fullHeldS, elapsedS);
        lowHeldS = held(idleV < battery.lowV() && amps < tailA(), lowHeldS, elapsedS);
        double ampleV = battery.lowV() + AMPLE_CELL_V * battery.cells();
        ampleHeldS = held(idleV > ampleV && amps < 0, ampleHeldS, elapsedS);
        if (fullHeldS >= HOLD_S) {
            standing.full();
            capacity.anchor(SocEstimate.Basis.FULL, battery.fullFraction(), FULL_SIGMA, standing.sigmaA());
            anchorAt(battery.fullFraction(), FULL_SIGMA, SocEstimate.Basis.FULL);
        } else if (lowHeldS >= HOLD_S) {
            low(battery.socAtOpenCircuit(idleV), good(reading.batteryC()).orElse(Double.NaN));
        } else if (sigma(0) >= tooWide() && amps <= 0) {
            restartFromVoltage(volts, amps);
        } else if (ampleHeldS >= AMPLE_HOLD_S) {
            // A count that drifted down must not keep the node asleep next to a charged battery.
            fraction = Math.max(fraction, battery.socAtOpenCircuit(battery.lowV()));
        }
    }

    private void low(double read, double celsius) {
        // In the cold a battery seems empty with charge in it that comes back with warmth: not to be planned with, but
        // not
        // missing from its capacity either.
        double cold = (1 - battery.usableShare(celsius)) * (1 - read);
        capacity.anchor(SocEstimate.Basis.LOW, read + cold, battery.lowSigma() + cold / 2, standing.sigmaA());
        double sigma = sigma(0);
        boolean agrees = Math.abs(read - fraction) <= 2 * Math.hypot(sigma, battery.lowSigma());
        if (!agrees || !battery.chemistry().isLead()) {
            anchorAt(read, battery.lowSigma(), SocEstimate.Basis.LOW);
        } else if (sigma > battery.lowSigma()) {
            // A lead battery under load tells little more by its voltage than the count knows.
            double share = sigma * sigma / (sigma * sigma + battery.lowSigma() * battery.lowSigma());
            anchorAt(
                    fraction + share * (read - fraction), battery.lowSigma() * Math.sqrt(share), SocEstimate.Basis.LOW);
        }
    }

    private void restartFromVoltage(double volts, double amps) {
        // Under charge the voltage is lifted by more than the resistance: worth even less.
        double sigma = amps > tailA() / 2 ? MAX_SIGMA : battery.voltageSigma();
        double idleV = battery.idleV(volts, amps);
        anchorAt(battery.socAtOpenCircuit(idleV), sigma, SocEstimate.Basis.VOLTAGE);
    }

    private void anchorAt(double newFraction, double newSigma, SocEstimate.Basis newBasis) {
        fraction = newFraction;
        anchorFraction = newFraction;
        anchorSigma = newSigma;
        basis = newBasis;
        throughputAh = 0;
        hours = 0;
        gapSigma = 0;
        if (newBasis != SocEstimate.Basis.VOLTAGE) {
            unseenHours = 0;
            clockSetBack = false;
        }
    }

    /** Each part is systematic in itself and so grows in proportion; the parts are independent of each other. */
    private double sigma(double unseenSigma) {
        double gain = battery.countSigma() * throughputAh / capacity.ah();
        double offset = standing.sigmaA() * hours / capacity.ah();
        double size = capacity.sigma() * (fraction - anchorFraction);
        double unseen = gapSigma + unseenSigma;
        double variance = anchorSigma * anchorSigma + gain * gain + offset * offset + size * size + unseen * unseen;
        return Math.min(MAX_SIGMA, Math.sqrt(variance));
    }

    /** By what the battery is believed to hold: half a battery is not yet full at the tail of a whole one. */
    private double tailA() {
        return battery.tailA() * capacity.ah() / battery.capacityAh();
    }

    /** Where the count knows less than the voltage does. */
    private double tooWide() {
        return Math.min(USELESS_SIGMA, battery.voltageSigma() + 0.1);
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

    private static OptionalDouble good(Value value) {
        return value.isGood() ? OptionalDouble.of(value.number()) : OptionalDouble.empty();
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
