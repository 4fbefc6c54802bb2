package sunpeer.drivers.bms;

import java.util.Arrays;
import java.util.Optional;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Words;

/** What the binary dialects share. Pure. */
final class Octets {
    /** Noise of a transceiver that turns around, or the echo of the question: the longest has 13 bytes. */
    static final int NOISE_MAX = 16;

    private Octets() {}

    static int at(byte[] bytes, int offset) {
        return bytes[offset] & 0xFF;
    }

    static int bigEndian(byte[] bytes, int offset) {
        return at(bytes, offset) << 8 | at(bytes, offset + 1);
    }

    static int littleEndian(byte[] bytes, int offset) {
        return at(bytes, offset) | at(bytes, offset + 1) << 8;
    }

    static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += bytes[i] & 0xFF;
        }
        return sum;
    }

    static byte[] of(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }

    /** Registers of which the device has said nothing yet. */
    static int[] silent(int count) {
        int[] words = new int[count];
        Arrays.fill(words, Dialect.NOT_SAID);
        return words;
    }

    static Parsed whole(Question question, int[] words) {
        return new Parsed.Whole(new Words(question.group() << 8, words));
    }

    interface FrameAt {
        /** What the frame is that begins at {@code offset}; nothing where none begins. */
        Optional<Parsed> at(int offset);
    }

    /**
     * The first frame after at most {@link #NOISE_MAX} bytes decides: behind a spoiled or foreign one the right one may come,
     * but to take it would be to trust a line that is out of step. The bus asks again.
     */
    static Parsed first(int length, FrameAt frame) {
        for (int offset = 0; offset <= NOISE_MAX && offset < length; offset++) {
            Optional<Parsed> parsed = frame.at(offset);
            if (parsed.isPresent()) {
                return parsed.get();
            }
        }
        return new Parsed.Incomplete();
    }
}
