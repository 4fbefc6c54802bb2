package sunpeer.appliance.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What rests now, and why. Immutable.
 *
 * @param radio whether the broker is to be connected
 * @param returnsAt when others hear of the node again, if that is not now
 */
public record Rest(Stage stage, Reason reason, boolean radio, Optional<Instant> returnsAt) {
    public static final Rest NONE =
            new Rest(Stage.AWAKE, new Reason(Reason.Code.IDLE, "awake"), true, Optional.empty());

    /** Short enough that no reading goes stale, which is the case after five minutes. */
    private static final Duration SLOW_POLL = Duration.ofMinutes(4);

    /** Time between two polls of the controller, where they are {@code usual} apart in a node that is awake. */
    public Duration pollEvery(Duration usual) {
        boolean slow = stage.compareTo(Stage.SLOW_POLLING) >= 0;
        return slow && usual.compareTo(SLOW_POLL) < 0 ? SLOW_POLL : usual;
    }
}
