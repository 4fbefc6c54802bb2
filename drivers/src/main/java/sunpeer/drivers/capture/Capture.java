package sunpeer.drivers.capture;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The bytes that went over a wire, in the order of time. Immutable.
 *
 * @param profile id of the profile that read them; empty when nobody says
 * @param unit unit id that was asked; 0 when nobody says
 */
public record Capture(String profile, int unit, List<Poll> polls) {
    public Capture {
        polls = List.copyOf(polls);
    }

    /**
     * What belongs together: one poll of the device.
     *
     * @param at when it began; nothing when nobody says
     * @param expected what it must decode to
     */
    public record Poll(Optional<Instant> at, List<Frame> frames, List<Expected> expected) {
        public Poll {
            frames = List.copyOf(frames);
            expected = List.copyOf(expected);
        }
    }

    /**
     * Bytes that were sent, or came at once.
     *
     * @param sent by us; else received
     * @param atMillis since the beginning of the poll; negative when nobody says
     * @param hex in small letters, without blanks
     * @param where its place in the file, for people: {@code "line 12"}
     */
    public record Frame(boolean sent, long atMillis, String hex, String where) {
        public static final long UNKNOWN = -1;

        public byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    /**
     * A value that the capture must decode to.
     *
     * @param name as {@code sunpeer read --json} calls it
     * @param value number or text; empty for a value that must be absent
     * @param quality in small letters
     */
    public record Expected(String name, String value, String quality, String where) {}
}
