package sunpeer.appliance.market.yuma;

import java.util.Arrays;

/**
 * One validator's weights or bonds: u16 values by uid, only those that exist.
 *
 * <p>An explicit zero is not the same as no entry (with liquid alpha, the bond of an absent pair is lost at once), so both can be
 * said. The uids ascend, which makes equal rows equal bytes. Immutable.
 */
public final class SparseRow {
    public static final SparseRow EMPTY = new SparseRow(new int[0], new int[0]);

    private final int[] uids;
    private final int[] values;

    private SparseRow(int[] uids, int[] values) {
        this.uids = uids;
        this.values = values;
    }

    /**
     * A row of the given entries.
     *
     * @param uids strictly ascending, not negative
     * @param values 0..65535, one for each uid
     */
    public static SparseRow of(int[] uids, int[] values) {
        if (uids.length != values.length) {
            throw new IllegalArgumentException(uids.length + " uids but " + values.length + " values");
        }
        int last = -1;
        for (int k = 0; k < uids.length; k++) {
            if (uids[k] <= last) {
                throw new IllegalArgumentException("uids must ascend: " + uids[k] + " after " + last);
            }
            if (values[k] < 0 || values[k] > Fixed.U16_MAX) {
                throw new IllegalArgumentException("not a u16: " + values[k] + " of uid " + uids[k]);
            }
            last = uids[k];
        }
        return uids.length == 0 ? EMPTY : new SparseRow(uids.clone(), values.clone());
    }

    /** Number of entries, explicit zeros included. */
    public int size() {
        return uids.length;
    }

    /** Uid of the k-th entry, 0 &lt;= k &lt; size. */
    public int uid(int k) {
        return uids[k];
    }

    /** Value of the k-th entry, 0..65535. */
    public int value(int k) {
        return values[k];
    }

    /** Value for a uid, 0 if there is no entry. */
    public int valueOf(int uid) {
        int k = Arrays.binarySearch(uids, uid);
        return k < 0 ? 0 : values[k];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseRow that && Arrays.equals(uids, that.uids) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(uids) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int k = 0; k < uids.length; k++) {
            text.append(k == 0 ? "" : ", ").append(uids[k]).append('=').append(values[k]);
        }
        return text.append('}').toString();
    }
}
