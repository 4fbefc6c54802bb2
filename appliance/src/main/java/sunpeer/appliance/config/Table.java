package sunpeer.appliance.config;

import java.util.List;
import java.util.Optional;

/**
 * One table of a file and its keys. Immutable.
 *
 * @param name as it stands between the brackets
 * @param meaning what the table is about
 * @param isRequired whether a file without it cannot be complete
 */
record Table(String name, String meaning, boolean isRequired, List<Key<?>> keys) {
    Table {
        keys = List.copyOf(keys);
    }

    Optional<Key<?>> key(String keyName) {
        return keys.stream().filter(key -> key.name().equals(keyName)).findFirst();
    }

    List<String> keyNames() {
        return keys.stream().map(Key::name).toList();
    }

    List<String> requiredNames() {
        return keys.stream()
                .filter(key -> key.otherwise() instanceof Key.Otherwise.Required)
                .map(Key::name)
                .toList();
    }

    String describe() {
        StringBuilder text = new StringBuilder("[" + name + "]  " + meaning + "\n");
        keys.forEach(key -> text.append(key.describe()));
        return text.toString();
    }
}
