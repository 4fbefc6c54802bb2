package sunpeer.drivers.simulator;

import java.time.Duration;

/** What a bad line or a bad device does to one answer. Immutable. */
public sealed interface LineFault {
    /** Nothing comes. */
    record Silence() implements LineFault {}

    /** A byte in the middle arrives changed, so the checksum is wrong. */
    record WrongChecksum() implements LineFault {}

    /** Another unit seems to answer, with a right checksum. */
    record WrongUnit() implements LineFault {}

    /** Fewer registers than asked for, in a frame that is right by itself; real EPEVER firmware does it. */
    record ShortAnswer() implements LineFault {}

    /** The right answer, too late. */
    record Late(Duration delay) implements LineFault {}

    /** A Modbus exception. */
    record ExceptionCode(int code) implements LineFault {}

    /** Noise before the right answer, as RS-485 transceivers make when they turn around. */
    record StrayBytes(int count) implements LineFault {}
}
