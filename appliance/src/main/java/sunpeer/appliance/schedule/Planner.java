package sunpeer.appliance.schedule;

import java.util.Arrays;
import sunpeer.appliance.energy.ClearnessHistory;
import sunpeer.appliance.energy.DayOutlook;

/**
 * What a stored watt-hour is worth, by a stochastic dynamic programme: from the end of the horizon backwards, hour by hour, for
 * every state of charge and every clearness that a day may have, the best that can be made of it. Stateless.
 *
 * <p>The horizon is as long as the battery lasts without sun, and half a day: what is stored now is spent by then.
 */
public final class Planner {
    static final int HOURS = 24;
    static final int LEVELS = 61;
    private static final int BINS = ClearnessHistory.BINS;
    private static final int DAYS_MIN = 2;
    private static final int DAYS_MAX = 8;
    /** Days whose values are kept in the plan: what a plan of 48 hours from any hour of the day needs. */
    static final int DAYS_KEPT = 3;

    /** Shares of full work that are compared; finer at the low end, where the valuable work is. */
    private static final double[] DUTIES = {0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 1};

    private static final double IMPOSSIBLE = -1e18;

    private Planner() {}

    /**
     * Plans from the beginning of a solar day.
     *
     * @param clearW harvest under a clear sky, W, for each hour from the day's beginning; its last day stands for all that follow
     * @param fullWh what the battery holds when full at the temperature it is expected to have
     */
    public static Plan plan(PowerSystem system, WorkLadder ladder, double[] clearW, DayOutlook outlook, double fullWh) {
        return new Solver(system, ladder, clearW, outlook, fullWh).solve();
    }

    /** Days that a full battery carries the resting board, and half a day; within bounds. */
    public static int horizonDays(PowerSystem system, double idleW) {
        return Math.clamp(Math.round(system.capacityWh() / (HOURS * idleW) + 0.5), DAYS_MIN, DAYS_MAX);
    }

    /** The arrays of one solution. */
    private static final class Solver {
        private final PowerSystem system;
        private final Penalties penalties;
        private final double[] clearW;
        private final DayOutlook outlook;
        private final double fullWh;
        private final WorkLadder ladder;
        private final double[] loadsW = new double[DUTIES.length];
        private final double[] values = new double[DUTIES.length];
        private final double stepWh;

        Solver(PowerSystem system, WorkLadder ladder, double[] clearW, DayOutlook outlook, double fullWh) {
            this.system = system;
            this.ladder = ladder;
            this.penalties = Penalties.of(system);
            this.clearW = clearW;
            this.outlook = outlook;
            this.fullWh = fullWh;
            this.stepWh = system.capacityWh() / (LEVELS - 1);
            for (int k = 0; k < DUTIES.length; k++) {
                loadsW[k] = system.loadW(DUTIES[k]);
                values[k] = ladder.value(DUTIES[k]);
            }
        }

        Plan solve() {
            int days = Math.max(DAYS_KEPT, clearW.length / HOURS);
            double[][][] kept = new double[DAYS_KEPT * HOURS + 1][][];
            double[][] next = new double[BINS][LEVELS];
            for (int day = days - 1; day >= 0; day--) {
                next = mixed(next, day == 0 ? outlook.tonight() : outlook.chain());
                keep(kept, (day + 1) * HOURS, next);
                for (int hour = HOURS - 1; hour >= 0; hour--) {
                    next = hour(day * HOURS + hour, next);
                    keep(kept, day * HOURS + hour, next);
                }
            }
            return new Plan(system, ladder, penalties, outlook, clearW, fullWh, kept);
        }

        private int known(int day) {
            return Math.min(day, clearW.length / HOURS - 1);
        }

        /** The values at a midnight are by the bin of the day that ends, and replace those by the bin of the next. */
        private static void keep(double[][][] kept, int hour, double[][] values) {
            if (hour < kept.length) {
                kept[hour] = values;
            }
        }

        /** Expected value at a day's end, by that day's bin: the next day's is drawn from the chain. */
        private static double[][] mixed(double[][] morning, double[][] chain) {
            double[][] evening = new double[BINS][LEVELS];
            for (int i = 0; i < BINS; i++) {
                for (int j = 0; j < BINS; j++) {
                    for (int level = 0; level < LEVELS; level++) {
                        evening[i][level] += chain[i][j] * morning[j][level];
                    }
                }
            }
            return evening;
        }

        private double[][] hour(int hour, double[][] next) {
            double clear = clearW[known(hour / HOURS) * HOURS + hour % HOURS];
            double[][] now = new double[BINS][];
            for (int bin = 0; bin < BINS; bin++) {
                now[bin] = hour(next[bin], clear * ClearnessHistory.clearness(bin));
            }
            return now;
        }

        /** Best value an hour earlier, for each level. */
        private double[] hour(double[] later, double harvestW) {
            double[] best = new double[LEVELS];
            Arrays.fill(best, IMPOSSIBLE);
            for (int k = 0; k < DUTIES.length; k++) {
                for (int level = 0; level < LEVELS; level++) {
                    double then = system.anHourLater(level * stepWh, harvestW, loadsW[k], fullWh);
                    if (k > 0 && penalties.forbids(then)) {
                        continue;
                    }
                    double value = values[k] - penalties.of(then, loadsW[k]) + at(later, then);
                    best[level] = Math.max(best[level], value);
                }
            }
            return best;
        }

        private double at(double[] values, double storedWh) {
            return interpolated(values, storedWh / stepWh);
        }
    }

    static double interpolated(double[] values, double where) {
        double clamped = Math.clamp(where, 0, LEVELS - 1);
        int level = Math.min(LEVELS - 2, (int) clamped);
        double part = clamped - level;
        return values[level] * (1 - part) + values[level + 1] * part;
    }
}
