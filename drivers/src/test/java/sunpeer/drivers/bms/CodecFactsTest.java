package sunpeer.drivers.bms;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import sunpeer.drivers.Captures;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.profile.ModbusDevice;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.profile.TextJudgement;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;
import sunpeer.drivers.vedirect.HexMessage;
import sunpeer.drivers.vedirect.VeDirectDecoder;
import sunpeer.drivers.vedirect.VeDirectEvent;

/**
 * Decodes captures of VE.Direct and of the dialects that others keep as JSON: {@code -Dsunpeer.facts=DIR}. Whatever number a
 * file expects of a frame must be among the values that a profile finds in it, under whatever name; whatever HEX frame it
 * calls right must be understood.
 */
@EnabledIfSystemProperty(named = "sunpeer.facts", matches = ".+")
class CodecFactsTest {
    private static final Map<String, List<String>> FAMILIES = Map.of(
            "jbd", List.of("jbd"),
            "jk", List.of("jk-pb"),
            "junctek", List.of("junctek", "junctek-khf", "junctek-reversed"),
            "daly", List.of("daly-uart"),
            "vedirect", List.of("victron", "victron-monitor"));

    private final List<String> wrong = new ArrayList<>();
    private final List<String> notCompared = new ArrayList<>();
    private int compared;

    @Test
    void everythingExpectedIsDecoded(TestReporter reporter) throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("sunpeer.facts")), 3)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString();
                Optional<String> family =
                        FAMILIES.keySet().stream().filter(name::startsWith).findFirst();
                if (family.isPresent()) {
                    int before = compared;
                    Object root = JsonParser.any().from(Files.readString(file, StandardCharsets.UTF_8));
                    walk(name, root, FAMILIES.getOrDefault(family.get(), List.of()));
                    reporter.publishEntry(name, compared - before + " compared");
                }
            }
        }
        notCompared.forEach(line -> reporter.publishEntry("not compared", line));
        assertThat(wrong).isEmpty();
        assertThat(compared).isPositive();
    }

    private void walk(String where, Object node, List<String> profiles) {
        if (node instanceof JsonArray array) {
            array.forEach(element -> walk(where, element, profiles));
        } else if (node instanceof JsonObject object) {
            hexFrame(where, object, "response", "response_ok");
            hexFrame(where, object, "frame", "checksum_ok");
            Optional<byte[]> bytes = Stream.of("hex_with_valid_checksum", "hex", "response", "frame")
                    .map(key -> hex(object.getString(key, "")))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (bytes.isPresent() && object.get("expected") instanceof JsonObject expected) {
                judge(where, bytes.get(), expected, profiles);
            } else {
                object.values().forEach(value -> walk(where, value, profiles));
            }
        }
    }

    private void hexFrame(String where, JsonObject object, String key, String right) {
        if (object.get(key) instanceof String text && text.startsWith(":") && object.get(right) instanceof Boolean ok) {
            compared++;
            HexMessage message = HexMessage.parse(text.substring(1).strip());
            if (ok == message instanceof HexMessage.Malformed) {
                wrong.add(where + " " + text + ": " + message);
            }
        }
    }

    private static Optional<byte[]> hex(String text) {
        String digits = text.replace(" ", "").toLowerCase(Locale.ROOT);
        return digits.matches("([0-9a-f]{2}){8,}") ? Optional.of(Captures.hex(digits)) : Optional.empty();
    }

    private void judge(String where, byte[] bytes, JsonObject expected, List<String> profiles) {
        List<List<String>> complaints = new ArrayList<>();
        for (String profile : profiles) {
            List<Double> numbers = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            if (profile.startsWith("victron")) {
                text(profile, bytes, numbers, texts);
            } else {
                registers(profile, bytes, numbers, texts);
            }
            if (!numbers.isEmpty()) {
                List<String> missing = new ArrayList<>();
                missing(where, expected, numbers, texts, missing);
                complaints.add(missing);
            }
        }
        if (complaints.isEmpty()) {
            notCompared.add(where + ": no answer of these dialects: " + bytes.length + " bytes");
        }
        complaints.stream().min((one, other) -> one.size() - other.size()).ifPresent(wrong::addAll);
    }

    private static void text(String profile, byte[] bytes, List<Double> numbers, List<String> texts) {
        for (VeDirectEvent event : VeDirectDecoder.atBlockStart().push(bytes, bytes.length)) {
            if (event instanceof VeDirectEvent.Block(Map<String, String> fields)) {
                Map<String, String> whole = new HashMap<>(fields);
                // The second block of a battery monitor has no voltage, and by itself is no reading.
                whole.putIfAbsent("V", "12000");
                told(
                        TextJudgement.reading(
                                Instant.EPOCH, "test", Profiles.find(profile).orElseThrow(), whole, Set.of()),
                        numbers,
                        texts);
                fields.values().stream()
                        .filter(text -> text.matches("-?[0-9]{1,9}"))
                        .forEach(text -> numbers.add(Double.parseDouble(text)));
            }
        }
    }

    /** Whatever the question was: the one to which these bytes are the answer. */
    private static void registers(String profile, byte[] bytes, List<Double> numbers, List<String> texts) {
        Dialect dialect = BmsFrames.dialect(profile.replaceFirst("^junctek.*", "junctek"));
        for (int unit = 1; unit <= 15; unit++) {
            for (int group = 0; group <= 255; group++) {
                for (int items = dialect.countedBy(group).isPresent() ? 16 : 0; items >= 0; items--) {
                    Question question = new Question(unit, group, items);
                    Parsed parsed = bytes.length == 300 && dialect instanceof JkPb && group >= 1 && group <= 3
                            ? JkPb.frame(bytes, 0, bytes.length, question)
                            : dialect.parse(bytes, bytes.length, question);
                    if (parsed instanceof Parsed.Whole(Words words)
                            && dialect.ask(question).isPresent()) {
                        Heard bus = new Heard(words);
                        try (ModbusDevice device = new ModbusDevice(
                                Profiles.find(profile).orElseThrow(), bus, unit, InstantSource.fixed(Instant.EPOCH))) {
                            told(device.read(), numbers, texts);
                        }
                        return;
                    }
                }
            }
        }
    }

    private static void told(ReadResult result, List<Double> numbers, List<String> texts) {
        if (!(result instanceof ReadResult.Ok(Reading reading, var details))) {
            return;
        }
        List<Value> values = new ArrayList<>(List.of(
                reading.batteryV(),
                reading.batteryA(),
                reading.batteryC(),
                reading.loadA(),
                reading.pvV(),
                reading.pvW(),
                reading.controllerSocPercent(),
                reading.pvEnergyTotalWh()));
        details.forEach(detail -> values.add(detail.value()));
        values.stream().filter(value -> !Double.isNaN(value.number())).forEach(value -> {
            numbers.add(value.number());
            numbers.add(value.number() / 1000);
        });
        texts.add(reading.stage().name().toLowerCase(Locale.ROOT));
        details.forEach(detail -> texts.add(detail.text().toLowerCase(Locale.ROOT)));
    }

    private void missing(
            String where, Object expected, List<Double> numbers, List<String> texts, List<String> missing) {
        switch (expected) {
            case JsonObject object ->
                object.forEach((key, value) -> missing(where + " " + key, value, numbers, texts, missing));
            case JsonArray array -> array.forEach(value -> missing(where, value, numbers, texts, missing));
            // What another program shows, with a sign of its own.
            case Number number when where.contains("batmon_") -> notCompared.add(where + ": " + number);
            case Number number -> {
                compared++;
                double wanted = number.doubleValue();
                if (numbers.stream().noneMatch(value -> Math.abs(value - wanted) <= 1e-6 + 1e-6 * Math.abs(wanted))) {
                    missing.add(where + ": " + number + " is not among " + numbers);
                }
            }
            case String text
            when texts.stream().anyMatch(told -> told.contains(text.toLowerCase(Locale.ROOT))) -> compared++;
            default -> notCompared.add(where + ": " + expected);
        }
    }

    /** One group was heard; the rest is refused, but for what a reading cannot do without. */
    private record Heard(Words words) implements RegisterBus {
        @Override
        public Answer ask(Request request) {
            if (!(request instanceof Request.Registers(int _, int _, int address, int count))) {
                return new Answer.Refused(1);
            }
            if (address >> 8 != words.start() >> 8 || !words.covers(address, count)) {
                return new Answer.Refused(2);
            }
            return new Answer.Registers(new Words(
                    address,
                    IntStream.range(address, address + count).map(words::at).toArray()));
        }

        @Override
        public String where() {
            return "a capture";
        }

        @Override
        public int generation() {
            return 1;
        }

        @Override
        public void close() {}
    }
}
