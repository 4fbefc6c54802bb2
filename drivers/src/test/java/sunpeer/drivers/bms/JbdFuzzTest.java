package sunpeer.drivers.bms;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Words;

/** The first byte chooses the question; the rest is what comes, and the content of a frame whose checksum is right. */
class JbdFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void answer(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        Question question = new Question(1, Jbd.BASIC + (bytes[0] & 0xFF) % 3, 0);
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        DialectProperties.check(new Jbd(), rest, question);
        byte[] content = Arrays.copyOf(rest, Math.min(rest.length, 255));
        Parsed parsed = DialectProperties.check(new Jbd(), frame(question.group(), content), question);
        if (parsed instanceof Parsed.Incomplete) {
            throw new IllegalStateException("a whole frame, and it waits for more");
        }
        if (parsed instanceof Parsed.Whole(Words words)) {
            switch (question.group()) {
                case Jbd.BASIC -> {
                    DialectProperties.checkContent(words, 0x0300, content, 0, 11);
                    DialectProperties.checkContent(words, 0x030C, content, 23, words.at(0x030B));
                }
                case Jbd.CELLS -> DialectProperties.checkContent(words, 0x0400, content, 0, content.length / 2);
                default -> DialectProperties.checkContent(words, 0x0500, content, 0, Math.min(16, content.length / 2));
            }
        }
    }

    private static byte[] frame(int group, byte[] content) {
        byte[] frame = new byte[content.length + 7];
        frame[0] = (byte) 0xDD;
        frame[1] = (byte) group;
        frame[3] = (byte) content.length;
        System.arraycopy(content, 0, frame, 4, content.length);
        int checksum = 0x1_0000 - Octets.sum(frame, 2, 4 + content.length);
        frame[content.length + 4] = (byte) (checksum >> 8);
        frame[content.length + 5] = (byte) checksum;
        frame[content.length + 6] = 0x77;
        return frame;
    }
}
