package sunpeer.appliance.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** A file as text with plain line ends and no byte order mark, or why it is none. */
sealed interface SourceText {
    /** No configuration needs more, and an owner's wrong file (a photo, a log) must not fill the memory of a small board. */
    int MAX_BYTES = 64 * 1024;

    record Decoded(String text) implements SourceText {}

    record Refused(ConfigError error) implements SourceText {}

    static SourceText of(Path file) {
        if (Files.isDirectory(file)) {
            return file(1, "the file is a directory: give the file in it", "sunpeer.toml");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException missing) {
            return file(
                    1,
                    "the file does not exist: copy the example that comes with Sunpeer to it",
                    "sunpeer-example.toml");
        } catch (AccessDeniedException denied) {
            return file(1, "the file may not be read: let its group or everybody read it", "chmod a+r sunpeer.toml");
        } catch (IOException broken) {
            return file(1, "the file cannot be read: try to open it in an editor and save it anew", "sunpeer.toml");
        }
    }

    static SourceText of(byte[] content) {
        if (content.length > MAX_BYTES) {
            return file(1, "the file is larger than 64 kB: it is not a configuration", "sunpeer-example.toml");
        }
        if (startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF)) {
            return file(1, "the file is saved as UTF-16 (\"Unicode\"): save it anew as", "UTF-8");
        }
        if (startsWith(content, 'P', 'K') || startsWith(content, '{', '\\', 'r', 't', 'f')) {
            return file(1, "the file is a document of a word processor: save it anew as", "plain text (UTF-8)");
        }
        int from = startsWith(content, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content, from, content.length - from))
                    .toString();
            String plain = text.replace("\r\n", "\n").replace('\r', '\n');
            return plain.stripLeading().startsWith("<")
                    ? file(1, "the file is a web page: download the raw text instead", "sunpeer-example.toml")
                    : new Decoded(plain);
        } catch (CharacterCodingException notUtf8) {
            return file(
                    lineOfBadByte(content),
                    "the line has a character that is not UTF-8, an accent or a sign perhaps: save the file anew as",
                    "UTF-8");
        }
    }

    private static SourceText file(int line, String reason, String example) {
        return new Refused(new ConfigError(line, "", reason, example));
    }

    private static boolean startsWith(byte[] content, int... head) {
        if (content.length < head.length) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if ((content[i] & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lineOfBadByte(byte[] content) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i <= content.length; i++) {
            if (i == content.length || content[i] == '\n') {
                byte[] bytes = Arrays.copyOfRange(content, begin, i);
                // Decoding with replacement changes exactly the lines that are not UTF-8.
                if (!Arrays.equals(bytes, new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))) {
                    return line;
                }
                line++;
                begin = i + 1;
            }
        }
        return 1;
    }
}
