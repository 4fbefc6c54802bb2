package sunpeer.appliance.sim.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import sunpeer.appliance.energy.ClearnessHistory;
import sunpeer.appliance.energy.DayOutlook;
import sunpeer.appliance.schedule.Plan;
import sunpeer.appliance.schedule.Planner;
import sunpeer.appliance.schedule.PowerSystem;
import sunpeer.appliance.schedule.WorkLadder;

/** What one plan of the longest horizon costs on this machine, beside plain arithmetic of a known amount in the same run. */
final class PlanCost {
    private static final int RUNS = 60;
    private static final int DAYS = 8;
    private static final int DAY = 24;
    private static final int MULTIPLICATIONS = 10_000_000;

    private PlanCost() {}

    /** One line for people: median of the time, memory taken, and the ratio. */
    static String line() {
        double[] clearW = new double[DAYS * DAY];
        for (int hour = 0; hour < clearW.length; hour++) {
            clearW[hour] = Math.max(0, -60 * Math.cos(2 * Math.PI * hour / DAY));
        }
        PowerSystem system = new PowerSystem(400, 0.2, 0.05, 0.97, 0.98, 4e-5, 200, 3.5, 9, false);
        DayOutlook outlook = DayOutlook.of(new ClearnessHistory(), 100, OptionalDouble.of(0.5), null, null);
        double[] belief = outlook.today(0, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] planMs = new double[RUNS];
        double[] plainMs = new double[RUNS];
        long bytes = 0;
        double used = 0;
        for (int i = 0; i < RUNS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            long begin = System.nanoTime();
            Plan plan = Planner.plan(system, WorkLadder.TIERS, clearW, outlook, system.capacityWh());
            used += plan.ahead(9, 200, belief).length;
            planMs[i] = (System.nanoTime() - begin) / 1e6;
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
            begin = System.nanoTime();
            used += plain(used);
            plainMs[i] = (System.nanoTime() - begin) / 1e6;
        }
        double plan = median(planMs);
        return String.format(
                Locale.ROOT,
                "A plan of %d days and its 48 hours: %.1f ms, %.2f MB (<= 25 ms, <= 4 MB); %.2f times as long as %d million"
                        + " multiplications in the same run%s",
                DAYS,
                plan,
                bytes / 1e6,
                plan / median(plainMs),
                MULTIPLICATIONS / 1_000_000,
                // What was computed is looked at, or it might not be computed at all.
                used > 0 ? "." : "");
    }

    private static double plain(double seed) {
        double value = 1 + seed * 1e-12;
        for (int i = 0; i < MULTIPLICATIONS; i++) {
            value = value * 1.0000001 + 1e-9;
        }
        return value;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
