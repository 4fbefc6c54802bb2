package sunpeer.appliance.sim.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.schedule.WorkLadder;

/** What people do today. */
final class Baselines {
    private static final double NOMINAL_V = 12.8;
    /** Light above which Solar Protocol counts a panel as working, share of its label. */
    private static final double SOME_SUN = 0.3;

    private static final int WINDOW_FROM = 10;
    private static final int WINDOW_TO = 16;

    private Baselines() {}

    /** By their names in the table. */
    static Map<String, Function<BenchCase, Policy>> all() {
        Map<String, Function<BenchCase, Policy>> all = new LinkedHashMap<>();
        all.put("run until empty", of -> (hour, stored) -> 1);
        all.put("Solar Protocol", Baselines::solarProtocol);
        all.put("SoC 50/40", of -> threshold(of, 0.5, 0.4));
        all.put("SoC 30/25", of -> threshold(of, 0.3, 0.25));
        all.put("voltage 13.1/12.9", Baselines::voltage);
        all.put("window 10-16, SoC 50", Baselines::window);
        return all;
    }

    /** Works from one state of charge until it falls below another. */
    static Policy threshold(BenchCase of, double from, double until) {
        return new Policy() {
            private boolean works;

            @Override
            public double duty(int hour, double storedWh) {
                double soc = storedWh / of.capacityWh();
                works = works ? soc >= until : soc >= from;
                return works ? 1 : 0;
            }
        };
    }

    /**
     * The best threshold for this very year, among those that are dark no longer than {@code darkHours}: tuned with hindsight,
     * as nobody can.
     */
    static Outcome hindsight(BenchCase of, WorkLadder ladder, double darkHours) {
        Outcome best = of.run(ladder, (hour, stored) -> 0);
        for (double from = 0.25; from < 0.99; from += 0.05) {
            for (double width : new double[] {0.05, 0.1, 0.2}) {
                Outcome outcome = of.run(ladder, threshold(of, from, from - width));
                if (outcome.darkHours() <= darkHours + 0.5 && outcome.value() > best.value()) {
                    best = outcome;
                }
            }
        }
        return best;
    }

    /** The rule in Solar Protocol's runner: every 10 min above 90 %, 15 above 70, 20 above 50, 30 above 30, else 60; half of it without sun. */
    private static Policy solarProtocol(BenchCase of) {
        return (hour, storedWh) -> {
            double soc = storedWh / of.capacityWh();
            double minutes = soc > 0.9 ? 10 : soc > 0.7 ? 15 : soc > 0.5 ? 20 : soc > 0.3 ? 30 : 60;
            double light = hour == 0 ? 0 : of.site().harvest(hour - 1);
            double slower = 2 - Math.min(1, light / SOME_SUN);
            return 10 / minutes / slower;
        };
    }

    private static Policy voltage(BenchCase of) {
        BatterySpec battery = BatterySpec.ofWh(Chemistry.LFP, NOMINAL_V, of.capacityWh());
        return new Policy() {
            private boolean works;

            @Override
            public double duty(int hour, double storedWh) {
                double harvestW = hour == 0 ? 0 : of.harvestW(hour - 1);
                double amps = (harvestW - of.system().loadW(works ? 1 : 0)) / NOMINAL_V;
                double drop = amps * battery.resistanceOhm();
                double soc = storedWh / of.capacityWh();
                works = soc >= battery.socAtOpenCircuit((works ? 12.9 : 13.1) - drop);
                return works ? 1 : 0;
            }
        };
    }

    private static Policy window(BenchCase of) {
        return (hour, storedWh) -> {
            int clock = hour % Site.DAY;
            return clock >= WINDOW_FROM && clock < WINDOW_TO && storedWh > of.capacityWh() / 2 ? 1 : 0;
        };
    }
}
