package sunpeer.drivers.bms;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Words;

/** The first byte chooses the question; the rest is what comes, and the numbers of a line whose checksum is right. */
class JunctekFuzzTest {
    private static final int NUMBERS_MAX = 22;

    @FuzzTest(maxDuration = "5m")
    void answer(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        Question question = new Question(1 + (bytes[0] & 0x3F), (bytes[0] & 0x40) == 0 ? 50 : 51, 0);
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        DialectProperties.check(new Junctek(), rest, question);
        long[] numbers = numbers(rest);
        byte[] line = line(question, numbers).getBytes(StandardCharsets.US_ASCII);
        if (DialectProperties.check(new Junctek(), line, question) instanceof Parsed.Whole(Words words)) {
            for (int i = 0; i < numbers.length; i++) {
                int at = (question.group() << 8) + 2 * (i + 2);
                long read = (long) words.at(at) << 16 | words.at(at + 1);
                if (read != numbers[i]) {
                    throw new IllegalStateException(read + " instead of " + numbers[i]);
                }
            }
        } else if (numbers.length >= 10) {
            throw new IllegalStateException("a good line is refused");
        }
    }

    private static long[] numbers(byte[] bytes) {
        long[] numbers = new long[Math.min(NUMBERS_MAX, bytes.length / 4)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (Octets.bigEndian(bytes, 4 * i) & 0x7FFFL) << 16 | Octets.bigEndian(bytes, 4 * i + 2);
        }
        return numbers;
    }

    private static String line(Question question, long[] numbers) {
        StringBuilder line = new StringBuilder(":r%d=%d,%d,"
                .formatted(
                        question.group(),
                        question.unit(),
                        Arrays.stream(numbers).sum() % 255 + 1));
        Arrays.stream(numbers).forEach(number -> line.append(number).append(','));
        return line.append("\r\n").toString();
    }
}
