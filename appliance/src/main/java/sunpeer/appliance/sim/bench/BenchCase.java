package sunpeer.appliance.sim.bench;

import sunpeer.appliance.schedule.PowerSystem;
import sunpeer.appliance.schedule.WorkLadder;

/**
 * A site, a size of panel and battery, and whether the board may sleep. Immutable.
 *
 * @param panelW by label
 */
record BenchCase(Site site, Size size, boolean sleeps, double panelW, double capacityWh) {
    /** A Raspberry Pi 5: 3 W idle and 8 W at work behind a converter of 0.9, and a charge controller of 0.15 W. */
    static final double IDLE_W = 3.0 / 0.9 + 0.15;

    static final double WORKING_W = 8.0 / 0.9 + 0.15;
    static final double ASLEEP_W = 0.25;

    static final double START = 0.9;
    static final double RESERVE = 0.20;
    static final double DISCONNECT = 0.05;
    static final double RECONNECT = 0.15;

    private static final double HOURS_PER_YEAR = 8760;
    /** 0.3 % less per kelvin below 25 °C, at most 15 %. */
    private static final double COLD_LOSS_PER_K = 0.003;

    private static final double COLD_LOSS_MAX = 0.15;
    private static final double PANEL_MAX_W = 5000;
    private static final int BISECTIONS = 40;

    /** How panel and battery are chosen: harvest of a year against working all year, days of idling above the reserve. */
    enum Size {
        UNDERSIZED("U", 0.6, 1.5),
        FAIR("F", 1.0, 3),
        GENEROUS("G", 1.8, 5),
        /** 1.2 times the smallest panel with which idling never touches the reserve. */
        WINTERPROOF("W", 1.2, 5);

        final String letter;
        final double factor;
        final double days;

        Size(String letter, double factor, double days) {
            this.letter = letter;
            this.factor = factor;
            this.days = days;
        }
    }

    static BenchCase of(Site site, Size size, boolean sleeps) {
        double capacityWh = size.days * Site.DAY * IDLE_W / (1 - RESERVE);
        double panelW = size == Size.WINTERPROOF
                ? size.factor * smallestPanelW(site, capacityWh)
                : size.factor * WORKING_W * HOURS_PER_YEAR / site.annualWh();
        return new BenchCase(site, size, sleeps, panelW, capacityWh);
    }

    private static double smallestPanelW(Site site, double capacityWh) {
        double low = 1;
        double high = PANEL_MAX_W;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (new BenchCase(site, Size.WINTERPROOF, false, middle, capacityWh).carriesIdling()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private boolean carriesIdling() {
        double stored = START * capacityWh;
        for (int hour = 0; hour < 2 * site.hours(); hour++) {
            int of = hour % site.hours();
            stored = Math.max(0, system().anHourLater(stored, harvestW(of), IDLE_W, fullWh(of)));
            if (hour >= site.hours() && stored < RESERVE * capacityWh) {
                return false;
            }
        }
        return true;
    }

    PowerSystem system() {
        return new PowerSystem(
                capacityWh,
                RESERVE,
                DISCONNECT,
                0.97,
                0.98,
                0.03 / 30 / 24,
                0.5 * capacityWh,
                sleeps ? ASLEEP_W : IDLE_W,
                WORKING_W,
                sleeps);
    }

    double harvestW(int hour) {
        return panelW * site.harvest(hour);
    }

    /** What the battery holds at the temperature of an hour. */
    double fullWh(int hour) {
        double cold = Math.max(0, 25 - site.batteryC(hour));
        return capacityWh * (1 - Math.min(COLD_LOSS_MAX, COLD_LOSS_PER_K * cold));
    }

    /** A year under a policy. */
    Outcome run(WorkLadder ladder, Policy policy) {
        PowerSystem system = system();
        double stored = START * capacityWh;
        boolean on = true;
        Tally tally = new Tally();
        for (int hour = 0; hour < site.hours(); hour++) {
            if (on && stored < DISCONNECT * capacityWh) {
                on = false;
            } else if (!on && stored > RECONNECT * capacityWh) {
                on = true;
            }
            double duty = on ? policy.duty(hour, stored) : 0;
            double loadW = on ? system.loadW(duty) : 0;
            double later = system.anHourLater(stored, harvestW(hour), loadW, fullWh(hour));
            if (on && later < 0) {
                tally.dark += Math.min(1, -later / (loadW / system.dischargeEfficiency()));
                on = false;
            } else {
                tally.dark += on ? 0 : 1;
                tally.value += ladder.value(duty);
            }
            later = Math.max(0, later);
            policy.observe(hour, site.harvest(hour), later >= 0.995 * fullWh(hour));
            tally.add(duty, later / capacityWh);
            stored = later;
        }
        return tally.outcome();
    }

    /** Sums of a year. */
    private static final class Tally {
        private double value;
        private double dark;
        private int belowReserve;
        private double lowest = 1;
        private int starts;
        private boolean worked;

        void add(double duty, double soc) {
            belowReserve += soc < RESERVE - 1e-9 ? 1 : 0;
            lowest = Math.min(lowest, soc);
            starts += duty > 0 && !worked ? 1 : 0;
            worked = duty > 0;
        }

        Outcome outcome() {
            return new Outcome(value, dark, belowReserve, lowest, starts);
        }
    }
}
