package sunpeer.appliance.store;

/** What was asked of the file, or why it could not be read. Immutable. */
public sealed interface Loaded<T> {
    record Ok<T>(T value) implements Loaded<T> {}

    /** @param reason one line for people */
    record Failed<T>(String reason) implements Loaded<T> {}
}
