package sunpeer.drivers.bms;

import static sunpeer.drivers.bms.Octets.at;
import static sunpeer.drivers.bms.Octets.bigEndian;

import java.util.Optional;

/**
 * JBD, also sold as Xiaoxiang, LLT and Overkill Solar: {@code DD A5 group 00 checksum 77} asks, {@code DD group status length
 * content checksum 77} answers.
 *
 * <p>Groups: 3 basic information, 4 cells, 5 name. In the basic information the list of temperatures begins at an odd byte;
 * here the number of temperatures has a register of its own, 0x030B, and they follow from 0x030C on.
 */
public final class Jbd implements Dialect {
    static final int BASIC = 3;
    static final int CELLS = 4;
    static final int NAME = 5;

    private static final int START = 0xDD;
    private static final int READ = 0xA5;
    private static final int END = 0x77;
    private static final int HEADER = 4;
    private static final int TRAILER = 3;

    /** Bytes of the basic information before the temperatures, the number of them included. */
    private static final int BASIC_FIXED = 23;

    private static final int NTC_MAX = 16;
    private static final int CELLS_MAX = 32;
    private static final int NAME_WORDS = 16;

    @Override
    public String title() {
        return "JBD";
    }

    @Override
    public Optional<byte[]> ask(Question question) {
        int group = question.group();
        return group < BASIC || group > NAME
                ? Optional.empty()
                : Optional.of(Octets.of(START, READ, group, 0, 0xFF, 0x100 - group, END));
    }

    @Override
    public Parsed parse(byte[] bytes, int length, Question question) {
        return Octets.first(
                length,
                offset -> begins(bytes, offset, length)
                        ? Optional.of(frame(bytes, offset, length, question))
                        : Optional.empty());
    }

    /** The echo of a question has READ where an answer has its group. */
    private static boolean begins(byte[] bytes, int from, int length) {
        return at(bytes, from) == START && (length - from < 2 || at(bytes, from + 1) != READ);
    }

    private static Parsed frame(byte[] bytes, int from, int length, Question question) {
        if (length - from < HEADER) {
            return new Parsed.Incomplete();
        }
        int content = at(bytes, from + 3);
        int end = from + HEADER + content;
        if (length < end + TRAILER) {
            return new Parsed.Incomplete();
        }
        int checksum = 0x1_0000 - Octets.sum(bytes, from + 2, end) & 0xFFFF;
        if (bigEndian(bytes, end) != checksum || at(bytes, end + 2) != END) {
            return new Parsed.Malformed("wrong checksum");
        }
        if (at(bytes, from + 1) != question.group()) {
            return new Parsed.Malformed(
                    "answer to question %d instead of %d".formatted(at(bytes, from + 1), question.group()));
        }
        int status = at(bytes, from + 2);
        return status == 0 ? content(bytes, from + HEADER, content, question) : new Parsed.Refused(status);
    }

    private static Parsed content(byte[] bytes, int from, int length, Question question) {
        return switch (question.group()) {
            case BASIC -> basic(bytes, from, length, question);
            case CELLS -> cells(bytes, from, length, question);
            default -> name(bytes, from, length, question);
        };
    }

    /** Some firmware appends bytes after the temperatures; they are left alone. */
    private static Parsed basic(byte[] bytes, int from, int length, Question question) {
        if (length < BASIC_FIXED) {
            return tooShort(length);
        }
        int sensors = at(bytes, from + BASIC_FIXED - 1);
        if (sensors > NTC_MAX || length < BASIC_FIXED + 2 * sensors) {
            return new Parsed.Malformed(sensors + " temperatures in " + length + " bytes");
        }
        int fixed = BASIC_FIXED / 2;
        int[] words = Octets.silent(fixed + 1 + NTC_MAX);
        for (int i = 0; i < fixed; i++) {
            words[i] = bigEndian(bytes, from + 2 * i);
        }
        words[fixed] = sensors;
        for (int i = 0; i < sensors; i++) {
            words[fixed + 1 + i] = bigEndian(bytes, from + BASIC_FIXED + 2 * i);
        }
        return Octets.whole(question, words);
    }

    private static Parsed cells(byte[] bytes, int from, int length, Question question) {
        if (length < 2 || length % 2 != 0 || length > 2 * CELLS_MAX) {
            return tooShort(length);
        }
        int[] words = Octets.silent(CELLS_MAX);
        for (int i = 0; i < length / 2; i++) {
            words[i] = bigEndian(bytes, from + 2 * i);
        }
        return Octets.whole(question, words);
    }

    /** Letters, two in a register, NUL behind the last. */
    private static Parsed name(byte[] bytes, int from, int length, Question question) {
        int[] words = new int[NAME_WORDS];
        for (int i = 0; i < Math.min(length, 2 * NAME_WORDS); i++) {
            words[i / 2] |= at(bytes, from + i) << (i % 2 == 0 ? 8 : 0);
        }
        return Octets.whole(question, words);
    }

    private static Parsed tooShort(int length) {
        return new Parsed.Malformed(length + " bytes of content, which this question cannot have");
    }

    @Override
    public boolean sleeps() {
        return true;
    }

    @Override
    public int proof(int group) {
        return group == BASIC ? CELLS : BASIC;
    }
}
