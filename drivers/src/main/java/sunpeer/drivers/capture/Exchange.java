package sunpeer.drivers.capture;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import sunpeer.drivers.capture.Capture.Frame;

/**
 * A question and all that came before the next one. Immutable.
 *
 * @param question empty for what came before the first question
 * @param where place of the question in the file, or of the first answer
 */
record Exchange(String question, String answer, String where) {
    /** A live bus does not wait longer; what comes later is thrown away there, and here too. */
    private static final long LATE_MILLIS = 1100;

    static List<Exchange> of(List<Frame> frames) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < frames.size(); ) {
            Frame first = frames.get(i);
            int next = first.sent() ? i + 1 : i;
            StringBuilder answer = new StringBuilder();
            for (; next < frames.size() && !frames.get(next).sent(); next++) {
                Frame piece = frames.get(next);
                boolean timed = first.sent() && first.atMillis() >= 0 && piece.atMillis() >= 0;
                if (!timed || piece.atMillis() - first.atMillis() <= LATE_MILLIS) {
                    answer.append(piece.hex());
                }
            }
            exchanges.add(new Exchange(first.sent() ? first.hex() : "", answer.toString(), first.where()));
            i = next;
        }
        return exchanges;
    }

    byte[] questionBytes() {
        return bytes(question);
    }

    byte[] answerBytes() {
        return bytes(answer);
    }

    private static byte[] bytes(String hex) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(hex.length() / 2);
        for (int at = 0; at < hex.length(); at += 2) {
            bytes.write(Integer.parseInt(hex, at, at + 2, 16));
        }
        return bytes.toByteArray();
    }
}
