package sunpeer.drivers.simulator;

import java.util.List;
import sunpeer.drivers.transport.Answer;

/**
 * What a simulated Modbus device holds: its registers, bits and names, with the holes and limits of the real one. Every
 * method answers with content or with {@link Answer.Refused} and the code of a Modbus exception.
 *
 * <p>Implementations are thread-safe: each line that serves an image has its own thread. One call is one request, so all
 * its registers must be of one moment.
 */
public interface RegisterImage {
    Answer.Refused ILLEGAL_FUNCTION = new Answer.Refused(1);
    Answer.Refused ILLEGAL_ADDRESS = new Answer.Refused(2);
    Answer.Refused ILLEGAL_VALUE = new Answer.Refused(3);
    Answer.Refused DEVICE_FAILURE = new Answer.Refused(4);

    /** False: it sleeps, as some devices do at night, and answers nothing at all. */
    default boolean awake() {
        return true;
    }

    /**
     * {@link Answer.Registers} with exactly as many as asked for. Rows with holes and limits: {@link RegisterRow#read}.
     *
     * @param function 3 for holding registers, 4 for input registers
     * @param count 1 to 125
     */
    Answer registers(int function, int address, int count);

    /**
     * {@link Answer.Bits} with exactly as many as asked for.
     *
     * @param function 1 for coils, 2 for discrete inputs
     * @param count 1 to 2000
     */
    default Answer bits(int function, int address, int count) {
        return ILLEGAL_FUNCTION;
    }

    /** {@link Answer.Identity} with the basic objects of function 43/14, numbered from 0. */
    default Answer identity() {
        return ILLEGAL_FUNCTION;
    }

    /**
     * {@link Answer.Written} when it has taken effect.
     *
     * @param function 5 (one bit: 0xFF00 or 0), 6 (one register), 15 (bits, 0 or 1 each) or 16 (registers)
     */
    default Answer write(int function, int address, List<Integer> words) {
        return ILLEGAL_FUNCTION;
    }
}
