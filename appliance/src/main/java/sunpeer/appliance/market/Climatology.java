package sunpeer.appliance.market;

import java.util.Arrays;

/**
 * How often a site's measured clear-sky index had which value: the forecast of somebody who knows only the past, and so
 * the zero of every score. Counts in hundredths, begun with a weak prior. Immutable.
 */
public final class Climatology {
    /** Ten observations spread as partly cloudy climates are; they fade as truths come in. */
    public static final Climatology PRIOR = new Climatology(priorCounts(), 10, 70);

    private final int[] counts;
    private final int total;
    private final int last;

    private Climatology(int[] counts, int total, int last) {
        this.counts = counts;
        this.total = total;
        this.last = last;
    }

    Climatology with(int truth) {
        int[] more = counts.clone();
        more[truth]++;
        return new Climatology(more, total + 1, truth);
    }

    public QuantileForecast forecast() {
        return new QuantileForecast(quantile(1), quantile(5), quantile(9));
    }

    /** The newest truth, in hundredths. */
    public int last() {
        return last;
    }

    /** Number of truths, the prior's ten not counted. */
    public int observations() {
        return total - 10;
    }

    public double mean() {
        long sum = 0;
        for (int value = 0; value < counts.length; value++) {
            sum += (long) value * counts[value];
        }
        return (double) sum / total / 100;
    }

    private int quantile(int tenths) {
        int needed = Math.ceilDiv(total * tenths, 10);
        int seen = 0;
        for (int value = 0; value < counts.length; value++) {
            seen += counts[value];
            if (seen >= needed) {
                return value;
            }
        }
        throw new IllegalStateException("counts do not add up to " + total);
    }

    private static int[] priorCounts() {
        int[] counts = new int[QuantileForecast.INDEX_MAX + 1];
        Arrays.stream(new int[] {15, 30, 45, 55, 65, 75, 85, 95, 100, 105}).forEach(value -> counts[value]++);
        return counts;
    }
}
