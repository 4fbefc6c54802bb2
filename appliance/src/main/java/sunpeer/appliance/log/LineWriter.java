package sunpeer.appliance.log;

import com.grack.nanojson.JsonWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Writes log lines to standard output, one event a line.
 *
 * <p>The environment variable {@code SUNPEER_LOG} chooses the form: {@code journal} puts the priority in front as
 * sd-daemon(3) defines it and leaves the time to the journal, {@code plain} is for a terminal, {@code json} for programs.
 * Without it, the form is journal under systemd and plain elsewhere. Thread-safe: tinylog hands over one entry at a time,
 * and a line is one write.
 */
public final class LineWriter implements Writer {
    private enum Form {
        JOURNAL,
        PLAIN,
        JSON
    }

    private final Form form;
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    /** Called by tinylog. */
    public LineWriter(Map<String, String> properties) {
        String asked = System.getProperty("sunpeer.log", System.getenv("SUNPEER_LOG"));
        if (asked == null) {
            form = System.getenv("JOURNAL_STREAM") == null ? Form.PLAIN : Form.JOURNAL;
        } else {
            form = switch (asked) {
                case "json" -> Form.JSON;
                case "journal" -> Form.JOURNAL;
                default -> Form.PLAIN;
            };
        }
    }

    @Override
    public Collection<LogEntryValue> getRequiredLogEntryValues() {
        return List.of(
                LogEntryValue.LEVEL,
                LogEntryValue.MESSAGE,
                LogEntryValue.EXCEPTION,
                LogEntryValue.TAG,
                LogEntryValue.CONTEXT);
    }

    @Override
    public void write(LogEntry entry) {
        String line = switch (form) {
            case JOURNAL -> "<" + priority(entry.getLevel()) + ">" + text(entry);
            case PLAIN -> plain(entry);
            case JSON -> json(entry);
        };
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private static int priority(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            default -> 7;
        };
    }

    private static String plain(LogEntry entry) {
        String at = entry.getContext().get(StoryLog.AT);
        String time = at == null || at.length() < 16 ? "" : at.substring(0, 16).replace('T', ' ') + "  ";
        String level = entry.getLevel() == Level.INFO ? "" : entry.getLevel() + ": ";
        return time + level + text(entry);
    }

    private static String json(LogEntry entry) {
        var json = JsonWriter.string().object();
        String at = entry.getContext().get(StoryLog.AT);
        if (at != null) {
            json.value("at", at);
        }
        if (entry.getTag() != null) {
            json.value("kind", entry.getTag());
        }
        return json.value("level", entry.getLevel().name())
                .value("text", text(entry))
                .end()
                .done();
    }

    /** One line whatever is in it: a line break in the middle would look like two events. */
    private static String text(LogEntry entry) {
        @Nullable String message = entry.getMessage();
        StringBuilder text = new StringBuilder(message == null ? "" : message);
        for (Throwable cause = entry.getException(); cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : ": ").append(cause);
        }
        return text.toString().replace("\n", " | ").replace("\r", "");
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
