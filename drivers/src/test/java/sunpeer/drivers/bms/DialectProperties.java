package sunpeer.drivers.bms;

import java.util.Arrays;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Words;

/** What every dialect keeps to for bytes of any kind. */
final class DialectProperties {
    private static final int CUTS = 24;

    private DialectProperties() {}

    /** Decides once: bytes that come later change nothing, wherever the stream is cut; and answers only what was asked. */
    static Parsed check(Dialect dialect, byte[] bytes, Question question) {
        byte[] received = Arrays.copyOf(bytes, Math.min(bytes.length, Dialect.RECEIVED_MAX));
        Parsed decided = new Parsed.Incomplete();
        for (int cut = 0; cut <= CUTS; cut++) {
            Parsed parsed = dialect.parse(received, received.length * cut / CUTS, question);
            if (!(decided instanceof Parsed.Incomplete) && !decided.equals(parsed)) {
                throw new IllegalStateException("first " + decided + ", then " + parsed);
            }
            decided = parsed;
        }
        if (decided instanceof Parsed.Whole(Words words)
                && (words.start() != question.group() << 8 || words.size() > 256 || words.size() < 1)) {
            throw new IllegalStateException("other registers than those of the group: " + words);
        }
        return decided;
    }

    /** Registers {@code from} on hold the content, two bytes each, high byte first. */
    static void checkContent(Words words, int from, byte[] content, int at, int count) {
        for (int i = 0; i < count; i++) {
            int sent = (content[at + 2 * i] & 0xFF) << 8 | (content[at + 2 * i + 1] & 0xFF);
            if (words.at(from + i) != sent) {
                throw new IllegalStateException(
                        "register %d holds %d instead of %d".formatted(i, words.at(from + i), sent));
            }
        }
    }
}
