package sunpeer.appliance.market;

import java.util.Arrays;
import java.util.List;

/**
 * What a peer says about one site and window: the clear-sky index will be below {@code q10} with a chance of 10 %, below
 * {@code q50} of 50 %, below {@code q90} of 90 %. In hundredths of the clear-sky index, 0 to 200, ascending. Immutable.
 */
public record QuantileForecast(int q10, int q50, int q90) {
    /** The three levels, in the order of the fields. */
    public static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

    public static final int INDEX_MAX = 200;

    public QuantileForecast {
        if (q10 < 0 || q10 > q50 || q50 > q90 || q90 > INDEX_MAX) {
            throw new IllegalArgumentException("quantiles must ascend within 0..200: " + q10 + " " + q50 + " " + q90);
        }
    }

    /** From indices as fractions in any order: clamped, sorted and rounded. */
    public static QuantileForecast of(double a, double b, double c) {
        int[] sorted = {percent(a), percent(b), percent(c)};
        Arrays.sort(sorted);
        return new QuantileForecast(sorted[0], sorted[1], sorted[2]);
    }

    /** A clear-sky index as hundredths in 0..200. */
    public static int percent(double index) {
        return (int) Math.round(Math.max(0, Math.min(INDEX_MAX, 100 * index)));
    }

    /**
     * Pinball loss summed over the three levels, in hundredths of the index times tenths of probability: an integer, so
     * that every peer computes the same. Zero is perfect. (Koenker and Bassett 1978; a proper score.)
     */
    public int pinballLoss(int truth) {
        return loss(q10, truth, 1) + loss(q50, truth, 5) + loss(q90, truth, 9);
    }

    private static int loss(int quantile, int truth, int tenths) {
        return truth >= quantile ? tenths * (truth - quantile) : (10 - tenths) * (quantile - truth);
    }
}
