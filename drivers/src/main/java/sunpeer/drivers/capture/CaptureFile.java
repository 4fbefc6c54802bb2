package sunpeer.drivers.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a capture in any of the forms it may have. */
public final class CaptureFile {
    private static final long BYTES_MAX = 64_000_000;

    private CaptureFile() {}

    public static CaptureResult read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
                boolean there = Files.isRegularFile(file);
                String reason = there ? "larger than " + BYTES_MAX / 1_000_000 + " MB" : "no such file";
                return new CaptureResult.Malformed(file + ": " + reason);
            }
            // One byte, one character: whatever is not ASCII is a mistake that the parser names, not an exception.
            return parse(name, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            return new CaptureResult.Malformed(file + ": cannot be read: " + failure.getMessage());
        }
    }

    /** @param name of the file, for its error messages */
    public static CaptureResult parse(String name, String text) {
        String begin = text.stripLeading();
        return begin.startsWith("{") || begin.startsWith("[")
                ? CaptureJson.parse(name, text)
                : CaptureText.parse(name, text);
    }
}
