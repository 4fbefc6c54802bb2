package sunpeer.inference;

/** What {@link ModelValidator} says about a file. */
public sealed interface Validation {
    /** The file may be run. */
    record Accepted(Model model) implements Validation {}

    /**
     * The file must not be run.
     *
     * @param check the rule it breaks
     * @param reason for people: where and how
     */
    record Refused(Check check, String reason) implements Validation {}

    /** The rules, in the order they are examined. */
    enum Check {
        /** Empty, or larger than {@link ModelLimits#MODEL_BYTES}. */
        SIZE,
        /** Not {@code TFL3} at byte 4. */
        IDENTIFIER,
        /** An offset, length or alignment that leaves the file or its table: truncated or mangled. */
        STRUCTURE,
        /** A field that an int8 MLP has no use for: state, sparsity, custom options, data outside the file. */
        UNEXPECTED_FIELD,
        /** Schema version other than 3. */
        VERSION,
        /** An operator, operator version or fused activation that is not allowed. */
        OPERATOR,
        /** Not exactly one subgraph with one input and one output. */
        SUBGRAPH,
        /** A tensor, buffer or operator index out of range. */
        INDEX,
        /** Buffer bytes that do not fit the tensor's shape, or a constant where none may be. */
        BUFFER,
        /** A tensor type other than the one its place needs. */
        TYPE,
        /** A shape that does not fit its neighbours, or is too large. */
        SHAPE,
        /** Scales or zero points outside what int8 arithmetic of all kernels agrees on. */
        QUANTISATION,
        /** A tensor written twice, read before it is written, shared, or not used at all. */
        DATA_FLOW
    }
}
