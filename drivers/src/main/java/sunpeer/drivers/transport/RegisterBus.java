package sunpeer.drivers.transport;

/** A wire on which Modbus devices answer. Confined to the thread that owns the wire. */
public interface RegisterBus extends AutoCloseable {
    /** Opens the wire when needed, tries a few times, and never throws for what the outside world does. */
    Answer ask(Request request);

    /** The same with a single try: for a device that was silent before, so that the others on the wire do not wait for it. */
    default Answer askOnce(Request request) {
        return ask(request);
    }

    /** For people: {@code "/dev/ttyUSB0"} or {@code "10.0.0.7:502"}. */
    String where();

    /** Counts the openings of the wire: a new number may mean another device at its end. */
    int generation();

    @Override
    void close();
}
