package sunpeer.drivers.bms;

import static sunpeer.drivers.bms.Octets.at;
import static sunpeer.drivers.bms.Octets.bigEndian;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import sunpeer.drivers.transport.Words;

/**
 * Daly on its UART or RS-485 board: {@code A5 40 group 08}, eight zero bytes and an 8-bit sum ask; one or more frames {@code A5
 * 01 group 08}, eight bytes and a sum answer. Other projects only log a wrong sum; here it spoils the answer.
 *
 * <p>Groups 0x90 to 0x98. Numbers that lie across register borders on the wire are given a register each:
 *
 * <ul>
 *   <li>0x9000 volts, (unused), amperes, state of charge
 *   <li>0x9100 highest cell, its number, lowest cell, its number; 0x9200 the same of temperatures
 *   <li>0x9300 mode, charge MOS, discharge MOS, life, charge left in two registers, high word first
 *   <li>0x9400 cells, sensors, charger, load, port bits, cycles
 *   <li>0x9500 cells, 0x9600 temperatures, as many as 0x94 tells
 *   <li>0x9700 balancing cells, the first register holds cells 1 to 16; 0x9800 one register for each byte of failures
 * </ul>
 */
public final class DalyA5 implements Dialect {
    private static final int START = 0xA5;
    private static final int HOST = 0x40;
    private static final int CONTENT = 8;
    private static final int HEADER = 4;
    private static final int FRAME = HEADER + CONTENT + 1;

    private static final int STATUS = 0x94;
    private static final int CELLS = 0x95;
    private static final int TEMPERATURES = 0x96;
    private static final int CELLS_IN_FRAME = 3;
    private static final int TEMPERATURES_IN_FRAME = 7;

    /** The largest Daly; a register of the protocol has room for 48. */
    private static final int CELLS_MAX = 48;

    private static final int SENSORS_MAX = 16;

    @Override
    public String title() {
        return "Daly";
    }

    @Override
    public Optional<byte[]> ask(Question question) {
        int group = question.group();
        if (group < 0x90 || group > 0x98) {
            return Optional.empty();
        }
        byte[] frame = Octets.of(START, HOST, group, CONTENT, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        frame[FRAME - 1] = (byte) Octets.sum(frame, 0, FRAME - 1);
        return Optional.of(frame);
    }

    @Override
    public Parsed parse(byte[] bytes, int length, Question question) {
        return Octets.first(
                length,
                offset -> begins(bytes, offset, length)
                        ? Optional.of(
                                countedBy(question.group()).isPresent()
                                        ? several(bytes, offset, length, question)
                                        : single(bytes, offset, length, question))
                        : Optional.empty());
    }

    /** The echo of a question has HOST where an answer has its unit. */
    private static boolean begins(byte[] bytes, int from, int length) {
        return at(bytes, from) == START
                && (length - from < 2 || at(bytes, from + 1) != HOST)
                && (length - from < HEADER || at(bytes, from + 3) == CONTENT);
    }

    private static boolean sumFits(byte[] bytes, int from) {
        return (Octets.sum(bytes, from, from + FRAME - 1) & 0xFF) == at(bytes, from + FRAME - 1);
    }

    private static String foreign(byte[] bytes, int from, Question question) {
        return "answer of unit %d to question 0x%02X instead of unit %d, 0x%02X"
                .formatted(at(bytes, from + 1), at(bytes, from + 2), question.unit(), question.group());
    }

    private static boolean answers(byte[] bytes, int from, Question question) {
        return at(bytes, from + 1) == question.unit() && at(bytes, from + 2) == question.group();
    }

    private static Parsed single(byte[] bytes, int from, int length, Question question) {
        if (length - from < FRAME) {
            return new Parsed.Incomplete();
        }
        if (!sumFits(bytes, from)) {
            return new Parsed.Malformed("wrong checksum");
        }
        return answers(bytes, from, question)
                ? Octets.whole(question, registers(bytes, from + HEADER, question.group()))
                : new Parsed.Malformed(foreign(bytes, from, question));
    }

    private static int[] registers(byte[] bytes, int at, int group) {
        return switch (group) {
            case 0x90 ->
                new int[] {
                    bigEndian(bytes, at), bigEndian(bytes, at + 2), bigEndian(bytes, at + 4), bigEndian(bytes, at + 6)
                };
            case 0x91 ->
                new int[] {bigEndian(bytes, at), at(bytes, at + 2), bigEndian(bytes, at + 3), at(bytes, at + 5)};
            case 0x93 ->
                new int[] {
                    at(bytes, at),
                    at(bytes, at + 1),
                    at(bytes, at + 2),
                    at(bytes, at + 3),
                    bigEndian(bytes, at + 4),
                    bigEndian(bytes, at + 6)
                };
            case STATUS ->
                new int[] {
                    at(bytes, at),
                    at(bytes, at + 1),
                    at(bytes, at + 2),
                    at(bytes, at + 3),
                    at(bytes, at + 4),
                    bigEndian(bytes, at + 5)
                };
            case 0x97 ->
                new int[] {
                    Octets.littleEndian(bytes, at),
                    Octets.littleEndian(bytes, at + 2),
                    Octets.littleEndian(bytes, at + 4)
                };
            default -> octets(bytes, at, group == 0x92 ? 4 : CONTENT);
        };
    }

    private static int[] octets(byte[] bytes, int from, int count) {
        int[] words = new int[count];
        Arrays.setAll(words, i -> at(bytes, from + i));
        return words;
    }

    /**
     * Frames in a row, numbered from 1; whole when every wanted item has been said. A frame that is missing or spoiled in
     * between spoils the answer: its cells would be taken for others.
     */
    private static Parsed several(byte[] bytes, int from, int length, Question question) {
        boolean cells = question.group() == CELLS;
        int perFrame = cells ? CELLS_IN_FRAME : TEMPERATURES_IN_FRAME;
        int[] words = Octets.silent(cells ? CELLS_MAX : SENSORS_MAX);
        if (question.items() < 1 || question.items() > words.length) {
            return new Parsed.Malformed(question.items() + " items, which it cannot have");
        }
        for (int first = 0; first < question.items(); first += perFrame) {
            int number = first / perFrame + 1;
            int at = from + (number - 1) * FRAME;
            if (length - at < FRAME) {
                return new Parsed.Incomplete();
            }
            if (!begins(bytes, at, length) || !sumFits(bytes, at)) {
                return new Parsed.Malformed("wrong checksum in frame " + number);
            }
            if (!answers(bytes, at, question)) {
                return new Parsed.Malformed(foreign(bytes, at, question));
            }
            int content = at + HEADER;
            if (at(bytes, content) != number) {
                return new Parsed.Malformed("frame %d instead of %d".formatted(at(bytes, content), number));
            }
            for (int i = 0; i < perFrame && first + i < question.items(); i++) {
                words[first + i] = cells ? bigEndian(bytes, content + 1 + 2 * i) : at(bytes, content + 1 + i);
            }
        }
        return Octets.whole(question, words);
    }

    @Override
    public boolean sleeps() {
        return true;
    }

    @Override
    public OptionalInt countedBy(int group) {
        return group == CELLS || group == TEMPERATURES ? OptionalInt.of(STATUS) : OptionalInt.empty();
    }

    @Override
    public OptionalInt items(int group, Words counts) {
        int items = counts.at((STATUS << 8) + (group == CELLS ? 0 : 1));
        int max = group == CELLS ? CELLS_MAX : SENSORS_MAX;
        return items >= 1 && items <= max ? OptionalInt.of(items) : OptionalInt.empty();
    }

    @Override
    public int proof(int group) {
        return group == 0x90 ? STATUS : 0x90;
    }
}
