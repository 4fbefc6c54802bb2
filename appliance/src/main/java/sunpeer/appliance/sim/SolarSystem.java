package sunpeer.appliance.sim;

import java.time.Duration;
import java.time.Instant;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.Panel;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.simulator.SimulatedValues;

/**
 * Panel, charge controller, battery and load output under a simulated sky, with the truth that no real system tells.
 * Deterministic; confined to one thread.
 */
public final class SolarSystem {
    /**
     * How the system is built. Immutable.
     *
     * @param panelScale share of the panel's ideal power that it really gives: dirt, age, wiring, a generous label
     * @param mpptEfficiency of the converter, 0 to 1
     * @param heatedBox whether the battery is kept above freezing; a cold LFP battery must not be charged
     */
    public record Setup(Panel panel, BatterySpec battery, double panelScale, double mpptEfficiency, boolean heatedBox) {
        public Setup {
            boolean scale = panelScale > 0 && panelScale <= 1.2;
            if (!scale || !(mpptEfficiency > 0 && mpptEfficiency <= 1)) {
                throw new IllegalArgumentException("no such system: " + panelScale + ", " + mpptEfficiency);
            }
        }

        /** What is usual: a tenth lost to dirt and age, a fair converter, a battery indoors. */
        public static Setup usual(Panel panel, BatterySpec battery) {
            return new Setup(panel, battery, 0.90, 0.95, true);
        }
    }

    /** @param soc 0 to 1 */
    public record Truth(double soc, boolean loadPowered, EnergyTotals energy) {}

    /** Clouds pass in minutes, and the taper of a full battery takes as long. */
    private static final Duration STEP_MAX = Duration.ofMinutes(1);

    private static final double SECONDS_PER_HOUR = 3600;
    /** Draw of a small MPPT controller; it shows in no current it reports. */
    private static final double CONTROLLER_W = 0.15;

    private static final double EMPTY_SOC = 0.002;
    /** A battery in its box is a little warmer than the mean of the day. */
    private static final double BOX_WARMER_K = 3;

    private static final double HEATED_MIN_C = 5;
    /** It has far more inertia than a step is long. */
    private static final long BATTERY_C_EVERY_S = 900;
    /** Best point of the 36 cells that make a "12 V" panel. */
    private static final double PANEL_V_PER_NOMINAL = 1.45;

    // Shown percentage of common controllers: voltage in other words, from 11.1 V to 14.0 V of a 12 V battery.
    private static final double SHOWN_EMPTY = 0.89;
    private static final double SHOWN_FULL = 1.12;

    private final Setup setup;
    private final Sky sky;
    private final double stepMaxS;
    private final BatteryModel battery;
    private final Charger charger;

    // For the life of the system.
    private Instant now;
    private boolean loadPowered = true;
    private double pvWh;
    private double curtailedWh;
    private double converterLossWh;
    private double controllerWh;
    private double loadWh;

    // Of the last step.
    private double pvW;
    private double chargeW;
    private double loadW;
    private double batteryV;
    private double batteryC;
    private long batteryCAt;

    /** @param soc true state of charge at the start, 0 to 1 */
    public SolarSystem(Setup setup, Sky sky, Instant start, double soc) {
        this(setup, sky, start, soc, STEP_MAX);
    }

    /** @param stepMax longest time over which sun and currents are taken for even */
    public SolarSystem(Setup setup, Sky sky, Instant start, double soc, Duration stepMax) {
        if (!(soc >= 0 && soc <= 1)) {
            throw new IllegalArgumentException("no such state of charge: " + soc);
        }
        this.setup = setup;
        this.sky = sky;
        this.stepMaxS = stepMax.toSeconds();
        this.battery = new BatteryModel(setup.battery(), soc);
        this.charger = new Charger(setup.battery());
        this.now = start;
        this.batteryV = battery.terminalV(0);
        this.batteryC = batteryC(start);
        this.batteryCAt = Math.floorDiv(start.getEpochSecond(), BATTERY_C_EVERY_S);
    }

    public Instant now() {
        return now;
    }

    /**
     * Lets time pass.
     *
     * @param to not before {@link #now}
     * @param wantedW what the load draws from the load output all the while, as long as that is powered
     */
    public void advance(Instant to, double wantedW) {
        if (to.isBefore(now) || !(wantedW >= 0)) {
            throw new IllegalArgumentException("from " + now + " to " + to + " with " + wantedW + " W");
        }
        double totalS = Duration.between(now, to).toMillis() / 1000.0;
        int steps = (int) Math.ceil(totalS / stepMaxS);
        Instant start = now;
        for (int i = 0; i < steps; i++) {
            double stepS = totalS / steps;
            step(start.plusMillis(Math.round((i + 0.5) * stepS * 1000)), stepS, wantedW);
        }
        now = to;
    }

    /** What the wires of the controller carry now. */
    public SimulatedValues values() {
        double chargeA = chargeW / batteryV;
        double loadA = loadW / batteryV;
        double pvV = pvW > 0 ? setup.battery().nominalV() * PANEL_V_PER_NOMINAL : 0;
        double perNominal = batteryV / setup.battery().nominalV();
        double shown = 100 * Math.clamp((perNominal - SHOWN_EMPTY) / (SHOWN_FULL - SHOWN_EMPTY), 0, 1);
        return new SimulatedValues(
                batteryV,
                chargeA - loadA,
                chargeA,
                loadA,
                pvV,
                pvV > 0 ? pvW / pvV : 0,
                batteryC,
                shown,
                pvWh,
                charger.stage());
    }

    public Truth truth() {
        EnergyTotals energy = new EnergyTotals(
                pvWh,
                curtailedWh,
                converterLossWh,
                controllerWh,
                loadWh,
                battery.chargedWh(),
                battery.dischargedWh(),
                battery.lostWh(),
                battery.storedWh());
        return new Truth(battery.soc(), loadPowered, energy);
    }

    private void step(Instant middle, double seconds, double wantedW) {
        double hours = seconds / SECONDS_PER_HOUR;
        double offeredW = offeredW(middle);
        long batteryCNow = Math.floorDiv(middle.getEpochSecond(), BATTERY_C_EVERY_S);
        if (batteryCNow != batteryCAt) {
            batteryCAt = batteryCNow;
            batteryC = batteryC(middle);
        }
        loadW = loadPowered ? wantedW : 0;
        // An empty battery keeps not even the controller alive.
        double controllerW = battery.soc() > EMPTY_SOC ? CONTROLLER_W : 0;
        double drawnW = loadW + controllerW;
        double limitV = charger.limitV(offeredW, seconds);
        double usableW = charger.stage() == ChargeStage.OFF ? 0 : offeredW;
        double amps = battery.ampsAtPower(usableW * setup.mpptEfficiency() - drawnW);
        // A load that outgrows the sun discharges the battery at any voltage; only charging is limited.
        boolean limited = usableW > 0 && battery.terminalV(amps) > limitV;
        if (limited) {
            double least = battery.ampsAtPower(-drawnW);
            amps = Math.max(least, Math.min(amps, battery.ampsAtVoltage(limitV)));
        }
        boolean heldOff = frozen() && amps > 0;
        if (heldOff) {
            amps = 0;
        }
        batteryV = battery.terminalV(amps);
        double batteryW = battery.apply(amps, hours);
        chargeW = Math.max(0, batteryW + drawnW);
        pvW = chargeW / setup.mpptEfficiency();
        pvWh += pvW * hours;
        curtailedWh += Math.max(0, offeredW - pvW) * hours;
        converterLossWh += (pvW - chargeW) * hours;
        controllerWh += controllerW * hours;
        loadWh += loadW * hours;
        if (heldOff) {
            charger.holdOff();
        } else {
            charger.observe(batteryV, amps, limited, seconds);
        }
        switchLoad();
    }

    private double offeredW(Instant at) {
        double poa = sky.poaWm2(at, setup.panel());
        if (poa <= 0) {
            return 0;
        }
        return setup.panelScale() * setup.panel().powerW(poa, sky.airC(at));
    }

    private double batteryC(Instant at) {
        // The mean of a day moves slowly: two opposite hours stand for it.
        double meanC = (sky.airC(at) + sky.airC(at.minus(Duration.ofHours(12)))) / 2;
        return setup.heatedBox() ? Math.max(HEATED_MIN_C, meanC + BOX_WARMER_K) : meanC + BOX_WARMER_K;
    }

    private boolean frozen() {
        return setup.battery().chemistry() == Chemistry.LFP && batteryC < 0;
    }

    private void switchLoad() {
        if (loadPowered && batteryV < setup.battery().disconnectV()) {
            loadPowered = false;
        } else if (!loadPowered && batteryV > setup.battery().reconnectV()) {
            loadPowered = true;
        }
    }
}
