package sunpeer.appliance.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The values that a file gives to the keys of a schema, each checked by itself, and the errors found so far. Confined to
 * one call of the reader.
 */
final class Settings {
    /** A file with more errors is of another kind, and a screen holds no more. */
    private static final int MAX_ERRORS = 50;

    private record Given(Object value, int line) {}

    private final Schema schema;
    private final Set<String> told = new HashSet<>();
    private final List<ConfigError> errors = new ArrayList<>();
    private final List<ConfigWarning> warnings = new ArrayList<>();
    private final Map<String, Given> given = new HashMap<>();
    private final Map<String, Integer> tableLines = new HashMap<>();

    private Settings(Schema schema) {
        this.schema = schema;
    }

    static Settings of(Schema schema, String text) {
        Settings settings = new Settings(schema);
        Syntax syntax = new Syntax(schema, text);
        Optional<? extends TomlTable> parsed = syntax.parse();
        settings.errors.addAll(syntax.errors());
        settings.told.addAll(syntax.told());
        parsed.ifPresent(root -> {
            settings.collect(root);
            settings.readAll();
            settings.findMissing();
        });
        return settings;
    }

    /** What the file says; empty if it says nothing, or nothing right. */
    <T> Optional<T> given(Key<T> key) {
        Given found = given.get(key.path());
        return found == null ? Optional.empty() : read(key, found.value());
    }

    /** What the file says, or else the default; empty if there is neither. */
    <T> Optional<T> value(Key<T> key) {
        if (given.containsKey(key.path()) || !(key.otherwise() instanceof Key.Otherwise.Value otherwise)) {
            return given(key);
        }
        return read(key, otherwise.value());
    }

    /** @throws IllegalStateException if there is no value, which is an error that should have been found */
    <T> T must(Key<T> key) {
        return value(key).orElseThrow(() -> new IllegalStateException(key.path() + " was not checked"));
    }

    private static <T> Optional<T> read(Key<T> key, Object value) {
        return key.form().read(value) instanceof Form.Answer.Good<T> good
                ? Optional.of(good.value())
                : Optional.empty();
    }

    /** Whether the key stands in the file, right or wrong. */
    boolean has(Key<?> key) {
        return given.containsKey(key.path()) || told.contains(key.path());
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<ConfigError> errors() {
        return errors.stream()
                .sorted(Comparator.comparingInt(ConfigError::line))
                .limit(MAX_ERRORS)
                .toList();
    }

    List<ConfigWarning> warnings() {
        return warnings.stream()
                .sorted(Comparator.comparingInt(ConfigWarning::line))
                .toList();
    }

    void wrong(Key<?> key, String reason) {
        wrong(key, reason, key.example());
    }

    void wrong(Key<?> key, String reason, String example) {
        errors.add(new ConfigError(lineOf(key), key.path(), reason, example));
    }

    void warn(Key<?> key, String reason) {
        warnings.add(new ConfigWarning(lineOf(key), key.path(), reason));
    }

    private int lineOf(Key<?> key) {
        Given found = given.get(key.path());
        return found == null ? tableLines.getOrDefault(key.table(), 1) : found.line();
    }

    /** Of keys that only make sense together, those that are missing while one is there. */
    void together(List<Key<?>> group) {
        Optional<Key<?>> there = group.stream().filter(this::has).findFirst();
        there.ifPresent(partner -> group.stream()
                .filter(key -> !has(key))
                .forEach(key -> errors.add(new ConfigError(
                        lineOf(partner),
                        key.path(),
                        "is missing: it goes together with " + partner.name() + ": give "
                                + key.form().wanted(),
                        key.example()))));
    }

    /** Keys that say more of a thing which the file does not name. */
    void alone(Key<?> thing, List<? extends Key<?>> details) {
        if (!has(thing)) {
            details.stream()
                    .filter(this::has)
                    .forEach(key -> wrong(
                            key,
                            "says nothing without " + thing.name() + ": give "
                                    + thing.form().wanted() + " as " + thing.name() + ", or take it away",
                            thing.example()));
        }
    }

    private void collect(TomlTable root) {
        // In the order of the file, so that "first" in a message means what an owner sees.
        Map<Integer, List<String>> byLine = new TreeMap<>();
        for (String name : root.keySet()) {
            byLine.computeIfAbsent(line(root, name), line -> new ArrayList<>()).add(name);
        }
        byLine.forEach((line, names) -> names.forEach(name -> topLevel(root, name, line)));
    }

    private void topLevel(TomlTable root, String name, int line) {
        Object value = get(root, name);
        String plain = name.replaceFirst(Syntax.AGAIN + "\\d+$", "");
        if (value instanceof TomlArray list && list.size() > 0 && list.get(0) instanceof TomlTable table) {
            String known = tableMeant(root, name).orElse("node");
            errors.add(new ConfigError(
                    line, "[[" + Shown.cut(name) + "]]", "has two pairs of brackets: give one", "[" + known + "]"));
            tableMeant(root, name).ifPresent(meant -> inTable(meant, table, line));
        } else if (!(value instanceof TomlTable table)) {
            loose(name, line);
        } else if (schema.table(plain).isPresent()) {
            inTable(plain, table, line);
        } else {
            unknownTable(root, name, table, line);
        }
    }

    private void loose(String name, int line) {
        List<String> homes = schema.tablesWith(name);
        if (homes.isEmpty()) {
            errors.add(new ConfigError(
                    line,
                    Shown.cut(name),
                    "stands above all tables: put keys below the table that they belong to",
                    "[" + schema.tableNames().getFirst() + "]"));
            return;
        }
        errors.add(new ConfigError(
                line,
                name,
                "stands above all tables: put it below [" + String.join("] or [", homes) + "]",
                "[" + homes.getFirst() + "]"));
        homes.forEach(home -> told.add(home + "." + name));
        tableLines.putIfAbsent(homes.getFirst(), line);
    }

    private void unknownTable(TomlTable root, String name, TomlTable table, int line) {
        if (name.contains(Syntax.AGAIN)) {
            return;
        }
        Optional<String> near = tableMeant(root, name);
        List<String> known =
                schema.tableNames().stream().map(one -> "[" + one + "]").toList();
        errors.add(new ConfigError(
                line,
                "[" + Shown.cut(name) + "]",
                near.map(meant -> "is not known: perhaps you mean [" + meant + "]")
                        .orElse("is not known: this file may have " + Shown.allOf(known)),
                "[" + near.orElse(known.isEmpty() ? "" : schema.tableNames().getFirst()) + "]"));
        near.ifPresent(meant -> inTable(meant, table, line));
    }

    /** The table that a name was meant for: itself, or the nearest one that the file does not have. */
    private Optional<String> tableMeant(TomlTable root, String name) {
        return schema.table(name).isPresent()
                ? Optional.of(name)
                : Schema.nearest(name, schema.tableNames())
                        .filter(near -> !root.keySet().contains(near));
    }

    private void inTable(String tableName, TomlTable table, int line) {
        Table known = schema.table(tableName).orElseThrow();
        tableLines.putIfAbsent(tableName, line);
        for (String name : table.keySet()) {
            int keyLine = line(table, name);
            Optional<Key<?>> key = known.key(name);
            if (key.isPresent()) {
                put(key.get(), new Given(get(table, name), keyLine));
            } else {
                unknownKey(known, table, name, keyLine);
            }
        }
    }

    private void put(Key<?> key, Given value) {
        Given first = given.putIfAbsent(key.path(), value);
        if (first != null) {
            errors.add(new ConfigError(
                    value.line(),
                    key.path(),
                    "is given twice, first in line " + first.line() + ": keep one of them",
                    key.example()));
        }
    }

    private void unknownKey(Table known, TomlTable table, String name, int line) {
        String path = known.name() + "." + Shown.cut(name);
        Optional<Key<?>> passwordFile = BrokerKeys.insteadOfPassword(known, name);
        if (passwordFile.isPresent()) {
            errors.add(new ConfigError(
                    line, path, BrokerKeys.NO_PASSWORD, passwordFile.get().example()));
            told.add(passwordFile.get().path());
            return;
        }
        Optional<Key<?>> near = Schema.nearest(name, known.keyNames())
                .filter(candidate -> !table.keySet().contains(candidate))
                .flatMap(known::key);
        if (near.isPresent()) {
            Key<?> meant = near.get();
            errors.add(new ConfigError(line, path, "is not known: perhaps you mean " + meant.name(), meant.example()));
            put(meant, new Given(get(table, name), line));
            return;
        }
        List<String> homes = schema.tablesWith(name);
        String advice = homes.isEmpty()
                ? "[" + known.name() + "] may have " + Shown.allOf(known.keyNames())
                : "it belongs below [" + String.join("] or [", homes) + "]";
        homes.forEach(home -> told.add(home + "." + name));
        Key<?> shown = homes.isEmpty()
                ? known.keys().getFirst()
                : schema.key(homes.getFirst(), name).orElseThrow();
        errors.add(new ConfigError(line, path, "is not known: " + advice, shown.example()));
    }

    private void readAll() {
        for (Table table : schema.tables()) {
            for (Key<?> key : table.keys()) {
                Given found = given.get(key.path());
                if (found != null && key.form().read(found.value()) instanceof Form.Answer.Bad<?> bad) {
                    wrong(key, fault(key, found.value(), bad.advice()));
                }
            }
        }
    }

    private static String fault(Key<?> key, Object value, String advice) {
        if (advice.startsWith("has ")) {
            return advice;
        }
        String shown =
                value instanceof String text && Key.isSecret(key.name(), text) ? "not right" : Shown.value(value);
        return "is " + shown + ": " + advice;
    }

    private void findMissing() {
        for (Table table : schema.tables()) {
            boolean isAbsent = !tableLines.containsKey(table.name());
            if (isAbsent && table.isRequired() && table.keys().stream().noneMatch(this::has)) {
                errors.add(new ConfigError(
                        1,
                        "[" + table.name() + "]",
                        "is missing: add this table and below it " + Shown.allOf(table.requiredNames()),
                        "[" + table.name() + "]"));
                continue;
            }
            for (Key<?> key : table.keys()) {
                if (key.otherwise() instanceof Key.Otherwise.Required && !has(key)) {
                    wrong(key, "is missing: give " + key.form().wanted());
                }
            }
        }
    }

    /** By path: a name with a dot in it is a name, not two. */
    private static Object get(TomlTable table, String name) {
        Object value = table.get(List.of(name));
        return value == null ? "" : value;
    }

    private static int line(TomlTable table, String name) {
        @Nullable TomlPosition position = table.inputPositionOf(List.of(name));
        return position == null ? 1 : position.line();
    }
}
