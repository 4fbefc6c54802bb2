package sunpeer.inference;

import java.util.HexFormat;
import java.util.List;

/**
 * A model that may be run: it exists only if {@link ModelValidator} accepted its bytes. One int8 row in, one int8 row
 * out. Immutable and thread-safe; equal if the bytes are equal.
 */
public final class Model {
    /** What the graph is made of. */
    public enum Kind {
        /** A chain of int8 fully connected layers. */
        INT8_MLP
    }

    private final byte[] bytes;
    private final String id;
    private final Quantisation input;
    private final Quantisation output;
    private final List<Layer> layers;

    /** For the validator only. */
    Model(byte[] bytes, Quantisation input, Quantisation output, List<Layer> layers) {
        this.bytes = bytes;
        this.id = HexFormat.of().formatHex(Sha256.of(bytes));
        this.input = input;
        this.output = output;
        this.layers = List.copyOf(layers);
    }

    /** SHA-256 of the file, 64 lower-case hex digits. */
    public String id() {
        return id;
    }

    /** A copy of the {@code .tflite} file. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int sizeBytes() {
        return bytes.length;
    }

    public Kind kind() {
        return Kind.INT8_MLP;
    }

    /** Values of one input row. */
    public int inputLength() {
        return layers.getFirst().inputs();
    }

    /** Values of one output row. */
    public int outputLength() {
        return layers.getLast().outputs();
    }

    public Quantisation input() {
        return input;
    }

    public Quantisation output() {
        return output;
    }

    /** Multiplications with addition for one row: what a run costs, up to a constant of the machine. */
    public long multiplyAdds() {
        long sum = 0;
        for (Layer layer : layers) {
            sum += (long) layer.inputs() * layer.outputs();
        }
        return sum;
    }

    /**
     * The input row for real features, clamped to what the model can see.
     *
     * @param row {@link #inputLength()} values, none NaN
     * @throws IllegalArgumentException if the caller made a row of another length or with a NaN
     */
    public byte[] quantise(float[] row) {
        requireLength(row.length, inputLength());
        byte[] steps = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            steps[i] = input.quantise(row[i]);
        }
        return steps;
    }

    /**
     * The real numbers an output row stands for.
     *
     * @param row {@link #outputLength()} values
     * @throws IllegalArgumentException if the row has another length
     */
    public float[] dequantise(byte[] row) {
        requireLength(row.length, outputLength());
        float[] reals = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            reals[i] = output.dequantise(row[i]);
        }
        return reals;
    }

    List<Layer> layers() {
        return layers;
    }

    private static void requireLength(int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException("row of " + length + " values, the model has " + expected);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Model model && id.equals(model.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Model[" + id.substring(0, 12) + " " + inputLength() + "→" + outputLength() + ", " + bytes.length
                + " B]";
    }
}
