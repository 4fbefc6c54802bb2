package sunpeer.appliance.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of one kind of file. Immutable. */
record Schema(List<Table> tables) {
    Schema {
        tables = List.copyOf(tables);
    }

    Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    Optional<Key<?>> key(String tableName, String keyName) {
        return table(tableName).flatMap(table -> table.key(keyName));
    }

    List<String> tableNames() {
        return tables.stream().map(Table::name).toList();
    }

    List<String> tablesWith(String keyName) {
        return tables.stream()
                .filter(table -> table.key(keyName).isPresent())
                .map(Table::name)
                .toList();
    }

    String describe() {
        return tables.stream().map(Table::describe).collect(Collectors.joining("\n"));
    }

    /** The known name that the owner most likely meant; empty if none is near. */
    static Optional<String> nearest(String given, Collection<String> known) {
        String word = plain(given);
        int limit = Math.max(2, word.length() / 3);
        return known.stream()
                .filter(candidate -> farness(word, plain(candidate)) <= limit)
                .min(Comparator.comparingInt(candidate -> farness(word, plain(candidate))));
    }

    private static int farness(String word, String other) {
        boolean isPart = Math.min(word.length(), other.length()) >= 3
                && (other.startsWith(word) || other.endsWith(word) || word.startsWith(other) || word.endsWith(other));
        int distance = distance(word, other);
        // Words that share no letter are not near, however short they are.
        return isPart ? Math.min(1, distance) : distance < Math.max(word.length(), other.length()) ? distance : 1000;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Levenshtein: letters to insert, drop or change. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
