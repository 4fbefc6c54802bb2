package sunpeer.drivers.capture;

/** What a file turned out to be. */
public sealed interface CaptureResult {
    record Ok(Capture capture) implements CaptureResult {}

    /** @param reason file, line and what is wrong there; one line, for people */
    record Malformed(String reason) implements CaptureResult {}
}
