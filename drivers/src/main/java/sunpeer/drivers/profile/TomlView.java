package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A TOML table read strictly: what was not asked for is an error at {@link #finish()}. Confined to one loading. */
final class TomlView {
    private final String file;
    private final String prefix;
    private final TomlTable table;
    private final Set<String> asked = new HashSet<>();

    TomlView(String file, String prefix, TomlTable table) {
        this.file = file;
        this.prefix = prefix;
        this.table = table;
    }

    /** One of the constants of an enum, written in small letters. */
    <E extends Enum<E>> E choice(String key, Class<E> type) {
        String text = text(key);
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(text)) {
                return constant;
            }
            names.add(name);
        }
        throw error(key, "\"" + text + "\" is none of " + String.join(", ", names));
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    String text(String key) {
        return required(key, String.class, "a text");
    }

    boolean flag(String key) {
        return has(key) && required(key, Boolean.class, "true or false");
    }

    int integer(String key, int min, int max) {
        return (int) whole(key, min, max);
    }

    long whole(String key, long min, long max) {
        long number = required(key, Long.class, "a whole number");
        if (number < min || number > max) {
            throw error(key, number + " is not in " + min + ".." + max);
        }
        return number;
    }

    int integer(String key, int min, int max, int otherwise) {
        return has(key) ? integer(key, min, max) : otherwise;
    }

    double number(String key) {
        return number(key, required(key, Object.class, "a number"));
    }

    double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    private double number(String key, Object value) {
        return switch (value) {
            case Long whole -> whole;
            case Double decimal -> decimal;
            default -> throw error(key, "is not a number");
        };
    }

    List<Double> numbers(String key) {
        List<Double> numbers = new ArrayList<>();
        for (Object value : required(key, TomlArray.class, "an array").toList()) {
            numbers.add(number(key, value));
        }
        return numbers;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object value : required(key, TomlArray.class, "an array").toList()) {
            if (!(value instanceof String text)) {
                throw error(key, "holds something that is not a text");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The elements of an array, empty when there is none. */
    List<Object> elements(String key) {
        return has(key) ? required(key, TomlArray.class, "an array").toList() : List.of();
    }

    /** The tables of an array of tables, empty when there is none. */
    List<TomlView> tables(String key) {
        List<TomlView> views = new ArrayList<>();
        for (Object element : elements(key)) {
            if (!(element instanceof TomlTable inner)) {
                throw error(key, "holds something that is not a table");
            }
            views.add(new TomlView(file, prefix + key + "[" + views.size() + "].", inner));
        }
        return views;
    }

    /** One table, or several under one name: the alternatives of a point. */
    List<TomlView> tableOrTables(String key) {
        return table.get(List.of(key)) instanceof TomlArray ? tables(key) : List.of(table(key));
    }

    TomlView table(String key) {
        return new TomlView(file, prefix + key + ".", required(key, TomlTable.class, "a table"));
    }

    /** The keys of this table as they stand in the file, for a table whose keys are themselves content. */
    List<String> keys() {
        return table.keySet().stream()
                .sorted(Comparator.comparingInt((String key) -> position(key).line())
                        .thenComparingInt(key -> position(key).column()))
                .toList();
    }

    private TomlPosition position(String key) {
        return Optional.ofNullable(table.inputPositionOf(List.of(key))).orElse(TomlPosition.positionAt(1, 1));
    }

    void finish() {
        for (String key : keys()) {
            if (!asked.contains(key)) {
                throw error(key, "unknown key");
            }
        }
    }

    IllegalArgumentException error(String key, String problem) {
        TomlPosition position = Optional.ofNullable(table.inputPositionOf(List.of(key)))
                .or(() -> Optional.ofNullable(firstPosition()))
                .orElse(TomlPosition.positionAt(1, 1));
        return new IllegalArgumentException("%s:%d: %s%s: %s".formatted(file, position.line(), prefix, key, problem));
    }

    private @Nullable TomlPosition firstPosition() {
        return keys().isEmpty() ? null : position(keys().getFirst());
    }

    private <T> T required(String key, Class<T> type, String what) {
        asked.add(key);
        Object value = table.get(List.of(key));
        if (value == null) {
            throw error(key, "is missing");
        }
        if (!type.isInstance(value)) {
            throw error(key, "is not " + what);
        }
        return type.cast(value);
    }
}
