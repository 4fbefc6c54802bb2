package sunpeer.drivers.control;

/** What became of an order to write. Each text is one line for people. */
public sealed interface Written {
    /** Done and read back. */
    record Done(String before, String after) implements Written {}

    /** Nothing was written, because nothing has to be. */
    record Needless(String state) implements Written {}

    /** All conditions hold; a dry run wrote nothing. */
    record WouldDo(String before) implements Written {}

    /** It may not be written, and was not. */
    record Refused(String reason) implements Written {}

    /** It was tried and did not come to pass, or the device does not answer. */
    record Failed(String reason) implements Written {}
}
