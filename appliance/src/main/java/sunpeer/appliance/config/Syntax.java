package sunpeer.appliance.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import sunpeer.drivers.TomlText;

/**
 * Parses TOML and, where the text is none, says so in an owner's words, mends the line or leaves it out, and goes on: one
 * slip must not hide the next. Confined to one call of the reader.
 */
final class Syntax {
    /** A mended line may uncover an error behind it; files that take longer are not worth mending. */
    private static final int MAX_ROUNDS = 6;

    /** Stands behind the name of a table that is opened a second time, so that its keys can be told from the first. */
    static final String AGAIN = "-again-";

    private static final Pattern PREVIOUS = Pattern.compile("previously defined at line (\\d+)");
    private static final Pattern OPENS = Pattern.compile("[^#=]*=\\s*(\\[|\\{|'''|\"\"\").*");

    private final Schema schema;
    private final List<String> lines;
    private final List<ConfigError> errors = new ArrayList<>();
    /** Keys that an error has named: they are not missing. */
    private final Set<String> told = new HashSet<>();

    private final Set<Integer> reported = new HashSet<>();

    Syntax(Schema schema, String text) {
        this.schema = schema;
        this.lines = new ArrayList<>(text.lines().toList());
    }

    List<ConfigError> errors() {
        return errors;
    }

    Set<String> told() {
        return told;
    }

    /** What could be read; empty if the text is so far from TOML that nothing said about its keys would help. */
    Optional<TomlParseResult> parse() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            TomlParseResult result;
            switch (TomlText.parse(String.join("\n", lines))) {
                case TomlText.Parsed.Read(TomlParseResult read) -> result = read;
                case TomlText.Parsed.Unreadable(int line) -> {
                    errors.add(new ConfigError(
                            line,
                            "",
                            "cannot be read: a bracket or brace in or above this line is not closed",
                            "[node]"));
                    return Optional.empty();
                }
            }
            if (!result.hasErrors()) {
                return Optional.of(result);
            }
            List<String> before = List.copyOf(lines);
            Set<Integer> mended = new HashSet<>();
            for (TomlParseError error : result.errors()) {
                int line = blamed(error);
                if (mended.add(line)) {
                    explain(line, error);
                }
            }
            if (before.equals(lines)) {
                break;
            }
        }
        return Optional.empty();
    }

    /** The line that an owner has to look at: for something never closed, where it was opened. */
    private int blamed(TomlParseError error) {
        int line = Math.clamp(error.position().line(), 1, Math.max(1, lines.size()));
        String message = error.toString();
        boolean isOpen = message.contains("expected ]")
                || message.contains("expected }")
                || message.contains("'''")
                || message.contains("\"\"\"")
                || line(line).isBlank();
        if (isOpen) {
            for (int at = line; at >= 1; at--) {
                if (OPENS.matcher(line(at)).matches()) {
                    return at;
                }
            }
        }
        return line;
    }

    private String line(int number) {
        return number <= lines.size() ? lines.get(number - 1) : "";
    }

    private void replace(int number, String text) {
        if (number <= lines.size()) {
            lines.set(number - 1, text);
        }
    }

    private void explain(int number, TomlParseError error) {
        String text = line(number);
        Matcher previous = PREVIOUS.matcher(String.valueOf(error.getMessage()));
        Optional<String> first = previous.find() ? Optional.of(previous.group(1)) : Optional.empty();
        String bare = LineShape.straightened(text).strip().replaceFirst(":$", "");
        if (schema.table(bare).isPresent()) {
            header(number, bare, first);
            return;
        }
        switch (LineShape.of(text)) {
            case LineShape.Header header -> header(number, header.table(), first);
            case LineShape.Pair pair ->
                pair(number, pair, first, error.position().column());
            case LineShape.Other other -> {
                report(number, "", otherReason(text, error.position().column()), "name = \"roof-1\"");
                replace(number, "");
            }
        }
    }

    private void header(int number, String name, Optional<String> first) {
        String known = schema.table(name).isPresent()
                ? name
                : Schema.nearest(name, schema.tableNames()).orElse("node");
        if (first.isPresent()) {
            report(
                    number,
                    "[" + name + "]",
                    "is opened twice, first in line " + first.get() + ": put its keys together under one",
                    "[" + known + "]");
            replace(number, "[" + name.replace('.', '-') + AGAIN + number + "]");
            return;
        }
        boolean isMended = reported.contains(number);
        report(
                number,
                "[" + name + "]",
                "is not written as the head of a table: give one pair of brackets and no more",
                "[" + known + "]");
        replace(number, isMended ? "" : "[" + name.replace('.', '-') + "]");
    }

    private void pair(int number, LineShape.Pair pair, Optional<String> first, int column) {
        String table = tableAt(number);
        Optional<Key<?>> key = schema.key(table, pair.key());
        String path = table.isEmpty() ? pair.key() : table + "." + pair.key();
        String example = key.map(Key::example)
                .or(() -> Schema.nearest(pair.key(), names(table))
                        .flatMap(near -> schema.key(table, near))
                        .map(Key::example))
                .orElse("name = \"roof-1\"");
        String text = line(number);
        boolean isMended = reported.contains(number);
        if (first.isPresent()) {
            report(number, path, "is given twice, first in line " + first.get() + ": keep one of them", example);
            replace(number, "");
            return;
        }
        Optional<Key<?>> passwordFile =
                schema.table(table).flatMap(known -> BrokerKeys.insteadOfPassword(known, pair.key()));
        if (passwordFile.isPresent()) {
            report(number, path, BrokerKeys.NO_PASSWORD, passwordFile.get().example());
            told.add(passwordFile.get().path());
            replace(number, "");
            return;
        }
        report(number, path, PairFault.of(text, pair, key, column), example);
        String straight = LineShape.straightened(text);
        if (!isMended && !straight.equals(text)) {
            replace(number, straight);
            return;
        }
        replace(number, "");
        told.add(path);
        if (key.isEmpty()) {
            // The misspelt key stands for the one it resembles, or that would be called missing on top.
            Schema.nearest(pair.key(), names(table)).ifPresent(near -> told.add(table + "." + near));
        }
    }

    private List<String> names(String table) {
        return schema.table(table).map(Table::keyNames).orElse(List.of());
    }

    private String tableAt(int number) {
        for (int at = number - 1; at >= 1; at--) {
            if (line(at).stripLeading().startsWith("[") && LineShape.of(line(at)) instanceof LineShape.Header header) {
                String name = header.table().replaceFirst(AGAIN + "\\d+$", "");
                return schema.table(name).isPresent()
                        ? name
                        : Schema.nearest(name, schema.tableNames()).orElse(name);
            }
        }
        return "";
    }

    private static String otherReason(String text, int column) {
        String start = text.strip();
        if (start.startsWith("//") || start.startsWith(";") || start.startsWith("--") || start.startsWith("/*")) {
            return "the line is not understood: begin comments with #";
        }
        if (LineShape.INVISIBLE.matcher(text).find()
                && LineShape.INVISIBLE.matcher(text).replaceAll("").isBlank()) {
            return "the line holds an invisible character: delete the line";
        }
        return "the line is not understood from column " + column
                + " on: give a [table], key = value, or # and a comment";
    }

    private void report(int line, String key, String reason, String example) {
        if (reported.add(line)) {
            errors.add(new ConfigError(line, key, reason, example));
        }
    }
}
