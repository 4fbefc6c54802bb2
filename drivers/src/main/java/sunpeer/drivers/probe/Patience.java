package sunpeer.drivers.probe;

import java.time.Duration;

/**
 * How long a probe listens and waits. Immutable.
 *
 * @param talker for a device that talks by itself, about once a second
 * @param master for another master, at each of the usual speeds
 * @param quiet before each question
 * @param timeout for each answer; EPEVER was measured to lose answers below half a second
 */
record Patience(Duration talker, Duration master, Duration quiet, Duration timeout) {
    static final Patience FIELD =
            new Patience(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(150), Duration.ofMillis(500));
}
