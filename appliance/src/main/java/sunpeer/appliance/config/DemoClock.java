package sunpeer.appliance.config;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock for demonstrations: at the real instant {@code at} it shows {@code shows}, and from there it runs {@code speed}
 * times as fast. All peers of a demonstration share these three numbers and so agree on the time. Immutable.
 */
public record DemoClock(int speed, Instant shows, Instant at) {
    public Instant shown(Instant real) {
        return shows.plus(Duration.between(at, real).multipliedBy(speed));
    }
}
