package sunpeer.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import sunpeer.drivers.capture.Capture;
import sunpeer.drivers.capture.CaptureFile;
import sunpeer.drivers.capture.CaptureResult;

/** Bytes that real devices or vendor documents gave; each file names its source. */
public final class Captures {
    private Captures() {}

    public record Exchange(String request, String response) {}

    public static Capture capture(String file) {
        try (InputStream in = Captures.class.getResourceAsStream("captures/" + file)) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return switch (CaptureFile.parse(file, text)) {
                case CaptureResult.Ok(Capture capture) -> capture;
                case CaptureResult.Malformed(String reason) -> throw new IllegalStateException(reason);
            };
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What was sent and received, in hexadecimal digits. */
    public static List<String> lines(String file) {
        return capture(file).polls().stream()
                .flatMap(poll -> poll.frames().stream())
                .map(Capture.Frame::hex)
                .toList();
    }

    /** For captures in which each question has its answer in one piece. */
    public static List<Exchange> exchanges(String file) {
        List<String> lines = lines(file);
        return IntStream.range(0, lines.size() / 2)
                .mapToObj(i -> new Exchange(lines.get(2 * i), lines.get(2 * i + 1)))
                .toList();
    }

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
