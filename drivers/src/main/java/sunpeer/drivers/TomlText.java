package sunpeer.drivers;

import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/** Reads TOML and survives what tomlj 2.2.0 stumbles over, such as an inline table that is never closed. */
public final class TomlText {
    public sealed interface Parsed {
        /** As the parser gives it, with or without errors. */
        record Read(TomlParseResult result) implements Parsed {}

        /** @param line counted from 1, at or shortly behind the place that the parser failed at */
        record Unreadable(int line) implements Parsed {}
    }

    private TomlText() {}

    public static Parsed parse(String text) {
        Optional<TomlParseResult> result = attempt(text);
        return result.isPresent() ? new Parsed.Read(result.get()) : new Parsed.Unreadable(firstLineThatFails(text));
    }

    private static Optional<TomlParseResult> attempt(String text) {
        try {
            return Optional.of(Toml.parse(text));
        } catch (RuntimeException | AssertionError _) {
            return Optional.empty(); // the text is at fault, whatever the parser met
        }
    }

    private static int firstLineThatFails(String text) {
        List<String> lines = text.lines().toList();
        int good = 0;
        int bad = lines.size();
        while (bad - good > 1) {
            int middle = (good + bad) / 2;
            if (attempt(String.join("\n", lines.subList(0, middle))).isPresent()) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return Math.max(1, bad);
    }
}
