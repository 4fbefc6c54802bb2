package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import sunpeer.drivers.Captures;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.profile.Samples.Found;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;
import sunpeer.drivers.transport.Words;

/**
 * Decodes captures that others keep as JSON: {@code -Dsunpeer.facts=DIR}. Whatever number a file expects of a frame must be
 * among the values that one profile of the family finds in that frame, under whatever name.
 */
@EnabledIfSystemProperty(named = "sunpeer.facts", matches = ".+")
class FactsTest {
    /** Which profiles a file is about, by the beginning of its name; other files are not of Modbus families. */
    private static final Map<String, List<String>> FAMILIES = Map.of(
            "epever", List.of("epever"),
            "srne", List.of("srne"),
            "daly", List.of("daly"),
            "midnite", List.of("midnite"),
            "renogy", List.of("renogy-battery", "srne"),
            "sunsaver", List.of("sunsaver-mppt"),
            "prostar", List.of("prostar-mppt", "prostar-pwm"),
            "tristar", List.of("tristar-mppt", "tristar-pwm", "tristar-mppt-600v"),
            "morningstar", List.of("tristar-mppt", "sunsaver-mppt", "prostar-mppt", "prostar-pwm", "tristar-pwm"));

    private final List<String> wrong = new ArrayList<>();
    private final List<String> notCompared = new ArrayList<>();
    private int numbers;

    @Test
    void everyExpectedNumberIsDecoded() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("sunpeer.facts")), 3)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString();
                Optional<String> family =
                        FAMILIES.keySet().stream().filter(name::startsWith).findFirst();
                if (family.isPresent()) {
                    int before = numbers;
                    Object root = JsonParser.any().from(Files.readString(file, StandardCharsets.UTF_8));
                    walk(name, root, FAMILIES.getOrDefault(family.get(), List.of()));
                    System.err.printf("%s: %d numbers compared%n", name, numbers - before);
                }
            }
        }
        notCompared.forEach(line -> System.err.println("not compared: " + line));
        assertThat(wrong).isEmpty();
        assertThat(numbers).isPositive();
    }

    private void walk(String where, Object node, List<String> profiles) {
        if (node instanceof JsonArray array) {
            array.forEach(element -> walk(where, element, profiles));
        } else if (node instanceof JsonObject object) {
            Optional<Found> found = frame(object).or(() -> words(object)).or(() -> dump(object));
            Object expected = object.has("expected") ? object.get("expected") : object.get("third_party_value");
            if (found.isPresent() && expected != null) {
                judge(where, found.get(), expected, profiles);
            } else {
                object.values().forEach(value -> walk(where, value, profiles));
            }
        }
    }

    /** {@code {"request": "0104...", "response": "0104...", "expected": ...}}; nothing for what is no good answer. */
    private static Optional<Found> frame(JsonObject object) {
        byte[] response = Captures.hex(hex(object.getString("response", object.getString("frame", ""))));
        if (response.length < 5) {
            return Optional.empty();
        }
        String request = hex(object.getString("request", ""));
        boolean asks = request.matches("[0-9a-f]{2}0[34][0-9a-f]{12}");
        int function = asks ? Integer.parseInt(request.substring(2, 4), 16) : response[1];
        // An answer whose question nobody kept is taken for one to the first registers.
        int first = asks ? Integer.parseInt(request.substring(4, 8), 16) : 0;
        int count = asks ? Integer.parseInt(request.substring(8, 12), 16) : (response[2] & 0xFF) / 2;
        if ((function != 3 && function != 4) || count < 1 || count > Request.Registers.COUNT_MAX) {
            return Optional.empty();
        }
        Request asked = new Request.Registers(response[0] & 0xFF, function, first, count);
        return RtuFrame.parse(response, response.length, asked)
                        instanceof RtuFrame.Parsed.Whole(Answer.Registers(Words words), int _)
                ? Optional.of(new Found(function, words, true))
                : Optional.empty();
    }

    /** {@code {"registers": {"4101": 2018, ...}, "expected": ...}}. */
    private static Optional<Found> dump(JsonObject object) {
        JsonObject registers = object.getObject("registers");
        if (registers == null || registers.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<Integer, Integer> words = new TreeMap<>();
        registers.forEach((address, word) -> words.put(
                Integer.decode(address),
                word instanceof Number number ? number.intValue() : Integer.decode(String.valueOf(word))));
        int first = words.firstKey();
        int[] content = IntStream.rangeClosed(first, words.lastKey())
                .map(address -> words.getOrDefault(address, 0))
                .toArray();
        return Optional.of(new Found(object.getInt("fc", 3), new Words(first, content), true));
    }

    private static String hex(String text) {
        String digits = text.replace(" ", "").toLowerCase(Locale.ROOT);
        return digits.matches("([0-9a-f]{2})*") ? digits : "";
    }

    /** {@code {"fc": 4, "address": "0x3000", "words": ["3A98"], ...}}. */
    private static Optional<Found> words(JsonObject object) {
        JsonArray words = object.getArray("words");
        if (words == null || words.isEmpty() || !object.has("address") || !object.has("fc")) {
            return Optional.empty();
        }
        int[] content = words.stream()
                .mapToInt(word -> word instanceof Number number
                        ? number.intValue()
                        : Integer.parseInt(String.valueOf(word).replace("0x", ""), 16))
                .toArray();
        Object address = object.get("address");
        int first = address instanceof Number number ? number.intValue() : Integer.decode(String.valueOf(address));
        return Optional.of(new Found(object.getInt("fc"), new Words(first, content), true));
    }

    private void judge(String where, Found found, Object expected, List<String> profiles) {
        String frame = "%s 0x%04X x%d"
                .formatted(where, found.words().start(), found.words().size());
        List<List<String>> complaints = new ArrayList<>();
        for (String id : profiles) {
            List<Double> values = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            told(Profiles.find(id).orElseThrow(), found, values, texts);
            if (values.isEmpty() && texts.isEmpty()) {
                notCompared.add(frame + ": half a number, or a register that " + id + " does not read");
                return;
            }
            List<String> missing = new ArrayList<>();
            missing(frame, expected, values, texts, missing);
            complaints.add(missing);
        }
        complaints.stream().min((one, other) -> one.size() - other.size()).ifPresent(wrong::addAll);
    }

    private void missing(String where, Object expected, List<Double> values, List<String> texts, List<String> missing) {
        switch (expected) {
            case JsonObject object ->
                object.forEach((key, value) -> missing(where + " " + key, value, values, texts, missing));
            case JsonArray array -> array.forEach(value -> missing(where, value, values, texts, missing));
            case Number number when values.isEmpty() -> notCompared.add(where + ": " + number + " " + texts);
            case Number number -> {
                numbers++;
                if (values.stream().noneMatch(value -> near(value, number.doubleValue()))) {
                    missing.add(where + ": " + number + " is not among " + values);
                }
            }
            case String text when texts.stream().anyMatch(told -> told.contains(plain(text))) -> numbers++;
            default -> notCompared.add(where + ": " + expected + " " + texts);
        }
    }

    private static boolean near(double value, double expected) {
        return Math.abs(value - expected) <= 1e-6 + 1e-6 * Math.abs(expected);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** All that the profile finds in these registers; energies in both units that are usual. */
    private static void told(Profile profile, Found found, List<Double> values, List<String> texts) {
        Measured measured = Decoding.decode(profile.points(), Samples.ofRegisters(List.of(found)));
        for (Quantity quantity : Quantity.values()) {
            if (measured.get(quantity).quality() != Quality.ABSENT) {
                values.add(measured.get(quantity).number());
                if (quantity.unit().equals("Wh")) {
                    values.add(measured.get(quantity).number() / 1000);
                }
            }
        }
        for (Detail detail : measured.details()) {
            if (detail.value().quality() != Quality.ABSENT) {
                values.add(detail.value().number());
            }
            if (!detail.text().isEmpty()) {
                texts.add(plain(detail.text()));
            }
        }
        if (measured.stage() != ChargeStage.UNKNOWN) {
            texts.add(plain(measured.stage().name()));
        }
    }
}
