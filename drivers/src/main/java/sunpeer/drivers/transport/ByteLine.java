package sunpeer.drivers.transport;

import java.util.Optional;
import sunpeer.drivers.Fault;

/**
 * A wire that carries bytes both ways: a serial port, or a socket to a serial gateway. It is opened when needed and again
 * after it was lost. Confined to the thread that owns the wire.
 */
public interface ByteLine extends AutoCloseable {
    /** For people: {@code "/dev/ttyUSB0"} or {@code "10.0.0.7:9999"}. */
    String where();

    /** Counts the openings: a new number may mean another device at the other end. */
    int generation();

    boolean isOpen();

    /** Nanoseconds that one byte takes on the wire, start and stop bit included; 0 when no baud rate sets its pace. */
    default long byteNanos() {
        return 0;
    }

    /** Opens unless open; a fault says why it cannot. */
    Optional<Fault> open();

    /** Bytes that wait to be read; negative when the line is closed or lost. */
    int available();

    /** Waits up to 100 ms for at least one byte; returns how many came, negative when the line is closed or lost. */
    int read(byte[] buffer, int offset, int max);

    /** False when the line is closed or lost. */
    boolean write(byte[] bytes);

    /** Forgets what was received and not read. */
    void discardInput();

    /**
     * Nobody answered: closes if the other end may have gone without a word, so that the next open finds the new one.
     *
     * @param timesInARow how often by now, whoever was asked
     */
    default void silent(int timesInARow) {}

    /** Closes and says that the line went away. */
    Fault lost();

    @Override
    void close();
}
