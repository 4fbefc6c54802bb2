package sunpeer.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Bytes that real devices or vendor documents gave; each file names its source. */
public final class Captures {
    private Captures() {}

    public record Exchange(String request, String response) {}

    /** The lines of a capture that are not comments. */
    public static List<String> lines(String file) {
        try (InputStream in = Captures.class.getResourceAsStream("captures/" + file)) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static List<Exchange> exchanges(String file) {
        return lines(file).stream()
                .map(line -> line.split(" ", 2))
                .map(pair -> new Exchange(pair[0], pair[1]))
                .toList();
    }

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
