package sunpeer.drivers;

/**
 * A charge controller on its wire.
 *
 * <p>Confined to the one thread that owns the wire. The port is opened at the first read and again after it was lost;
 * a read never throws for what the outside world does, it returns a {@link Fault}.
 */
public interface Controller extends AutoCloseable {
    /** Polls the device once; blocks for at most a few seconds of real time. */
    ReadResult read();

    /** Device and wire, for people: {@code "EPEVER Tracer at /dev/ttyUSB0, unit 1"}. */
    String describe();

    @Override
    void close();
}
