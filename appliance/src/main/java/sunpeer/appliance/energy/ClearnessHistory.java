package sunpeer.appliance.energy;

import java.util.ArrayList;
import java.util.List;

/**
 * How the clearness of one day follows that of the day before at this place and season, learned from the node's own days.
 *
 * <p>The clearness of a day is what it could have given divided by what a clear day gives, 0 to about 1.25; it lives on a grid
 * of {@link #BINS} values. Until the place is known, days are dull or clear and tend to stay what they are; each pair of days
 * that was seen moves the chain towards what this season does here. Confined to one thread; memory is bounded by
 * {@link #MAX_PAIRS}.
 */
public final class ClearnessHistory {
    public static final int BINS = 12;
    /** Three years: then each season has been seen thrice. */
    public static final int MAX_PAIRS = 1096;

    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 1.25;
    private static final double STEP = (HIGHEST - LOWEST) / (BINS - 1);
    /** Days of the year within which weather is taken for the same season. */
    private static final double SEASON_DAYS = 45;
    /** How near two days' clearness must be to be followed by the same. */
    private static final double ALIKE = 0.12;
    /** Pairs that weigh as much as what is assumed of any place. */
    private static final double ASSUMED_PAIRS = 8;
    /** Pairs that weigh as much as the season's mean when one row of the chain is drawn. */
    private static final double SEASON_PAIRS = 8;

    private static final double NEGLIGIBLE = 1e-4;
    private static final int YEAR_DAYS = 365;

    /**
     * Two days that followed each other.
     *
     * @param dayOfYear of the first, 1 to 366
     * @param clearness of the first
     * @param next of the second
     */
    public record Pair(int dayOfYear, double clearness, double next) {}

    private final List<Pair> pairs = new ArrayList<>();

    public ClearnessHistory() {}

    public ClearnessHistory(List<Pair> pairs) {
        pairs.forEach(this::learn);
    }

    public List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    /** Takes a pair of days, both seen without curtailment for most of their light. */
    public void learn(Pair pair) {
        if (!(pair.clearness() >= 0 && pair.next() >= 0)) {
            throw new IllegalArgumentException("no clearness of days: " + pair);
        }
        if (pairs.size() == MAX_PAIRS) {
            pairs.removeFirst();
        }
        pairs.add(pair);
    }

    /** Clearness that stands for a bin. */
    public static double clearness(int bin) {
        return LOWEST + bin * STEP;
    }

    /** Probability of tomorrow's bin (column) after today's (row) in the season of a day; rows sum to 1. */
    public double[][] chain(int dayOfYear) {
        double[] season = new double[BINS];
        double[] weights = new double[pairs.size()];
        double seen = 0;
        for (int p = 0; p < weights.length; p++) {
            weights[p] = bell(daysApart(pairs.get(p).dayOfYear(), dayOfYear) / SEASON_DAYS);
            if (weights[p] > NEGLIGIBLE) {
                add(season, pairs.get(p).next(), weights[p]);
                seen += weights[p];
            }
        }
        double[][] chain = new double[BINS][];
        for (int i = 0; i < BINS; i++) {
            double[] row = assumed(clearness(i));
            for (int j = 0; j < BINS; j++) {
                row[j] = SEASON_PAIRS * (ASSUMED_PAIRS * row[j] + season[j]) / (ASSUMED_PAIRS + seen);
            }
            for (int p = 0; p < weights.length; p++) {
                double weight = weights[p] * bell((pairs.get(p).clearness() - clearness(i)) / ALIKE);
                if (weight > NEGLIGIBLE) {
                    add(row, pairs.get(p).next(), weight);
                }
            }
            chain[i] = normalised(row);
        }
        return chain;
    }

    /** A place that nobody has seen: dull days around 0.2 or clear ones around 0.9, each likely to be followed by its like. */
    private static double[] assumed(double clearness) {
        double dullShare = Math.clamp(0.75 - 0.4 * clearness, 0.1, 0.75);
        double[] dull = new double[BINS];
        double[] clear = new double[BINS];
        for (int j = 0; j < BINS; j++) {
            dull[j] = bell((clearness(j) - 0.2) / 0.18);
            clear[j] = bell((clearness(j) - 0.9) / 0.2);
        }
        normalised(dull);
        normalised(clear);
        for (int j = 0; j < BINS; j++) {
            dull[j] = dullShare * dull[j] + (1 - dullShare) * clear[j];
        }
        return dull;
    }

    /** Adds a weight between the two bins that a clearness lies between. */
    private static void add(double[] row, double clearness, double weight) {
        double where = Math.clamp((clearness - LOWEST) / STEP, 0, BINS - 1.0001);
        int bin = (int) where;
        row[bin] += weight * (1 - (where - bin));
        row[bin + 1] += weight * (where - bin);
    }

    /** Scales in place to a sum of 1. */
    static double[] normalised(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] /= sum;
        }
        return row;
    }

    static double bell(double z) {
        return Math.exp(-z * z / 2);
    }

    private static int daysApart(int one, int other) {
        int days = Math.abs(one - other);
        return Math.min(days, YEAR_DAYS - Math.min(days, YEAR_DAYS));
    }
}
