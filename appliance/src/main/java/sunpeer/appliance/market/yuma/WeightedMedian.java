package sunpeer.appliance.market.yuma;

import java.util.Arrays;

/**
 * The stake-weighted median of the scores that validators gave: the smallest score such that the stake at or below it exceeds the
 * minority, or the largest score if there is none. In other words, the largest weight that at least kappa of the stake supports.
 *
 * <p>The chain finds it by a pivot search; sorting gives the same for every input. Stateless.
 */
final class WeightedMedian {
    /** Room for the row beside the score in one sort key; scores are at most 1.0, so 33 bits and these fit a long. */
    private static final int ROW_BITS = 12;

    private WeightedMedian() {}

    /**
     * The median of each column.
     *
     * @param scores proportions; a validator without an entry in a column counts as a score of 0 there
     * @param stake share of each row; rows without have no say
     * @param kappa share of the stake that makes a majority
     */
    static long[] ofColumns(SparseMatrix scores, long[] stake, long kappa) {
        long[] normalised = Fixed.normalise(stake);
        long total = Fixed.sum(normalised);
        int voters = 0;
        int[] counts = new int[scores.rows()];
        for (int i = 0; i < scores.rows(); i++) {
            voters += stake[i] > 0 ? 1 : 0;
            for (int k = 0; stake[i] > 0 && k < scores.rowSize(i); k++) {
                counts[scores.column(i, k)]++;
            }
        }
        long[][] keys = new long[scores.rows()][];
        Arrays.setAll(keys, j -> new long[counts[j]]);
        for (int i = 0; i < scores.rows(); i++) {
            for (int k = 0; stake[i] > 0 && k < scores.rowSize(i); k++) {
                int j = scores.column(i, k);
                keys[j][--counts[j]] = scores.value(i, k) << ROW_BITS | i;
            }
        }
        long[] medians = new long[scores.rows()];
        for (int j = 0; j < medians.length; j++) {
            medians[j] = median(keys[j], voters - keys[j].length, normalised, total - kappa);
        }
        return medians;
    }

    /** @param absent number of voters without a key */
    private static long median(long[] keys, int absent, long[] stake, long minority) {
        Arrays.sort(keys);
        long below = Fixed.sum(stake);
        for (long key : keys) {
            below -= stake[row(key)];
        }
        if (absent > 0 && below > minority) {
            return 0;
        }
        long score = 0;
        for (long key : keys) {
            below += stake[row(key)];
            score = key >>> ROW_BITS;
            if (below > minority) {
                break;
            }
        }
        return score;
    }

    private static int row(long key) {
        return (int) (key & ((1 << ROW_BITS) - 1));
    }
}
