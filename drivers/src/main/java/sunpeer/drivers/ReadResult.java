package sunpeer.drivers;

/** What one poll gave: a reading, or the reason there is none. */
public sealed interface ReadResult {
    record Ok(Reading reading) implements ReadResult {}

    record Failed(Fault fault) implements ReadResult {}
}
