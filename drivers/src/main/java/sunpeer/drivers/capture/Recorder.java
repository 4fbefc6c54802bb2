package sunpeer.drivers.capture;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.WireTap;

/**
 * Writes a capture in the text format of {@link CaptureText}. Confined to the
 * thread that owns the wire.
 */
public final class Recorder implements WireTap, AutoCloseable {
    /** A night of polls; nobody reads more, and a card has an end. */
    private static final long CHARACTERS_MAX = 32_000_000;

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final Path file;
    private final BufferedWriter writer;
    private final InstantSource clock;
    private Instant begun;
    private long written;
    private @Nullable String failure;

    private Recorder(Path file, BufferedWriter writer, InstantSource clock) {
        this.file = file;
        this.writer = writer;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /**
     * A new file.
     *
     * @throws IOException when it cannot be written, or is there already
     */
    public static Recorder create(Path file, DeviceAddress address, InstantSource clock) throws IOException {
        BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
        Recorder recorder = new Recorder(file, writer, clock);
        recorder.line(CaptureText.FIRST_LINE);
        recorder.line("profile " + address.profile());
        recorder.line("unit " + address.unit());
        return recorder;
    }

    /** A poll begins. */
    public void poll() {
        begun = clock.instant();
        line("@ " + begun.truncatedTo(ChronoUnit.MILLIS));
    }

    /** What was heard so far is in the file after this. */
    public void keep() {
        flush();
    }

    @Override
    public void sent(byte[] bytes) {
        line("> +" + millis() + " " + HEX.formatHex(bytes));
    }

    @Override
    public void received(byte[] bytes) {
        line("< +" + millis() + " " + HEX.formatHex(bytes));
    }

    @Override
    public void note(String text) {
        line("# " + text.replaceAll("[^ -~]", "?"));
    }

    /** A clock that is set back must not make a time that nobody can read. */
    private long millis() {
        return Math.max(0, Duration.between(begun, clock.instant()).toMillis());
    }

    private void line(String text) {
        if (failure != null) {
            return;
        }
        if (written > CHARACTERS_MAX) {
            failure = file + " ends here: a capture holds no more than " + CHARACTERS_MAX / 1_000_000 + " MB";
            return;
        }
        try {
            writer.write(text);
            writer.write('\n');
            written += text.length() + 1;
        } catch (IOException wrong) {
            failure = file + " cannot be written: " + wrong.getMessage();
        }
    }

    private void flush() {
        try {
            writer.flush();
        } catch (IOException wrong) {
            failure = file + " cannot be written: " + wrong.getMessage();
        }
    }

    /** Why the capture is not whole; nothing while it is. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        flush();
        try {
            writer.close();
        } catch (IOException wrong) {
            failure = file + " cannot be written: " + wrong.getMessage();
        }
    }
}
