package sunpeer.inference;

/** Something that runs models. Two real implementations: TFLite in a child process, and plain Java. */
public interface ModelRunner {
    /**
     * Runs the model once per row.
     *
     * @param rows each {@link Model#inputLength()} int8 values; at most {@link ModelLimits#BATCH_ROWS} rows
     * @return one output row of {@link Model#outputLength()} int8 values per input row, or why there is none
     */
    Outcome run(Model model, byte[][] rows);
}
