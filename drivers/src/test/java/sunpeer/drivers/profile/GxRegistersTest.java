package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.Detail;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** The three Victron GX profiles word by word, and against Victron's own list and register test. */
class GxRegistersTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));
    private static final Map<String, String> SERVICES =
            Map.of("victron-gx", "system", "victron-gx-charger", "solarcharger", "victron-gx-battery", "battery");
    private static final Map<String, String> UNITS =
            Map.of("V DC", "V", "A DC", "A", "%", "percent", "seconds", "s", "Degrees celsius", "C", "count", "");

    @ParameterizedTest
    @CsvSource(textBlock = """
                    victron-gx,         840, 132,   battery_v,      13.2
                    victron-gx,         841, 65493, battery_a,      -4.3
                    victron-gx,         843, 71,    controller_soc, 71
                    victron-gx,         845, 223,   consumed_ah,    -22.3
                    victron-gx,         845, 65316, consumed_ah,    22
                    victron-gx,         846, 360,   time_to_go,     36000
                    victron-gx,         850, 412,   pv_w,           412
                    victron-gx,         851, 307,   charge_a,       30.7
                    victron-gx,         820, 65186, grid_l1_w,      -350
                    victron-gx,         860, 65526, dc_system_w,    -10
                    victron-gx-charger, 771, 1342,  battery_v,      13.42
                    victron-gx-charger, 772, 21,    charge_a,       2.1
                    victron-gx-charger, 773, 65506, battery_c,      -3
                    victron-gx-charger, 776, 7215,  pv_v,           72.15
                    victron-gx-charger, 784, 12,    yield_today,    1.2
                    victron-gx-charger, 788, 33,    error,          33
                    victron-gx-charger, 789, 48005, pv_w,           4800.5
                    victron-gx-charger, 790, 1234,  pv_energy_total, 123400
                    victron-gx-battery, 259, 5212,  battery_v,      52.12
                    victron-gx-battery, 261, 64536, battery_a,      -100
                    victron-gx-battery, 262, 0,     battery_c,      NaN
                    victron-gx-battery, 264, 125,   mid_deviation,  1.25
                    victron-gx-battery, 266, 855,   controller_soc, 85.5
                    victron-gx-battery, 281, 1500,  deepest_discharge, -150
                    victron-gx-battery, 289, 9,     time_since_last_full_charge, 900
                    victron-gx-battery, 304, 0,     soh,            NaN
                    victron-gx-battery, 305, 565,   max_charge_voltage, 56.5
                    victron-gx-battery, 1290, 328,  min_cell_voltage, 3.28
                    """)
    void words(String profile, int register, int word, String name, double expected) {
        CapturedBus bus = zeros(profile);
        bus.put(3, voltage(profile), 500);
        bus.put(3, register, word);
        Value value = value(read(profile, bus), name);
        if (Double.isNaN(expected)) {
            assertThat(value).isEqualTo(Value.ABSENT);
        } else {
            assertThat(value.number()).isCloseTo(expected, within(1e-9));
        }
    }

    /** Type, divisor, unit and length of each register, if the folder with victron_gx_registers.json is given. */
    @Test
    void theSameAsPublished() throws IOException, JsonParserException {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (var service : SERVICES.entrySet()) {
            Map<Integer, JsonObject> rows = rows(service.getValue());
            for (Point point : profile(service.getKey()).points()) {
                Source.Register register = (Source.Register) point.source();
                JsonObject row = rows.get(register.address());
                if (row == null) {
                    differences.add(service.getKey() + " has no register " + register.address());
                    continue;
                }
                compared++;
                String type = row.getString("type");
                String mine = type(register, row);
                if (!mine.equals(type) || register.words() != words(row)) {
                    differences.add("%s %s: %s and not %s".formatted(service.getKey(), point.name(), mine, type));
                }
                if (point.meaning() instanceof Meaning.Amount(Scaling scaling, String unit)) {
                    compareScale(point, scaling, unit, row, differences);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(150);
    }

    private static void compareScale(
            Point point, Scaling scaling, String unit, JsonObject row, List<String> differences) {
        boolean wattHours = unit.equals("Wh");
        double mine = scaling.scale() / scaling.divisor() / (wattHours ? 1000 : 1);
        String published = row.getString("unit_or_enum");
        String theirUnit =
                row.getString("type").startsWith("INTERNAL") ? unit : UNITS.getOrDefault(published, published);
        if (Math.abs(mine * row.getDouble("divisor") - 1) > 1e-9) {
            differences.add(point.name() + ": divisor " + row.getDouble("divisor"));
        }
        if (!theirUnit.equals(wattHours ? "kWh" : unit)) {
            differences.add(point.name() + ": unit " + published);
        }
    }

    /** Charge taken from the battery is listed as unsigned and sent as two's complement. */
    private static String type(Source.Register register, JsonObject row) {
        String published = row.getString("type");
        boolean negated = row.getDouble("divisor") < 0;
        return switch (register.type()) {
            case S16 -> negated || published.startsWith("INTERNAL") ? published : "int16";
            case S32 -> "int32";
            case U32 -> "uint32";
            case ASCII -> "string[" + register.words() + "]";
            case ENUM -> published.equals("int16") ? "int16" : "uint16";
            default -> register.type().name().toLowerCase(Locale.ROOT).replace("u16", "uint16");
        };
    }

    private static int words(JsonObject row) {
        return row.getInt("words");
    }

    /** Every checked word that a profile reads, if the folder with the register test is given. */
    @Test
    void theRegisterTest() throws IOException, JsonParserException {
        Map<Integer, String> profiles = Map.of(0, "victron-gx", 245, "victron-gx-charger", 247, "victron-gx-battery");
        int compared = 0;
        for (var unit : profiles.entrySet()) {
            CapturedBus bus = zeros(unit.getValue());
            Map<Integer, Integer> sent = new HashMap<>();
            for (Object element :
                    facts("captures/victron_gx_register_tests.json").getArray("checks")) {
                JsonObject check = (JsonObject) element;
                int at = check.getInt("register");
                for (Object word : check.getInt("unit") == unit.getKey() ? check.getArray("words") : List.of()) {
                    sent.put(at++, Integer.decode((String) word));
                }
            }
            sent.forEach((register, word) -> bus.put(3, register, word));
            ReadResult.Ok ok = read(unit.getValue(), bus);
            Map<Integer, JsonObject> rows = rows(SERVICES.getOrDefault(unit.getValue(), ""));
            for (Point point : profile(unit.getValue()).points()) {
                compared += compare(point, ok, sent, rows) ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThan(80);
    }

    private static boolean compare(
            Point point, ReadResult.Ok ok, Map<Integer, Integer> sent, Map<Integer, JsonObject> rows) {
        Source.Register register = (Source.Register) point.source();
        Integer word = sent.get(register.address());
        JsonObject row = rows.get(register.address());
        boolean plain = register.words() == 1
                && point.conditions().isEmpty()
                && !point.name().equals("stage");
        if (word == null || row == null || !plain || point.name().matches("battery_w|charge_w")) {
            return false;
        }
        boolean signed = register.type() == Type.S16;
        double expected = (signed ? (short) (int) word : word) / row.getDouble("divisor");
        Value value = value(ok, point.name());
        if (word == 0 && point.na().contains(0L)) {
            assertThat(value).as(point.name()).isEqualTo(Value.ABSENT);
        } else {
            double scaled = point.name().equals("pv_energy_total") ? expected * 1000 : expected;
            assertThat(value.number()).as(point.name()).isCloseTo(scaled, within(1e-6));
        }
        return true;
    }

    private static Map<Integer, JsonObject> rows(String service) throws IOException, JsonParserException {
        Map<Integer, JsonObject> rows = new HashMap<>();
        for (Object element : facts("victron_gx_registers.json").getArray("registers")) {
            JsonObject row = (JsonObject) element;
            if (row.getString("service").equals(service)) {
                rows.put(row.getInt("addr"), row);
            }
        }
        return rows;
    }

    private static JsonObject facts(String name) throws IOException, JsonParserException {
        String folder = System.getProperty("sunpeer.facts");
        Assumptions.assumeTrue(folder != null, "give the folder that holds drivers/" + name + " as -Dsunpeer.facts");
        return JsonParser.object().from(Files.readString(Path.of(String.valueOf(folder), "drivers", name)));
    }

    private static Profile profile(String id) {
        return Profiles.find(id).orElseThrow();
    }

    private static int voltage(String profile) {
        return switch (profile) {
            case "victron-gx" -> 840;
            case "victron-gx-charger" -> 771;
            default -> 259;
        };
    }

    private static CapturedBus zeros(String profile) {
        CapturedBus bus = new CapturedBus();
        profile(profile).blocks().forEach(block -> bus.put(3, block.start(), new int[block.count()]));
        return bus;
    }

    private static ReadResult.Ok read(String profile, CapturedBus bus) {
        ReadResult result = new ModbusDevice(profile(profile), bus, 100, CLOCK).read();
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return (ReadResult.Ok) result;
    }

    private static Value value(ReadResult.Ok ok, String name) {
        Reading reading = ok.reading();
        return switch (name) {
            case "battery_v" -> reading.batteryV();
            case "battery_a" -> reading.batteryA();
            case "battery_c" -> reading.batteryC();
            case "charge_a" -> reading.chargeA();
            case "pv_v" -> reading.pvV();
            case "pv_a" -> reading.pvA();
            case "pv_w" -> reading.pvW();
            case "controller_soc" -> reading.controllerSocPercent();
            case "pv_energy_total" -> reading.pvEnergyTotalWh();
            default ->
                ok.details().stream()
                        .filter(detail -> detail.name().equals(name))
                        .findFirst()
                        .map(Detail::value)
                        .orElseThrow(() -> new AssertionError("no detail " + name));
        };
    }
}
