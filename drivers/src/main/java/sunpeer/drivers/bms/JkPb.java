package sunpeer.drivers.bms;

import static sunpeer.drivers.bms.Octets.at;
import static sunpeer.drivers.bms.Octets.littleEndian;

import java.util.Arrays;
import java.util.Optional;
import sunpeer.drivers.transport.RtuFrame;

/**
 * JK inverter BMS, the PB series, on RS-485. It is asked by a Modbus write of one zero to a register that triggers a download;
 * it answers with a frame of 300 bytes, little-endian, and then with the Modbus answer to the write.
 *
 * <p>That write is the one exception to "this program only reads": on another device the same bytes would change a register.
 * So it stays in here, to three registers and the value zero, and is sent only to a device that the owner has named as a
 * JK-PB; no probing ever does.
 *
 * <p>Groups by the type in the frame: 1 settings, 2 live values, 3 about. Register group * 256 + n holds bytes 2 n and 2 n + 1
 * of the frame, low byte first, so 32-bit numbers have their low word first.
 */
public final class JkPb implements Dialect {
    private static final int FRAME = 300;
    private static final int REPLY = 8;
    /** Some adapters put zeros between the frame and the Modbus answer (mr-manuel/venus-os_dbus-serialbattery). */
    private static final int PADDING_MAX = 4;

    private static final int WRITE = 0x10;
    private static final int[] HEAD = {0x55, 0xAA, 0xEB, 0x90};
    /** Of groups 1, 2 and 3. */
    private static final int[] TRIGGERS = {0x161E, 0x1620, 0x161C};

    @Override
    public String title() {
        return "JK-PB";
    }

    /** Unit 0 is master of its bus by itself and must not be asked by another. */
    @Override
    public Optional<byte[]> ask(Question question) {
        if (question.group() < 1 || question.group() > TRIGGERS.length || question.unit() < 1 || question.unit() > 15) {
            return Optional.empty();
        }
        int trigger = TRIGGERS[question.group() - 1];
        return Optional.of(RtuFrame.withCrc(question.unit(), WRITE, trigger >> 8, trigger & 0xFF, 0, 1, 2, 0, 0));
    }

    @Override
    public Parsed parse(byte[] bytes, int length, Question question) {
        return Octets.first(
                length,
                offset -> begins(bytes, offset, length)
                        ? Optional.of(answer(bytes, offset, length, question))
                        : Optional.empty());
    }

    private static boolean begins(byte[] bytes, int from, int length) {
        int there = Math.min(HEAD.length, length - from);
        for (int i = 0; i < there; i++) {
            if (at(bytes, from + i) != HEAD[i]) {
                return false;
            }
        }
        return true;
    }

    private static Parsed answer(byte[] bytes, int from, int length, Question question) {
        Parsed frame = frame(bytes, from, length, question);
        // Only the Modbus answer behind the frame says which unit it came from.
        return frame instanceof Parsed.Whole ? signed(bytes, from + FRAME, length, question, frame) : frame;
    }

    /** The frame alone, as captures keep it. */
    static Parsed frame(byte[] bytes, int from, int length, Question question) {
        if (length - from < FRAME) {
            return new Parsed.Incomplete();
        }
        if ((Octets.sum(bytes, from, from + FRAME - 1) & 0xFF) != at(bytes, from + FRAME - 1)) {
            return new Parsed.Malformed("wrong checksum");
        }
        int type = at(bytes, from + HEAD.length);
        if (type != question.group()) {
            return new Parsed.Malformed("frame of type %d instead of %d".formatted(type, question.group()));
        }
        int[] words = new int[FRAME / 2];
        for (int i = 0; i < words.length; i++) {
            words[i] = littleEndian(bytes, from + 2 * i);
        }
        return Octets.whole(question, words);
    }

    private static Parsed signed(byte[] bytes, int from, int length, Question question, Parsed frame) {
        int trigger = TRIGGERS[question.group() - 1];
        byte[] expected = RtuFrame.withCrc(question.unit(), WRITE, trigger >> 8, trigger & 0xFF, 0, 1);
        for (int padding = 0; padding <= PADDING_MAX && length - from - padding >= REPLY; padding++) {
            if (Arrays.equals(bytes, from + padding, from + padding + REPLY, expected, 0, REPLY)) {
                return frame;
            }
        }
        return length - from < REPLY + PADDING_MAX
                ? new Parsed.Incomplete()
                : new Parsed.Malformed("no Modbus answer of unit " + question.unit() + " behind the frame");
    }

    @Override
    public int proof(int group) {
        return group == 2 ? 3 : 2;
    }
}
