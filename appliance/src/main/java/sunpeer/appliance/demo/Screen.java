package sunpeer.appliance.demo;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The demo's terminal: one line an event, in the time that the nodes live in.
 *
 * <p>Thread-safe: lines of several processes come together here.
 */
final class Screen {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final PrintWriter out;
    private final boolean json;
    private final ZoneId zone;
    private final Instant start;
    private final Map<String, String> lastWait = new ConcurrentHashMap<>();

    Screen(PrintWriter out, boolean json, ZoneId zone, Instant start) {
        this.out = out;
        this.json = json;
        this.zone = zone;
        this.start = start;
    }

    /** A log line of a process, which logs as JSON. */
    void line(String name, String line) {
        try {
            JsonObject entry = JsonParser.object().from(line);
            String kind = entry.getString("kind", "LOG");
            String text = entry.getString("text", "");
            if (kind.equals("WAIT")) {
                lastWait.put(name, text);
            }
            tell(name, kind, entry.getString("at", ""), text);
        } catch (JsonParserException notOurs) {
            if (line.startsWith("note: ")) {
                // About the configuration that the demo itself wrote.
                return;
            }
            // A library or the JVM itself printed past the log; show it as it is.
            tell(name, "LOG", "", line);
        }
    }

    /** Something the demo itself has to say. */
    void say(Instant at, String text) {
        tell("demo", "DEMO", at.toString(), text);
    }

    private synchronized void tell(String name, String kind, String at, String text) {
        if (json) {
            out.println(JsonWriter.string()
                    .object()
                    .value("at", at)
                    .value("peer", name)
                    .value("kind", kind.toLowerCase(Locale.ROOT))
                    .value("text", text)
                    .end()
                    .done());
        } else {
            out.println(String.format(
                    Locale.ROOT, "%-12s %-8s %-10s %s", when(at), name, kind.toLowerCase(Locale.ROOT), text));
        }
        out.flush();
    }

    private String when(String at) {
        if (at.isEmpty()) {
            return "";
        }
        var time = Instant.parse(at).atZone(zone);
        long day = 1 + ChronoUnit.DAYS.between(start.atZone(zone).toLocalDate(), time.toLocalDate());
        return "day " + day + " " + CLOCK.format(time);
    }

    /** A line as it stands, for people only. */
    synchronized void plain(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    /** A line as it stands, for programs only. */
    synchronized void plainJson(String text) {
        if (json) {
            out.println(text);
            out.flush();
        }
    }

    /** The newest reason for which this peer let a job wait, empty if it never did. */
    String lastWait(String name) {
        return lastWait.getOrDefault(name, "");
    }
}
