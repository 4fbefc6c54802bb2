package sunpeer.drivers.simulator;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/**
 * Registers in a row that one request must not leave. Immutable.
 *
 * @param function 3 for holding registers, 4 for input registers
 * @param last the last address that belongs to it
 * @param countMax the most registers a request may ask for
 */
public record RegisterRow(int function, int first, int last, int countMax) {
    public RegisterRow(int function, int first, int last) {
        this(function, first, last, Request.Registers.COUNT_MAX);
    }

    /** A register that is a row of its own. */
    public static RegisterRow alone(int function, int address) {
        return new RegisterRow(function, address, address);
    }

    private boolean holds(int address, int count) {
        return address >= first && address + count - 1 <= last;
    }

    /**
     * The registers, or the exception that devices give for holes, for crossing the end of a row and for asking for too many.
     *
     * @param word content of one address; only its low 16 bits count
     */
    public static Answer read(List<RegisterRow> rows, int function, int address, int count, IntUnaryOperator word) {
        if (rows.stream().noneMatch(row -> row.function == function)) {
            return RegisterImage.ILLEGAL_FUNCTION;
        }
        for (RegisterRow row : rows) {
            if (row.function == function && row.holds(address, count)) {
                return count > row.countMax ? RegisterImage.ILLEGAL_VALUE : answer(address, count, word);
            }
        }
        return RegisterImage.ILLEGAL_ADDRESS;
    }

    private static Answer answer(int address, int count, IntUnaryOperator word) {
        int[] words = IntStream.range(address, address + count)
                .map(at -> word.applyAsInt(at) & 0xFFFF)
                .toArray();
        return new Answer.Registers(new Words(address, words));
    }
}
