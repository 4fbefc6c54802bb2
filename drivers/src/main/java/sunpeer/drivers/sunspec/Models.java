package sunpeer.drivers.sunspec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sunpeer.drivers.profile.Block.Period;
import sunpeer.drivers.sunspec.Model.Group;
import sunpeer.drivers.sunspec.Model.ModelPoint;

/** Reads the table of models that ships with the program. Confined to one loading. */
final class Models {
    private static final String FILE = "sunspec-models.txt";
    private static final Map<Integer, Model> KNOWN = new Models().read(text());

    private final Map<String, Map<Long, String>> sets = new HashMap<>();
    private final Map<Integer, Model> models = new TreeMap<>();

    // of the model that is being read
    private String[] head = new String[0];
    private List<ModelPoint> points = new ArrayList<>();
    private String[] groupHead = new String[0];
    private List<ModelPoint> groupPoints = new ArrayList<>();

    /** All models that can be read, by number. */
    static Map<Integer, Model> known() {
        return KNOWN;
    }

    private static String text() {
        try (InputStream in = Models.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException(FILE + " cannot be read", broken);
        }
    }

    private Map<Integer, Model> read(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                read(line.strip().split(" +"));
            } catch (IllegalArgumentException | IndexOutOfBoundsException mistake) {
                throw new IllegalStateException("%s:%d: %s".formatted(FILE, number, mistake.getMessage()), mistake);
            }
        }
        finishModel();
        return Map.copyOf(models);
    }

    private void read(String[] words) {
        if (words[0].isEmpty() || words[0].startsWith("#")) {
            return;
        }
        switch (words[0]) {
            case "names" -> sets.computeIfAbsent(words[1], _ -> new HashMap<>()).putAll(names(words, 2));
            case "model" -> {
                finishModel();
                head = words;
            }
            case "group" -> groupHead = words;
            default -> (groupHead.length == 0 ? points : groupPoints).add(point(words));
        }
    }

    private ModelPoint point(String[] words) {
        String letters = words[2].replaceAll("[0-9]+$", "");
        boolean text = letters.equals("string");
        PointType type = PointType.valueOf((text ? letters : words[2]).toUpperCase(Locale.ROOT));
        int length = text ? Integer.parseInt(words[2].substring(letters.length())) : type.words();
        return new ModelPoint(
                Integer.parseInt(words[0]),
                words[1],
                type,
                length,
                unlessDash(words[3]),
                unlessDash(words[4]),
                named(words));
    }

    private Map<Long, String> named(String[] words) {
        if (words.length == 6 && words[5].startsWith("@")) {
            return Optional.ofNullable(sets.get(words[5].substring(1)))
                    .orElseThrow(() -> new IllegalArgumentException("no names " + words[5]));
        }
        return names(words, 5);
    }

    private static Map<Long, String> names(String[] words, int from) {
        Map<Long, String> names = new HashMap<>();
        for (int i = from; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            names.put(
                    Long.parseLong(words[i].substring(0, equals)),
                    words[i].substring(equals + 1).replace('_', ' '));
        }
        return names;
    }

    private static String unlessDash(String word) {
        return word.equals("-") ? "" : word;
    }

    private void finishModel() {
        if (head.length == 0) {
            return;
        }
        Optional<Group> group = groupHead.length == 0
                ? Optional.empty()
                : Optional.of(new Group(
                        Integer.parseInt(groupHead[1]),
                        Integer.parseInt(groupHead[2]),
                        groupHead.length > 3 ? groupHead[3] : "",
                        groupPoints));
        Period period = Period.valueOf(head[4].toUpperCase(Locale.ROOT));
        for (String number : head[1].split(",", -1)) {
            int id = Integer.parseInt(number);
            models.put(id, new Model(id, head[2], Integer.parseInt(head[3]), period, points, group));
        }
        points = new ArrayList<>();
        groupHead = new String[0];
        groupPoints = new ArrayList<>();
    }
}
