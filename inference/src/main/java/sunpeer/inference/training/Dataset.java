package sunpeer.inference.training;

/**
 * Rows of features, each with the one number to be learned, oldest first. Immutable and thread-safe. Values may be
 * anything, NaN too: the trainer judges them.
 */
public final class Dataset {
    private final int rows;
    private final int columns;
    private final float[] features; // [rows][columns]
    private final float[] targets; // [rows]

    private Dataset(int rows, int columns, float[] features, float[] targets) {
        this.rows = rows;
        this.columns = columns;
        this.features = features;
        this.targets = targets;
    }

    /**
     * @param features {@code [n][d]}, copied
     * @param targets {@code [n]}, copied
     * @throws IllegalArgumentException if the lengths do not fit each other
     */
    public static Dataset of(float[][] features, float[] targets) {
        int rows = features.length;
        int columns = rows == 0 ? 0 : features[0].length;
        if (targets.length != rows) {
            throw new IllegalArgumentException(rows + " rows, " + targets.length + " targets");
        }
        float[] flat = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            if (features[r].length != columns) {
                throw new IllegalArgumentException("row " + r + " has " + features[r].length + " of " + columns);
            }
            System.arraycopy(features[r], 0, flat, r * columns, columns);
        }
        return new Dataset(rows, columns, flat, targets.clone());
    }

    public int rows() {
        return rows;
    }

    /** Features of one row. */
    public int columns() {
        return columns;
    }

    public float feature(int row, int column) {
        return features[row * columns + column];
    }

    public float target(int row) {
        return targets[row];
    }

    /** A copy of one row's features. */
    public float[] row(int row) {
        float[] copy = new float[columns];
        System.arraycopy(features, row * columns, copy, 0, columns);
        return copy;
    }
}
