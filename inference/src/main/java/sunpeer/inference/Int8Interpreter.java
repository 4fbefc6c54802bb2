package sunpeer.inference;

import java.util.Optional;

/**
 * Runs int8 MLPs in plain Java, bit for bit as TFLite with XNNPACK does. No native code, no clock: the busy time is
 * computed from the work, so that a simulation replays exactly. Immutable and thread-safe.
 */
public final class Int8Interpreter implements ModelRunner {
    private final double nanosPerMultiplyAdd;

    /** Counts one nanosecond per multiplication, about what one small core needs without vector instructions. */
    public Int8Interpreter() {
        this(1);
    }

    /** @param nanosPerMultiplyAdd what one multiplication with addition costs on the simulated machine, nanoseconds */
    public Int8Interpreter(double nanosPerMultiplyAdd) {
        this.nanosPerMultiplyAdd = nanosPerMultiplyAdd;
    }

    @Override
    public Outcome run(Model model, byte[][] rows) {
        Optional<Outcome.Failed> refusal = Outcome.refusal(model, rows);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        byte[][] outputs = new byte[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            byte[] row = rows[i];
            for (Layer layer : model.layers()) {
                row = layer.apply(row);
            }
            outputs[i] = row;
        }
        return new Outcome.Done(outputs, Math.round(model.multiplyAdds() * nanosPerMultiplyAdd * rows.length));
    }
}
