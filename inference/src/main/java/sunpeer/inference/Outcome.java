package sunpeer.inference;

import java.util.Optional;

/** What one batch gave. */
public sealed interface Outcome {
    /**
     * @param outputs one int8 row per input row, in their order
     * @param busyNanos nanoseconds one core was busy with the batch
     */
    @SuppressWarnings("ArrayRecordComponent") // a batch of rows is bulk data: handed over, never compared
    record Done(byte[][] outputs, long busyNanos) implements Outcome {}

    /** @param message for people, with what the child wrote before it ended */
    record Failed(Cause cause, String message) implements Outcome {}

    /** Why there is no output. */
    enum Cause {
        /** The child ended, or answered what no child of ours answers. The next call starts a new one. */
        CHILD_CRASHED,
        /** The child did not answer before the deadline and was killed. */
        TIMED_OUT,
        /** The batch does not fit the model or its limits, or TFLite refused the model. Trying again does not help. */
        REFUSED,
        /** No native library for this machine, or no child could be started. */
        NOT_AVAILABLE,
        /** The runner was told to rest or close during the call. */
        STOPPED
    }

    /** The failure of a batch that does not fit the model, if it does not. */
    static Optional<Failed> refusal(Model model, byte[][] rows) {
        if (rows.length == 0 || rows.length > ModelLimits.BATCH_ROWS) {
            return refused(rows.length + " rows, allowed are 1 to " + ModelLimits.BATCH_ROWS);
        }
        if ((long) rows.length * Math.max(model.inputLength(), model.outputLength()) > ModelLimits.BATCH_BYTES) {
            return refused("batch larger than " + ModelLimits.BATCH_BYTES + " bytes");
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != model.inputLength()) {
                return refused("row " + i + " has " + rows[i].length + " values, the model " + model.inputLength());
            }
        }
        return Optional.empty();
    }

    private static Optional<Failed> refused(String reason) {
        return Optional.of(new Failed(Cause.REFUSED, reason));
    }
}
