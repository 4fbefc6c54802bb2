package sunpeer.drivers.bms;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.RtuFrame;
import sunpeer.drivers.transport.Words;

/** Two bytes choose the question; the rest is what comes, and the content of a frame whose sum and Modbus answer are right. */
class JkPbFuzzTest {
    private static final int CHOICE = 2;

    @FuzzTest(maxDuration = "5m")
    void answer(byte[] bytes) {
        if (bytes.length <= CHOICE) {
            return;
        }
        Question question = new Question(1 + (bytes[0] & 0xFF) % 15, 1 + (bytes[1] & 0xFF) % 3, 0);
        byte[] rest = Arrays.copyOfRange(bytes, CHOICE, bytes.length);
        DialectProperties.check(new JkPb(), rest, question);
        byte[] whole = whole(question, rest);
        if (DialectProperties.check(new JkPb(), whole, question) instanceof Parsed.Whole(Words words)) {
            for (int i = 0; i < words.size(); i++) {
                if (words.at((question.group() << 8) + i) != Octets.littleEndian(whole, 2 * i)) {
                    throw new IllegalStateException("register " + i + " holds other bytes");
                }
            }
        } else {
            throw new IllegalStateException("a good frame is refused");
        }
    }

    private static byte[] whole(Question question, byte[] content) {
        byte[] frame = new byte[308];
        System.arraycopy(Octets.of(0x55, 0xAA, 0xEB, 0x90, question.group()), 0, frame, 0, 5);
        System.arraycopy(content, 0, frame, 5, Math.min(content.length, 294));
        frame[299] = (byte) Octets.sum(frame, 0, 299);
        byte[] asked = new JkPb().ask(question).orElseThrow();
        byte[] reply = RtuFrame.withCrc(asked[0], asked[1], asked[2], asked[3], 0, 1);
        System.arraycopy(reply, 0, frame, 300, reply.length);
        return frame;
    }
}
