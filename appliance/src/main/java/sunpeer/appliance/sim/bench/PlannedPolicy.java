package sunpeer.appliance.sim.bench;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.ClearnessHistory;
import sunpeer.appliance.energy.DayOutlook;
import sunpeer.appliance.schedule.Plan;
import sunpeer.appliance.schedule.Planner;
import sunpeer.appliance.schedule.WorkLadder;

/** The product's own planner. It begins without any history of the place. */
final class PlannedPolicy implements Policy {
    /** Share of a day's clear light that must have been seen uncurtailed for the day to teach anything. */
    private static final double SEEN = 0.25;

    private final BenchCase of;
    private final Site site;
    private final WorkLadder ladder;
    private final double @Nullable [] forecasts;
    private final double forecastSd;
    private final ClearnessHistory history = new ClearnessHistory();
    private @Nullable Plan plan;
    private @Nullable DayOutlook outlook;
    private int day = -1;
    private double seen;
    private double seenClear;
    private OptionalDouble yesterday = OptionalDouble.empty();

    /** @param forecastSd error of a day-ahead forecast of clearness; 0 for none */
    PlannedPolicy(BenchCase of, WorkLadder ladder, double forecastSd, long seed) {
        this.of = of;
        this.site = of.site();
        this.ladder = ladder;
        this.forecastSd = forecastSd;
        this.forecasts = forecastSd > 0
                ? forecasts(
                        site,
                        forecastSd,
                        RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom")
                                .create(seed))
                : null;
    }

    private static double[] forecasts(Site site, double sd, RandomGenerator random) {
        double[] forecasts = new double[site.days() + 2];
        for (int i = 0; i < forecasts.length; i++) {
            forecasts[i] = Math.max(0, site.clearness(i) + sd * random.nextGaussian());
        }
        return forecasts;
    }

    @Override
    public double duty(int hour, double storedWh) {
        return plan(hour).duty(hour % Site.DAY, storedWh, belief());
    }

    /** The plan of the day of an hour. */
    Plan plan(int hour) {
        if (plan == null || hour / Site.DAY != day) {
            day = hour / Site.DAY;
            outlook = DayOutlook.of(history, site.dayOfYear(day), yesterday, forecast(day), forecast(day + 1));
            plan = Planner.plan(of.system(), ladder, clearW(), outlook, of.fullWh(Math.max(0, hour - 1)));
        }
        return plan;
    }

    double[] belief() {
        double share = seenClear / Math.max(1e-9, site.clearDay(day));
        return Objects.requireNonNull(outlook).today(seen / Math.max(1e-9, seenClear), share);
    }

    private DayOutlook.@Nullable Forecast forecast(int of) {
        return forecasts == null ? null : new DayOutlook.Forecast(forecasts[of], forecastSd);
    }

    private double[] clearW() {
        int days = Planner.horizonDays(of.system(), BenchCase.IDLE_W);
        double[] clearW = new double[days * Site.DAY];
        for (int i = 0; i < clearW.length; i++) {
            clearW[i] = of.panelW() * site.clearAt(day * Site.DAY + i);
        }
        return clearW;
    }

    @Override
    public void observe(int hour, double harvest, boolean curtailed) {
        double clear = site.clear(hour);
        if (!curtailed && clear > 0) {
            seen += harvest;
            seenClear += clear;
        }
        if (hour % Site.DAY == Site.DAY - 1) {
            OptionalDouble today = seenClear > SEEN * site.clearDay(hour / Site.DAY)
                    ? OptionalDouble.of(
                            Math.min(seen / seenClear, ClearnessHistory.clearness(ClearnessHistory.BINS - 1)))
                    : OptionalDouble.empty();
            if (today.isPresent() && yesterday.isPresent()) {
                history.learn(new ClearnessHistory.Pair(
                        site.dayOfYear(hour / Site.DAY), yesterday.getAsDouble(), today.getAsDouble()));
            }
            yesterday = today;
            seen = 0;
            seenClear = 0;
        }
    }
}
