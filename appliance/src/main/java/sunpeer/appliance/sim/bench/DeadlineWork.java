package sunpeer.appliance.sim.bench;

import java.util.List;
import sunpeer.appliance.schedule.Plan;
import sunpeer.appliance.schedule.PowerSystem;
import sunpeer.appliance.schedule.WorkLadder;
import sunpeer.appliance.schedule.WorkLadder.Step;

/**
 * Jobs with deadlines: each hour an urgent one of a tenth of an hour that must be done in it, worth 3 per hour of work; each
 * hour of daylight one of a quarter of an hour that may wait a day, worth 1; and backfill without end, worth 0.2.
 */
final class DeadlineWork {
    static final int DAY = Site.DAY;
    static final double UNIT = 0.25;
    static final double URGENT = 0.1;
    static final double URGENT_VALUE = 3;
    static final double DAILY_VALUE = 1;
    static final double BACKFILL_VALUE = 0.2;
    /** Three quarters of an hour are the most that fit beside an urgent job. */
    static final int UNITS_PER_HOUR = 3;

    private static final double[] BACKFILL_SHARES = {0, 0.5, 1};
    private static final int LEVELS = 61;
    private static final double RESERVE = 200;
    private static final double DARK = 2000;

    private DeadlineWork() {}

    /** One hour's work: whether the urgent job is done, how many daily ones, and how much of the rest is filled. */
    record Work(boolean urgent, int units, double backfill) {
        double duty() {
            double before = (urgent ? URGENT : 0) + units * UNIT;
            return before + (1 - before) * backfill;
        }

        double value() {
            double before = (urgent ? URGENT : 0) + units * UNIT;
            return (urgent ? URGENT * URGENT_VALUE : 0)
                    + units * UNIT * DAILY_VALUE
                    + (1 - before) * backfill * BACKFILL_VALUE;
        }
    }

    /** Decides an hour. */
    interface Chooser {
        /** @param waiting daily jobs */
        Work choose(int hour, double storedWh, int waiting);
    }

    /** Jobs as the planner sees them when it asks what energy is worth. */
    static WorkLadder ladder(Site site) {
        double light = 0;
        for (int hour = 0; hour < site.hours(); hour++) {
            light += site.clear(hour) > 0 ? 1.0 / site.hours() : 0;
        }
        double daily = UNIT * light;
        return new WorkLadder(List.of(
                new Step(URGENT, URGENT_VALUE),
                new Step(daily, DAILY_VALUE),
                new Step(1 - URGENT - daily, BACKFILL_VALUE)));
    }

    /** By the price of energy: what is worth more than its watt-hours runs. */
    static double byPrice(BenchCase of, double forecastSd) {
        PlannedPolicy planned = new PlannedPolicy(of, ladder(of.site()), forecastSd, 1);
        return run(of, planned, (hour, stored, waiting) -> {
            Plan plan = planned.plan(hour);
            double[] belief = planned.belief();
            double spread = of.system().loadW(1) - of.system().restingW();
            double affordable = plan.duty(hour % DAY, stored, belief);
            double price = plan.pricePerWh(hour % DAY, stored, belief);
            boolean urgent = URGENT_VALUE / spread >= price && affordable > 0;
            int units = DAILY_VALUE / spread >= price && affordable > 0 ? Math.min(waiting, UNITS_PER_HOUR) : 0;
            double before = (urgent ? URGENT : 0) + units * UNIT;
            double rest = Math.clamp((affordable - before) / Math.max(1e-9, 1 - before), 0, 1);
            boolean cheap = BACKFILL_VALUE / spread >= price;
            return new Work(urgent, units, cheap ? rest : 0);
        });
    }

    /** Earliest deadline first behind a threshold. */
    static double behindThreshold(BenchCase of) {
        Policy gate = Baselines.threshold(of, 0.5, 0.4);
        return run(
                of,
                gate,
                (hour, stored, waiting) -> gate.duty(hour, stored) > 0
                        ? new Work(true, Math.min(waiting, UNITS_PER_HOUR), 1)
                        : new Work(false, 0, 0));
    }

    private static double run(BenchCase of, Policy learner, Chooser chooser) {
        PowerSystem system = of.system();
        double stored = BenchCase.START * of.capacityWh();
        double value = 0;
        int waiting = 0;
        for (int hour = 0; hour < of.site().hours(); hour++) {
            waiting = Math.min(waiting + arriving(of.site(), hour), window(of.site(), hour));
            Work work = chooser.choose(hour, stored, waiting);
            double later = system.anHourLater(stored, of.harvestW(hour), system.loadW(work.duty()), of.fullWh(hour));
            value += later < 0 ? 0 : work.value();
            waiting -= work.units();
            stored = Math.max(0, later);
            learner.observe(hour, of.site().harvest(hour), stored >= 0.995 * of.fullWh(hour));
        }
        return value;
    }

    private static int arriving(Site site, int hour) {
        return hour < site.hours() && site.clear(hour) > 0 ? 1 : 0;
    }

    /** Daily jobs that came in the last day and so have not expired, whoever did them. */
    private static int window(Site site, int hour) {
        int came = 0;
        for (int i = Math.max(0, hour - DAY + 1); i <= Math.min(hour, site.hours() - 1); i++) {
            came += arriving(site, i);
        }
        return came;
    }

    /** The most that one could have done who had known the weather: over state of charge and waiting jobs. */
    static double clairvoyant(BenchCase of) {
        return new Best(of).solve();
    }

    private static final class Best {
        private final BenchCase of;
        private final PowerSystem system;
        private final double stepWh;

        Best(BenchCase of) {
            this.of = of;
            this.system = of.system();
            this.stepWh = of.capacityWh() / (LEVELS - 1);
        }

        double solve() {
            double[][] next = new double[DAY + 1][LEVELS];
            for (int hour = of.site().hours() - 1; hour >= 0; hour--) {
                next = hour(hour, next);
            }
            return next[0][(int) Math.round(BenchCase.START * (LEVELS - 1))];
        }

        /** Values before an hour's jobs come, by jobs that wait and level. */
        private double[][] hour(int hour, double[][] next) {
            double[][] values = new double[DAY + 1][LEVELS];
            int most = window(of.site(), hour);
            for (int before = 0; before <= DAY; before++) {
                int waiting = Math.min(before + arriving(of.site(), hour), most);
                for (int level = 0; level < LEVELS; level++) {
                    values[before][level] = best(hour, waiting, level * stepWh, next);
                }
            }
            return values;
        }

        private double best(int hour, int waiting, double storedWh, double[][] next) {
            double best = Double.NEGATIVE_INFINITY;
            for (int urgent = 0; urgent <= 1; urgent++) {
                for (int units = 0; units <= Math.min(waiting, UNITS_PER_HOUR); units++) {
                    for (double backfill : BACKFILL_SHARES) {
                        Work work = new Work(urgent == 1, units, backfill);
                        best = Math.max(best, value(hour, storedWh, work, next[waiting - units]));
                    }
                }
            }
            return best;
        }

        private double value(int hour, double storedWh, Work work, double[] next) {
            double loadW = system.loadW(work.duty());
            double later = system.anHourLater(storedWh, of.harvestW(hour), loadW, of.fullWh(hour));
            double penalty = RESERVE * Math.max(0, BenchCase.RESERVE - Math.max(0, later) / of.capacityWh());
            penalty += later < 0 ? DARK : 0;
            double where = Math.max(0, later) / stepWh;
            int level = Math.min(LEVELS - 2, (int) where);
            double part = where - level;
            return work.value() - penalty + next[level] * (1 - part) + next[level + 1] * part;
        }
    }
}
