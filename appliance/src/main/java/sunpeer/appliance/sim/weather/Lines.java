package sunpeer.appliance.sim.weather;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, plain or compressed, one after the other. Confined to one thread. */
final class Lines {
    /** A year by the minute has 30 MB. */
    private static final int BYTES_MAX = 64_000_000;

    /** Heads of EPW files have lines of some thousand characters. */
    private static final int LINE_MAX = 20_000;

    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

    private final String file;
    private final String text;
    private int from;
    private int number;

    private Lines(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** @throws IOException with the file and the reason when it cannot be read, is empty, cut off or too long */
    static Lines of(Path path) throws IOException {
        Where all = new Where(path.toString(), "");
        byte[] bytes;
        try (InputStream in = opened(path)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (EOFException _) {
            throw all.wrong("ends in the middle of its gzip: download it again");
        } catch (ZipException _) {
            throw all.wrong("its gzip is damaged: download it again");
        } catch (NoSuchFileException _) {
            throw all.wrong("there is no such file");
        } catch (AccessDeniedException _) {
            throw all.wrong("may not be read: change its rights");
        }
        if (bytes.length > BYTES_MAX) {
            throw all.wrong(
                    "has more than " + BYTES_MAX / 1_000_000 + " MB: give one year, in steps of a minute or longer");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw all.wrong("is empty: download it again");
        }
        return new Lines(path.toString(), text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    private static InputStream opened(Path path) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path));
        try {
            in.mark(GZIP_MAGIC.length);
            byte[] first = in.readNBytes(GZIP_MAGIC.length);
            in.reset();
            boolean zipped = Arrays.equals(first, GZIP_MAGIC);
            return zipped ? new GZIPInputStream(in) : in;
        } catch (IOException broken) {
            in.close();
            throw broken;
        }
    }

    String text() {
        return text;
    }

    String file() {
        return file;
    }

    /** The next line without the blanks around it, or null after the last. */
    @Nullable
    String next() throws IOException {
        if (from >= text.length()) {
            return null;
        }
        int end = text.indexOf('\n', from);
        String line = text.substring(from, end < 0 ? text.length() : end);
        from = end < 0 ? text.length() : end + 1;
        number++;
        if (line.length() > LINE_MAX) {
            throw here().wrong("the line has " + line.length() + " characters: this is no weather file");
        }
        return line.strip();
    }

    /** The next line of a head that must go on. */
    String head() throws IOException {
        String line = next();
        if (line == null) {
            throw here().wrong("the file ends within its head: download it again");
        }
        return line;
    }

    /** Of the line that was read last. */
    Where here() {
        return new Where(file, ":" + number);
    }

    /** Cells of a line; a comma within quotes is none. */
    static String[] cells(String line) {
        String[] cells =
                line.indexOf('"') < 0 ? line.split(",", -1) : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return cells;
    }
}
