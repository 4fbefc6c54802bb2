package sunpeer.appliance.energy;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of the clearness of today and of the days after, as probabilities of the bins of
 * {@link ClearnessHistory}. Immutable.
 */
public final class DayOutlook {
    /** How far a first glimpse of a day and its whole may differ; it falls as the day passes. */
    private static final double GLIMPSE_SD = 0.15;
    /** Between what was measured over a whole day and its bin. */
    private static final double MEASURED_SD = 0.05;
    /** Share of the day's light before which nothing is concluded from it. */
    private static final double GLIMPSE = 0.01;

    private static final double YESTERDAY_SD = 0.06;
    private static final double GRID_SD = 0.03;
    /** Nothing is impossible. */
    private static final double FAINT = 1e-6;

    private static final int TO_STATIONARY = 30;

    /**
     * A forecast of a day's clearness.
     *
     * @param sd its usual error, by what it has been off before
     */
    public record Forecast(double clearness, double sd) {
        public Forecast {
            if (!(clearness >= 0 && clearness < 10 && sd >= 0)) {
                throw new IllegalArgumentException("no forecast of clearness: " + clearness + " ± " + sd);
            }
        }
    }

    private final double[] morning;
    private final double[][] chain;
    private final double[][] tonight;

    private DayOutlook(double[] morning, double[][] chain, double[][] tonight) {
        this.morning = morning;
        this.chain = chain;
        this.tonight = tonight;
    }

    /**
     * The outlook at the beginning of a day.
     *
     * @param yesterday its clearness, if it was seen
     * @param today a forecast of today, or null
     * @param tomorrow a forecast of tomorrow, or null
     */
    public static DayOutlook of(
            ClearnessHistory history,
            int dayOfYear,
            OptionalDouble yesterday,
            @Nullable Forecast today,
            @Nullable Forecast tomorrow) {
        double[][] chain = history.chain(dayOfYear);
        double[] morning = yesterday.isPresent() ? after(yesterday.getAsDouble(), chain) : stationary(chain);
        if (today != null) {
            morning = tilted(morning, today);
        }
        double[][] tonight = chain;
        if (tomorrow != null) {
            tonight = new double[chain.length][];
            for (int i = 0; i < chain.length; i++) {
                tonight[i] = tilted(chain[i], tomorrow);
            }
        }
        return new DayOutlook(morning, chain, tonight);
    }

    /** Probability of any day after a day of each bin. Not to be changed. */
    public double[][] chain() {
        return chain;
    }

    /** The same for tomorrow after today, where a forecast of tomorrow is known. Not to be changed. */
    public double[][] tonight() {
        return tonight;
    }

    /**
     * What today will turn out to be.
     *
     * @param seenClearness of the light so far that was not curtailed
     * @param share of the day's clear-sky light that this was, 0 to 1
     */
    public double[] today(double seenClearness, double share) {
        double[] belief = morning.clone();
        if (share > GLIMPSE) {
            double seen = Math.min(seenClearness, ClearnessHistory.clearness(ClearnessHistory.BINS - 1));
            double part = Math.min(1, share);
            double sd = GLIMPSE_SD * (1 - part) / Math.sqrt(Math.max(0.05, part)) + MEASURED_SD;
            for (int i = 0; i < belief.length; i++) {
                double off = (seen - ClearnessHistory.clearness(i)) / sd;
                belief[i] = belief[i] * ClearnessHistory.bell(off) + FAINT;
            }
        }
        return ClearnessHistory.normalised(belief);
    }

    public static double mean(double[] belief) {
        double mean = 0;
        for (int i = 0; i < belief.length; i++) {
            mean += belief[i] * ClearnessHistory.clearness(i);
        }
        return mean;
    }

    private static double[] after(double clearness, double[][] chain) {
        double[] before = new double[chain.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = ClearnessHistory.bell((clearness - ClearnessHistory.clearness(i)) / YESTERDAY_SD) + FAINT;
        }
        return step(ClearnessHistory.normalised(before), chain);
    }

    private static double[] stationary(double[][] chain) {
        double[] belief = new double[chain.length];
        Arrays.fill(belief, 1.0 / belief.length);
        for (int i = 0; i < TO_STATIONARY; i++) {
            belief = step(belief, chain);
        }
        return belief;
    }

    /** Probabilities of the day after a day that is believed to be so. */
    public static double[] step(double[] belief, double[][] chain) {
        double[] next = new double[belief.length];
        for (int i = 0; i < next.length; i++) {
            for (int j = 0; j < next.length; j++) {
                next[j] += belief[i] * chain[i][j];
            }
        }
        return next;
    }

    private static double[] tilted(double[] belief, Forecast forecast) {
        double sd = Math.hypot(forecast.sd(), GRID_SD);
        double[] tilted = new double[belief.length];
        for (int i = 0; i < tilted.length; i++) {
            double off = (forecast.clearness() - ClearnessHistory.clearness(i)) / sd;
            tilted[i] = belief[i] * ClearnessHistory.bell(off) + FAINT * FAINT;
        }
        return ClearnessHistory.normalised(tilted);
    }
}
