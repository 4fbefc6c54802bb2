package sunpeer.drivers.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;

/**
 * A relay that feeds a load from the battery. Off is the safe side: it is off from the first moment, off again when the
 * program ends, and may go off at any time; it goes on only some time after its last change, so that a wavering decision
 * cannot make it chatter. A load that must live while this program does not belongs on the relay's normally closed
 * contact. Confined to one thread.
 */
public final class LoadRelay implements AutoCloseable {
    /** Spares contacts and inrush; no decision on a battery is in a greater hurry. */
    public static final Duration REST = Duration.ofSeconds(60);

    /** What came of a wish. */
    public sealed interface Switching {
        /** The relay is as wished. */
        record Done(boolean on) implements Switching {}

        /** It rests; ask again then. */
        record TooSoon(Duration remaining) implements Switching {}

        record Failed(Fault fault) implements Switching {}
    }

    private final Output output;
    private boolean on;
    private @Nullable Instant changedAt;

    /** @param output nothing else may switch it */
    public LoadRelay(Output output) {
        this.output = output;
    }

    /** Takes the line and shows off on it; until then it floats. */
    public Optional<Fault> begin() {
        return output.set(false);
    }

    /** @param now a clock that may be wrong but should not jump: going back makes the rest begin again */
    public Switching set(boolean wanted, Instant now) {
        if (wanted && !on && changedAt != null) {
            Duration since = Duration.between(changedAt, now);
            if (since.isNegative()) {
                changedAt = now;
                since = Duration.ZERO;
            }
            if (since.compareTo(REST) < 0) {
                return new Switching.TooSoon(REST.minus(since));
            }
        }
        Optional<Fault> fault = output.set(wanted);
        if (fault.isPresent()) {
            return new Switching.Failed(fault.get());
        }
        if (wanted != on) {
            on = wanted;
            changedAt = now;
        }
        return new Switching.Done(on);
    }

    @Override
    public void close() {
        output.close();
        on = false;
    }
}
