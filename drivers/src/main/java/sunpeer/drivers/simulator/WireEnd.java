package sunpeer.drivers.simulator;

/**
 * A simulated device's end of a wire: a pseudo-terminal, a socket, or a wire that something was done to.
 *
 * <p>Thread-safe: one thread may read, another write, any may close; closing wakes them.
 */
public interface WireEnd extends AutoCloseable {
    /** What a driver opens, or whom it is connected to; for people and logs. */
    String path();

    boolean isClosed();

    /**
     * Waits for bytes.
     *
     * @param timeoutMillis how long; negative for ever
     * @return how many came, 0 after the timeout, -1 when this end was closed
     */
    int read(byte[] into, int offset, int max, int timeoutMillis);

    /** Sends; bytes that nobody takes are lost, as on a wire that nobody listens to. */
    void write(byte[] bytes);

    @Override
    void close();
}
