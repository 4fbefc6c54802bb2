package sunpeer.appliance.market.yuma;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Weights or bonds of all validators in fixed point: row i is what uid i says of others, with columns ascending.
 *
 * <p>Explicit zeros are entries and stay so until a step of the epoch removes them. Every operation gives a new matrix; the
 * vectors it takes have one element per uid. Immutable within the package.
 */
final class SparseMatrix {
    /** What a {@link Cell} answers to have an entry removed; the values themselves are never negative. */
    static final long REMOVED = -1;

    private final int[][] columns;
    private final long[][] values;

    private SparseMatrix(int[][] columns, long[][] values) {
        this.columns = columns;
        this.values = values;
    }

    /** Gives the new value of the entry at a row and column, or {@link #REMOVED}. */
    @FunctionalInterface
    interface Cell {
        long apply(int row, int column, long value);
    }

    /** Gives the value of a pair of entries, of which the absent one counts as 0. */
    @FunctionalInterface
    interface Pair {
        long apply(long mine, long theirs);
    }

    static SparseMatrix of(List<SparseRow> rows, IntToLongFunction fixedOfU16) {
        int[][] columns = new int[rows.size()][];
        long[][] values = new long[rows.size()][];
        for (int i = 0; i < columns.length; i++) {
            SparseRow row = rows.get(i);
            columns[i] = new int[row.size()];
            values[i] = new long[row.size()];
            for (int k = 0; k < row.size(); k++) {
                columns[i][k] = row.uid(k);
                values[i][k] = fixedOfU16.applyAsLong(row.value(k));
            }
        }
        return new SparseMatrix(columns, values);
    }

    int rows() {
        return columns.length;
    }

    int rowSize(int row) {
        return columns[row].length;
    }

    int column(int row, int k) {
        return columns[row][k];
    }

    long value(int row, int k) {
        return values[row][k];
    }

    /** The value at a row and column, 0 if there is no entry. */
    long valueAt(int row, int column) {
        int k = Arrays.binarySearch(columns[row], column);
        return k < 0 ? 0 : values[row][k];
    }

    SparseMatrix map(Cell cell) {
        int[][] newColumns = new int[rows()][];
        long[][] newValues = new long[rows()][];
        for (int i = 0; i < rows(); i++) {
            int[] rowColumns = new int[columns[i].length];
            long[] rowValues = new long[columns[i].length];
            int size = 0;
            for (int k = 0; k < columns[i].length; k++) {
                long value = cell.apply(i, columns[i][k], values[i][k]);
                if (value != REMOVED) {
                    rowColumns[size] = columns[i][k];
                    rowValues[size++] = value;
                }
            }
            newColumns[i] = Arrays.copyOf(rowColumns, size);
            newValues[i] = Arrays.copyOf(rowValues, size);
        }
        return new SparseMatrix(newColumns, newValues);
    }

    /** The union of the entries of two matrices, each pair combined; only results above 0 stay entries. */
    SparseMatrix combine(SparseMatrix other, Pair pair) {
        int[][] newColumns = new int[rows()][];
        long[][] newValues = new long[rows()][];
        for (int i = 0; i < rows(); i++) {
            int[] rowColumns = new int[rowSize(i) + other.rowSize(i)];
            long[] rowValues = new long[rowColumns.length];
            int size = 0;
            int a = 0;
            int b = 0;
            while (a < rowSize(i) || b < other.rowSize(i)) {
                int column = Math.min(columnOrEnd(i, a), other.columnOrEnd(i, b));
                long mine = columnOrEnd(i, a) == column ? values[i][a++] : 0;
                long theirs = other.columnOrEnd(i, b) == column ? other.values[i][b++] : 0;
                long value = pair.apply(mine, theirs);
                if (value > 0) {
                    rowColumns[size] = column;
                    rowValues[size++] = value;
                }
            }
            newColumns[i] = Arrays.copyOf(rowColumns, size);
            newValues[i] = Arrays.copyOf(rowValues, size);
        }
        return new SparseMatrix(newColumns, newValues);
    }

    private int columnOrEnd(int row, int k) {
        return k < columns[row].length ? columns[row][k] : Integer.MAX_VALUE;
    }

    /** Rows that sum to 1, or stay as they are if they sum to 0. */
    SparseMatrix rowNormalised() {
        long[] sums = rowSums();
        return map((i, j, value) -> sums[i] > 0 ? Fixed.safeDiv(value, sums[i]) : value);
    }

    /** Columns that sum to 1, or stay as they are if they sum to 0. */
    SparseMatrix columnNormalised() {
        long[] sums = new long[rows()];
        for (int i = 0; i < rows(); i++) {
            for (int k = 0; k < rowSize(i); k++) {
                sums[columns[i][k]] += values[i][k];
            }
        }
        return map((i, j, value) -> sums[j] == 0 ? value : Fixed.safeDiv(value, sums[j]));
    }

    /** Columns whose largest value is 1, or stay as they are if all of it is 0. */
    SparseMatrix columnUpscaled() {
        long[] maxima = new long[rows()];
        for (int i = 0; i < rows(); i++) {
            for (int k = 0; k < rowSize(i); k++) {
                int j = columns[i][k];
                maxima[j] = Math.max(maxima[j], values[i][k]);
            }
        }
        return map((i, j, value) -> maxima[j] == 0 ? value : Fixed.safeDiv(value, maxima[j]));
    }

    long[] rowSums() {
        long[] sums = new long[rows()];
        for (int i = 0; i < rows(); i++) {
            sums[i] = Fixed.sum(values[i]);
        }
        return sums;
    }

    /** Per column, the sum over the rows of value times the row's factor. */
    long[] columnSumsWeightedBy(long[] rowFactors) {
        long[] sums = new long[rows()];
        for (int i = 0; i < rows(); i++) {
            for (int k = 0; k < rowSize(i); k++) {
                sums[columns[i][k]] += Fixed.mul(rowFactors[i], values[i][k]);
            }
        }
        return sums;
    }

    /** Per row, the sum over the columns of value times the column's factor. */
    long[] rowSumsWeightedBy(long[] columnFactors) {
        long[] sums = new long[rows()];
        for (int i = 0; i < rows(); i++) {
            for (int k = 0; k < rowSize(i); k++) {
                sums[i] += Fixed.mul(columnFactors[columns[i][k]], values[i][k]);
            }
        }
        return sums;
    }

    /** One row as proportions in 1/65535, floored; an entry that floors to 0 stays an entry. */
    SparseRow toProportions(int row) {
        int[] proportions = new int[rowSize(row)];
        for (int k = 0; k < proportions.length; k++) {
            proportions[k] = Fixed.proportionToU16(values[row][k]);
        }
        return SparseRow.of(columns[row], proportions);
    }
}
