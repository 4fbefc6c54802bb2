package sunpeer.drivers.bms;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Words;

/** Two bytes choose the question; the rest is what comes, and the content of frames whose sums are right. */
class DalyFuzzTest {
    private static final int CHOICE = 2;

    @FuzzTest(maxDuration = "5m")
    void answer(byte[] bytes) {
        if (bytes.length <= CHOICE) {
            return;
        }
        Question question = new Question(1, 0x90 + (bytes[0] & 0xFF) % 9, bytes[1]);
        byte[] rest = Arrays.copyOfRange(bytes, CHOICE, bytes.length);
        DialectProperties.check(new DalyA5(), rest, question);
        Parsed parsed = DialectProperties.check(new DalyA5(), frames(question.group(), rest), question);
        if (parsed instanceof Parsed.Whole(Words words) && question.items() != 0 && question.group() == 0x95) {
            for (int cell = 0; cell < words.size(); cell++) {
                boolean said = words.at(0x9500 + cell) != Dialect.NOT_SAID;
                if (said && cell >= question.items()) {
                    throw new IllegalStateException("a cell that is not there");
                }
            }
        }
    }

    private static byte[] frames(int group, byte[] content) {
        int count = Math.min(16, (content.length + 7) / 8);
        byte[] frames = new byte[13 * count];
        for (int i = 0; i < count; i++) {
            int at = 13 * i;
            frames[at] = (byte) 0xA5;
            frames[at + 1] = 1;
            frames[at + 2] = (byte) group;
            frames[at + 3] = 8;
            System.arraycopy(content, 8 * i, frames, at + 4, Math.min(8, content.length - 8 * i));
            frames[at + 12] = (byte) Octets.sum(frames, at, at + 12);
        }
        return frames;
    }
}
