package sunpeer.drivers.control;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Whether the clock of a controller is to be set. */
sealed interface ClockDecision {
    /** It is right, or near enough. */
    record Right(String reason) implements ClockDecision {}

    record Write() implements ClockDecision {}

    /** @param reason one line */
    record Refused(String reason) implements ClockDecision {}

    Duration DRIFT_MIN = Duration.ofSeconds(60);
    Duration INTERVAL_MIN = Duration.ofDays(1);
    /** Around midnight counters of the day change over; a clock that jumps across it makes or loses a day. */
    Duration MIDNIGHT = Duration.ofMinutes(5);

    /**
     * Pure: the same arguments give the same decision.
     *
     * @param device what the controller shows
     * @param here what it should show
     * @param synchronised whether the system's clock is kept by the network
     */
    static ClockDecision of(
            boolean allowed, LocalDateTime device, LocalDateTime here, boolean synchronised, Past past, Instant now) {
        if (!allowed) {
            return new Refused("setting the clock is not allowed: set clock_sync = true under [controller]");
        }
        if (!synchronised) {
            return new Refused("the clock of this system is not synchronised itself: see `timedatectl`");
        }
        Duration drift = Duration.between(device, here).abs();
        if (drift.compareTo(DRIFT_MIN) <= 0) {
            return new Right("it differs by " + drift.toSeconds() + " s, which is near enough");
        }
        if (nearMidnight(device.toLocalTime()) || nearMidnight(here.toLocalTime())) {
            return new Refused("it is within " + MIDNIGHT.toMinutes() + " minutes of midnight: try again later");
        }
        boolean today = past.times().stream().anyMatch(time -> time.isAfter(now.minus(INTERVAL_MIN)));
        return today
                ? new Refused("it was set less than a day ago, and is wrong again: look at its battery")
                : new Write();
    }

    private static boolean nearMidnight(LocalTime time) {
        long seconds = time.toSecondOfDay();
        return Math.min(seconds, Duration.ofDays(1).toSeconds() - seconds) < MIDNIGHT.toSeconds();
    }
}
