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

    /** Days that a full battery carries the idle board, and half a day; within bounds. */
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
        private final double[] restedWh = new double[LEVELS];
        /** In the dark an hour is the same whatever the day and its clearness. */
        private final Outcomes dark;

        private final Outcomes lit = new Outcomes();

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
            for (int level = 0; level < LEVELS; level++) {
                restedWh[level] = system.restedWh(level * stepWh);
            }
            this.dark = new Outcomes();
            fill(dark, 0);
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
                if (clear > 0) {
                    fill(lit, clear * ClearnessHistory.clearness(bin));
                }
                now[bin] = best(next[bin], clear > 0 ? lit : dark);
            }
            return now;
        }

        private void fill(Outcomes outcomes, double harvestW) {
            double leastWh = penalties.leastWh();
            for (int k = 0; k < DUTIES.length; k++) {
                double changeWh = system.changeWh(harvestW, loadsW[k]);
                for (int level = 0; level < LEVELS; level++) {
                    double then = PowerSystem.afterChange(restedWh[level], changeWh, fullWh);
                    boolean forbidden = k > 0 && then < leastWh;
                    double where = Math.clamp(then / stepWh, 0, LEVELS - 1);
                    int below = Math.min(LEVELS - 2, (int) where);
                    outcomes.below[k][level] = below;
                    outcomes.part[k][level] = where - below;
                    outcomes.gain[k][level] = forbidden ? IMPOSSIBLE : values[k] - penalties.of(then, loadsW[k]);
                }
            }
        }

        /** Best value an hour earlier, for each level. */
        private static double[] best(double[] later, Outcomes outcomes) {
            double[] best = new double[LEVELS];
            Arrays.fill(best, IMPOSSIBLE);
            for (int k = 0; k < DUTIES.length; k++) {
                double[] gain = outcomes.gain[k];
                double[] part = outcomes.part[k];
                int[] below = outcomes.below[k];
                for (int level = 0; level < LEVELS; level++) {
                    int at = below[level];
                    double then = later[at] * (1 - part[level]) + later[at + 1] * part[level];
                    best[level] = Math.max(best[level], gain[level] + then);
                }
            }
            return best;
        }
    }

    /** What comes of an hour, by duty and by level at its beginning. */
    private static final class Outcomes {
        /** The level below its end, and how far that is on the way to the next. */
        private final int[][] below = new int[DUTIES.length][LEVELS];

        private final double[][] part = new double[DUTIES.length][LEVELS];
        /** Value of the work less the penalties. */
        private final double[][] gain = new double[DUTIES.length][LEVELS];
    }

    static double interpolated(double[] values, double where) {
        double clamped = Math.clamp(where, 0, LEVELS - 1);
        int level = Math.min(LEVELS - 2, (int) clamped);
        double part = clamped - level;
        return values[level] * (1 - part) + values[level + 1] * part;
    }
}
