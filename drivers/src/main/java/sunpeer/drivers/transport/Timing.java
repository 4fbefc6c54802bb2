package sunpeer.drivers.transport;

import java.time.Duration;

/**
 * How long a bus waits for what. Immutable.
 *
 * @param timeout from a request to the end of its answer
 * @param recovery from a failed try to the next; what comes late then is dropped and not taken for the next answer
 * @param quiet silence after which a line that brought stray bytes may be written to
 * @param gap least silence between an answer and the next request, whatever device it is for
 */
public record Timing(Duration timeout, Duration recovery, Duration quiet, Duration gap) {
    /** Measured on EPEVER: answers pause in the middle, below 500 ms about one in seven is lost. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    /** Measured: with this wait after a failure every following transaction of the fault tests was right. */
    private static final Duration RECOVERY = Duration.ofMillis(600);
    /** More than a USB adapter holds bytes back (16 ms), and than the pauses inside a frame. */
    private static final Duration QUIET = Duration.ofMillis(30);

    /** Waits for devices and adapters as people have them. */
    public static Timing field(int gapMillis) {
        return new Timing(TIMEOUT, RECOVERY, QUIET, Duration.ofMillis(gapMillis));
    }
}
