package sunpeer.drivers;

import java.util.Optional;

/**
 * A device on its wire: a charge controller, a battery monitor or a battery management system.
 *
 * <p>Confined to the one thread that owns the wire. The port is opened at the first read and again after it was lost;
 * a read never throws for what the outside world does, it returns a {@link Fault}.
 */
public interface Device extends AutoCloseable {
    /** Polls the device once; blocks for at most a few seconds of real time. */
    ReadResult read();

    /**
     * Asks as little as possible whether the device is there, with one try: for a device that was silent before. Empty when it
     * answered.
     */
    default Optional<Fault> probe() {
        return read() instanceof ReadResult.Failed(Fault fault) ? Optional.of(fault) : Optional.empty();
    }

    /** Device and wire, for people: {@code "EPEVER Tracer at /dev/ttyUSB0, unit 1"}. */
    String describe();

    @Override
    void close();
}
