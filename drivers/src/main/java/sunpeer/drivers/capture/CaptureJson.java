package sunpeer.drivers.capture;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.capture.Capture.Frame;
import sunpeer.drivers.capture.Capture.Poll;

/**
 * Reads captures as people publish them: {@code {"frames": [{"request": HEX, "response": HEX}]}}, the bare array of such pairs,
 * or {@code {"blocks": [{"hex": HEX}]}} of a device that talks by itself. Other keys are left alone, but for
 * {@code "profile"} and {@code "unit"} beside the list. Confined to one call.
 */
final class CaptureJson {
    private static final int FRAMES_MAX = 100_000;
    private static final Pattern HEX = Pattern.compile("([0-9a-fA-F]{2}[ :]*)*");
    private static final Pattern PROFILE = Pattern.compile("[a-z0-9_-]{1,40}");

    private final String name;
    private final List<Frame> frames = new ArrayList<>();

    private CaptureJson(String name) {
        this.name = name;
    }

    /** @param name of the file, for its error messages */
    static CaptureResult parse(String name, String text) {
        Object root;
        try {
            root = JsonParser.any().from(text);
        } catch (JsonParserException wrong) {
            return new CaptureResult.Malformed("%s:%d: no JSON from character %d on"
                    .formatted(name, wrong.getLinePosition(), wrong.getCharPosition()));
        }
        return new CaptureJson(name).capture(root);
    }

    private CaptureResult capture(@Nullable Object root) {
        if (root instanceof JsonArray pairs) {
            return pairs(pairs, "", 0);
        }
        if (!(root instanceof JsonObject object)) {
            return malformed("neither an object nor an array of frames");
        }
        String profile = object.getString("profile", "");
        int unit = object.getInt("unit", 0);
        if (!profile.isEmpty() && !PROFILE.matcher(profile).matches()) {
            return malformed("profile: not the id of a profile");
        }
        if (unit < 0 || unit > 255) {
            return malformed("unit: not from 0 to 255");
        }
        if (object.get("frames") instanceof JsonArray pairs) {
            return pairs(pairs, profile, unit);
        }
        return object.get("blocks") instanceof JsonArray blocks
                ? blocks(blocks, profile)
                : malformed("has neither an array \"frames\" nor an array \"blocks\"");
    }

    private CaptureResult pairs(JsonArray pairs, String profile, int unit) {
        for (int i = 0; i < pairs.size(); i++) {
            String where = "frames[" + i + "]";
            Optional<String> wrong = pairs.get(i) instanceof JsonObject pair
                    ? add(pair, "request", true, where)
                            .or(() -> pair.isNull("response") ? Optional.empty() : add(pair, "response", false, where))
                    : Optional.of(where + ": not an object");
            if (wrong.isPresent()) {
                return malformed(wrong.get());
            }
        }
        return result(List.of(frames), profile, unit);
    }

    /** The blocks of one round of a device make one poll: the first of them names the product. */
    private CaptureResult blocks(JsonArray blocks, String profile) {
        List<List<Frame>> polls = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String where = "blocks[" + i + "]";
            frames.clear();
            Optional<String> wrong = blocks.get(i) instanceof JsonObject block
                    ? add(block, "hex", false, where)
                    : Optional.of(where + ": not an object");
            if (wrong.isPresent()) {
                return malformed(wrong.get());
            }
            boolean named = frames.stream().anyMatch(CaptureJson::namesItsProduct);
            if (polls.isEmpty() || named) {
                polls.add(new ArrayList<>());
            }
            polls.getLast().addAll(frames);
        }
        return result(polls, profile, 0);
    }

    private static boolean namesItsProduct(Frame frame) {
        return frame.hex().contains("0d0a50494409"); // the field PID of VE.Direct
    }

    private CaptureResult result(List<List<Frame>> polls, String profile, int unit) {
        if (polls.stream().allMatch(List::isEmpty)) {
            return malformed("there is no frame in it");
        }
        return new CaptureResult.Ok(new Capture(
                profile,
                unit,
                polls.stream()
                        .map(poll -> new Poll(Optional.empty(), poll, List.of()))
                        .toList()));
    }

    /** What is wrong, if anything. An empty text is silence. */
    private Optional<String> add(JsonObject object, String key, boolean sent, String where) {
        if (!(object.get(key) instanceof String hex) || !HEX.matcher(hex).matches()) {
            return Optional.of(where + "." + key + ": not pairs of hexadecimal digits");
        }
        if (frames.size() >= FRAMES_MAX) {
            return Optional.of(where + ": more than " + FRAMES_MAX + " frames");
        }
        String bare = hex.replace(" ", "").replace(":", "").toLowerCase(Locale.ROOT);
        if (!bare.isEmpty()) {
            frames.add(new Frame(sent, Frame.UNKNOWN, bare, where + "." + key));
        } else if (sent) {
            return Optional.of(where + "." + key + ": is empty");
        }
        return Optional.empty();
    }

    private CaptureResult malformed(String reason) {
        return new CaptureResult.Malformed(name + ": " + reason);
    }
}
