package sunpeer.drivers.capture;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.capture.Capture.Expected;
import sunpeer.drivers.capture.Capture.Frame;
import sunpeer.drivers.capture.Capture.Poll;

/**
 * Reads the text format of captures, strictly. Confined to one call.
 *
 * <pre>
 * sunpeer capture 1
 * profile epever                      which profile read it; may be missing
 * unit 1                              may be missing
 * # anything                          a comment, as is an empty line
 * @ 2026-06-21T12:00:00.000Z          a poll begins; without it all is one poll
 * &gt; +0 01 04 31 00 00 12 7e fb       sent, after so many milliseconds of the poll; the time may be missing
 * &lt; +34 01 04 24 07 2e 00            received; a frame may come in pieces
 * = battery_v 13.42                   what must come out; a quality may follow: suspect, stale
 * = battery_c absent
 * </pre>
 *
 * <p>On serial lines, and on sockets that carry the same bytes, the frames are what was on the wire. Modbus TCP is written as
 * the RTU frames that it stands for.
 */
final class CaptureText {
    static final String FIRST_LINE = "sunpeer capture 1";

    private static final int FRAMES_MAX = 200_000;
    private static final int POLLS_MAX = 100_000;
    /** The longest thing that any line gives at once is 1,024 bytes. */
    private static final int FRAME_BYTES_MAX = 4096;

    private static final Pattern FRAME = Pattern.compile("([<>]) +(?:\\+([0-9]{1,9}) +)?([0-9a-fA-F][0-9a-fA-F ]*)");
    private static final Pattern PROFILE = Pattern.compile("profile +([a-z0-9_-]{1,40})");
    private static final Pattern UNIT = Pattern.compile("unit +([0-9]{1,3})");
    private static final Pattern EXPECTED = Pattern.compile("= +([a-z0-9_]{1,60}) +(\\S.{0,200})");
    private static final List<String> QUALITIES = List.of("good", "suspect", "stale", "absent");

    private final String name;
    private final List<Poll> polls = new ArrayList<>();
    private String profile = "";
    private int unit;
    private int frameCount;

    // for this poll
    private @Nullable Instant at;
    private List<Frame> frames = new ArrayList<>();
    private List<Expected> expected = new ArrayList<>();

    private CaptureText(String name) {
        this.name = name;
    }

    /** @param name of the file, for its error messages */
    static CaptureResult parse(String name, String text) {
        return new CaptureText(name).parse(text.lines().toList());
    }

    private CaptureResult parse(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().strip().equals(FIRST_LINE)) {
            return new CaptureResult.Malformed(name + ":1: a capture begins with the line \"" + FIRST_LINE + "\"");
        }
        for (int i = 1; i < lines.size(); i++) {
            Optional<String> wrong = take(lines.get(i).strip(), i + 1);
            if (wrong.isPresent()) {
                return new CaptureResult.Malformed("%s:%d: %s".formatted(name, i + 1, wrong.get()));
            }
        }
        endPoll();
        return frameCount == 0
                ? new CaptureResult.Malformed(name + ":" + lines.size() + ": there is no frame in it")
                : new CaptureResult.Ok(new Capture(profile, unit, polls));
    }

    /** What is wrong with the line, if anything. */
    private Optional<String> take(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        return switch (line.charAt(0)) {
            case '>', '<' -> frame(line, number);
            case '@' -> poll(line.substring(1).strip());
            case '=' -> expected(line, number);
            default -> header(line);
        };
    }

    private Optional<String> header(String line) {
        Matcher ofProfile = PROFILE.matcher(line);
        Matcher ofUnit = UNIT.matcher(line);
        if (frameCount > 0 || at != null) {
            return Optional.of("begins with none of > < @ = #");
        }
        if (ofProfile.matches()) {
            profile = ofProfile.group(1);
            return Optional.empty();
        }
        if (ofUnit.matches() && Integer.parseInt(ofUnit.group(1)) <= 255) {
            unit = Integer.parseInt(ofUnit.group(1));
            return Optional.empty();
        }
        return Optional.of("is neither \"profile NAME\" nor \"unit NUMBER\", nor begins with one of > < @ = #");
    }

    private Optional<String> frame(String line, int number) {
        Matcher parts = FRAME.matcher(line);
        if (!parts.matches()) {
            return Optional.of("is not \"" + line.charAt(0) + " [+MILLISECONDS] HEXADECIMAL DIGITS\"");
        }
        String hex = parts.group(3).replace(" ", "").toLowerCase(Locale.ROOT);
        if (hex.length() % 2 != 0) {
            return Optional.of("has an odd number of hexadecimal digits");
        }
        if (hex.length() > 2 * FRAME_BYTES_MAX || ++frameCount > FRAMES_MAX) {
            return Optional.of("is more than a capture may hold");
        }
        long millis = parts.group(2) == null ? Frame.UNKNOWN : Long.parseLong(parts.group(2));
        frames.add(new Frame(line.charAt(0) == '>', millis, hex, "line " + number));
        return Optional.empty();
    }

    private Optional<String> poll(String time) {
        endPoll();
        if (polls.size() >= POLLS_MAX) {
            return Optional.of("is more than a capture may hold");
        }
        try {
            at = Instant.parse(time);
            return Optional.empty();
        } catch (DateTimeParseException _) {
            return Optional.of("is not \"@ \" and a time like 2026-06-21T12:00:00.000Z");
        }
    }

    private Optional<String> expected(String line, int number) {
        Matcher parts = EXPECTED.matcher(line);
        if (!parts.matches()) {
            return Optional.of("is not \"= NAME VALUE [QUALITY]\"");
        }
        String value = parts.group(2).strip();
        int blank = value.lastIndexOf(' ');
        String last = value.substring(blank + 1);
        boolean judged = QUALITIES.contains(last);
        String quality = judged ? last : "good";
        String bare = judged ? value.substring(0, Math.max(0, blank)).strip() : value;
        if (bare.isEmpty() != quality.equals("absent")) {
            return Optional.of("an absent value has no number, and any other has one");
        }
        expected.add(new Expected(parts.group(1), bare, quality, "line " + number));
        return Optional.empty();
    }

    private void endPoll() {
        if (!frames.isEmpty() || at != null) {
            polls.add(new Poll(Optional.ofNullable(at), frames, expected));
        }
        at = null;
        frames = new ArrayList<>();
        expected = new ArrayList<>();
    }
}
