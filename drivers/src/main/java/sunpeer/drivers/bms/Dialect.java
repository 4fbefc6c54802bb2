package sunpeer.drivers.bms;

import java.util.Optional;
import java.util.OptionalInt;
import sunpeer.drivers.transport.Words;

/**
 * A language of questions and answers that is not Modbus. Pure: every method is a function of its arguments and never throws
 * for bytes of any kind.
 *
 * <p>An answer is presented as registers. Those of one group begin at the address group * 256; what the device has not said
 * is {@link #NOT_SAID}.
 */
public sealed interface Dialect permits DalyA5, Jbd, JkPb, Junctek {
    /** Stands in every register that a short answer leaves open. */
    int NOT_SAID = 0xFFFF;

    /** Longest answer of any dialect with what may stand before it: the frame of a JK-PB is 308 bytes, that of a Daly 208. */
    int RECEIVED_MAX = 512;

    /**
     * What is wanted.
     *
     * @param unit of a bus of several; 1 where the dialect knows no units
     * @param group kind of values, 0 to 255
     * @param items how many cells or sensors there are, where {@link #countedBy} says that this is needed, else 0
     */
    record Question(int unit, int group, int items) {}

    /** What a buffer of received bytes holds so far. */
    sealed interface Parsed {
        /** A good answer may still come out of this with more bytes. */
        record Incomplete() implements Parsed {}

        record Whole(Words words) implements Parsed {}

        /** The device is there and does not serve this question. */
        record Refused(int code) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    /** For people: {@code "JBD"}. */
    String title();

    /** The bytes that ask; nothing when this dialect has no such group of values. */
    Optional<byte[]> ask(Question question);

    /** Looks for the answer to {@code question} in the first {@code length} bytes. */
    Parsed parse(byte[] bytes, int length, Question question);

    /** Another group, by whose answer the device proves after a failure that no late answer to {@code group} will come. */
    int proof(int group);

    /** Whether the device sleeps when nobody asks, and the question that wakes it stays unanswered. */
    default boolean sleeps() {
        return false;
    }

    /** The group that says how many items a group has, for answers in several frames. */
    default OptionalInt countedBy(int group) {
        return OptionalInt.empty();
    }

    /** How many items {@code group} has by the answer of {@link #countedBy}; nothing when that cannot be. */
    default OptionalInt items(int group, Words counts) {
        return OptionalInt.empty();
    }
}
