package sunpeer.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.board.Thermostat;

class ConfigReaderTest {
    private static final String EVERY_KEY = """
            [node]
            name = "barn_2"
            latitude = -33
            longitude = 151.2
            timezone = "Australia/Sydney"
            data = "memory"
            [controller]
            profile = "srne"
            tcp = "[fe80::1]:502"
            unit = 255
            poll_s = 120
            load_switch = true
            clock_sync = true
            [monitor]
            profile = "victron"
            rtu_tcp = "10.0.0.9:9999"
            [panel]
            watts = 200
            tilt = 30
            azimuth = 0
            [battery]
            chemistry = "lead_acid"
            voltage = 24
            capacity_ah = 100.5
            absorption_v = 29
            reserve = 0.5
            [board]
            idle_w = 2
            active_w = 4.5
            supply = "load_output"
            led_pin = 11
            button_pin = 13
            fan_pin = 12
            fan_on_c = 70
            fan_off_c = 60.5
            relay_pin = 15
            relay_active_low = true
            relay_on_percent = 70
            relay_off_percent = 55
            battery_thermometer = "ds18b20:28-0123456789ab"
            [broker]
            url = "mqtt://10.0.0.1:1884/"
            user = "barn"
            password_file = "/etc/secret"
            [gateway]
            key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
            [web]
            bind = "127.0.0.1"
            port = 0
            [sleep]
            mode = "halt"
            asleep_w = 0.4
            rtc = "rtc1"
            [clock]
            speed = 600
            shows = 2025-06-01T04:00:00Z
            at = "2026-01-01T00:00:00Z"
            """;

    private static final Path GATEWAY_DATA = Path.of("/var/lib/sunpeer-gateway");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void readsTheExampleWithItsDefaults() {
        NodeConfig config = Example.good(Example.read(directory, Example.text()));

        Place place = new Place(52.52, 13.40);
        assertThat(config)
                .isEqualTo(new NodeConfig(
                        new NodeConfig.Site("roof-1", place, ZoneId.of("Europe/Paris"), Path.of("/var/lib/sunpeer")),
                        new NodeConfig.Controller(
                                new DeviceAddress("epever", new DeviceAddress.Wire.Serial("/dev/ttyUSB0", 0), 1),
                                Duration.ofSeconds(10),
                                false,
                                false),
                        Optional.empty(),
                        Panel.facingEquator(place, 100),
                        new NodeConfig.Battery(BatterySpec.of(Chemistry.LFP, 12.8, 20), 0.20),
                        new NodeConfig.Board(2.7, 6.0, Optional.empty(), Header.BARE),
                        new Broker("gateway.local", 1883, Optional.empty()),
                        Optional.empty(),
                        new NodeConfig.Web("0.0.0.0", 8080),
                        new NodeConfig.Sleep(NodeConfig.Sleep.Mode.AUTO, 0.25, "rtc0"),
                        Optional.empty()));
        assertThat(config.profile().energy().idleW()).isEqualTo(3.0);
        assertThat(config.profile().energy().staleAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void readsEveryKey() {
        NodeConfig config = Example.good(Example.read(directory, EVERY_KEY));

        assertThat(config)
                .isEqualTo(new NodeConfig(
                        new NodeConfig.Site(
                                "barn_2",
                                new Place(-33, 151.2),
                                ZoneId.of("Australia/Sydney"),
                                directory.resolve("memory")),
                        new NodeConfig.Controller(
                                new DeviceAddress("srne", new DeviceAddress.Wire.Tcp("fe80::1", 502), 255),
                                Duration.ofMinutes(2),
                                true,
                                true),
                        Optional.of(new NodeConfig.Monitor.Wired(
                                new DeviceAddress("victron", new DeviceAddress.Wire.RtuOverTcp("10.0.0.9", 9999), 1))),
                        new Panel(200, 30, 0),
                        new NodeConfig.Battery(new BatterySpec(Chemistry.LEAD_ACID, 24, 100.5, 29), 0.5),
                        new NodeConfig.Board(
                                2,
                                4.5,
                                Optional.of(NodeConfig.FedBy.LOAD_OUTPUT),
                                new Header(
                                        Optional.of(11),
                                        Optional.of(13),
                                        Optional.of(new Header.Fan(12, new Thermostat(70, 60.5))),
                                        Optional.of(new Header.Relay(15, true, 0.7, 0.55)),
                                        Optional.of(new Header.Thermometer.Ds18b20("28-0123456789ab")))),
                        new Broker("10.0.0.1", 1884, Optional.of(new Broker.Login("barn", Path.of("/etc/secret")))),
                        Optional.of(new PeerKey(
                                Bytes.ofHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))),
                        new NodeConfig.Web("127.0.0.1", 0),
                        new NodeConfig.Sleep(NodeConfig.Sleep.Mode.HALT, 0.4, "rtc1"),
                        Optional.of(new DemoClock(
                                600, Instant.parse("2025-06-01T04:00:00Z"), Instant.parse("2026-01-01T00:00:00Z")))));
        assertThat(config.profile().energy().staleAfter()).isEqualTo(Duration.ofMinutes(12));
        assertThat(config.clock().orElseThrow().shown(Instant.parse("2026-01-01T00:00:06Z")))
                .isEqualTo(Instant.parse("2025-06-01T05:00:00Z"));
    }

    @Test
    void warnsOfWhatIsAllowedButSeldomMeant() {
        String text = Example.text()
                .replace("watts = 100", "watts = 10")
                .replace("# port = 8080", "port = 80")
                .replace("# user =", "user =")
                .replace("# password_file =", "password_file =");

        assertThat(Example.warnings(Example.read(directory, text)))
                .containsExactly(
                        "sunpeer.toml:31: controller.port may change when adapters are plugged: its name under"
                                + " /dev/serial/by-id stays",
                        "sunpeer.toml:87: panel.watts is 10: in dull weeks such a panel does not even carry the idle"
                                + " board",
                        "sunpeer.toml:161: broker.password_file names a file that is not there yet",
                        "sunpeer.toml:176: web.port is below 1024: the system may not grant it");
    }

    @Test
    void theExampleShowsEveryKeyAndWhatItShowsIsRight() {
        NodeKeys keys = new NodeKeys(Example.DEFAULTS);
        String example = Example.text();
        String uncommented = example.replaceAll("(?m)^# (\\[?[a-z0-9_]+(]| = .*))$", "$1");

        assertThat(uncommented).isNotEqualTo(example);
        for (Table table : keys.schema.tables()) {
            String block = uncommented.substring(uncommented.indexOf("[" + table.name() + "]"));
            for (Key<?> key : table.keys()) {
                assertThat(block).containsPattern("(?m)^" + key.name() + " = ");
            }
        }
        // Wires exclude each other, and so do two ways to tell the power; all else must stand together.
        assertThat(Example.texts(Example.read(directory, uncommented)).lines())
                .hasSize(6)
                .anyMatch(line -> line.contains("controller.tcp cannot be given together with port"))
                .anyMatch(line -> line.contains("controller.rtu_tcp cannot be given together with port"))
                .anyMatch(line -> line.contains("monitor.tcp cannot be given together with port"))
                .anyMatch(line -> line.contains("monitor.rtu_tcp cannot be given together with port"))
                .anyMatch(line -> line.contains("monitor.shunt cannot be given together with port"))
                .anyMatch(line -> line.contains("board.kind cannot be given together with idle_w"));
    }

    @Test
    void samplesAndDefaultsOfTheTableAreOfTheirForm() {
        for (Schema schema : List.of(new NodeKeys(Example.DEFAULTS).schema, new GatewayKeys(GATEWAY_DATA).schema)) {
            for (Table table : schema.tables()) {
                for (Key<?> key : table.keys()) {
                    Object sample = Toml.parse(key.example()).get(List.of(key.name()));
                    assertThat(key.form().read(Objects.requireNonNull(sample)))
                            .as(key.path())
                            .isInstanceOf(Form.Answer.Good.class);
                    if (key.otherwise() instanceof Key.Otherwise.Value otherwise) {
                        assertThat(key.form().read(otherwise.value()))
                                .as(key.path())
                                .isInstanceOf(Form.Answer.Good.class);
                    }
                }
            }
        }
    }

    @Test
    void describesEveryKey() {
        assertThat(ConfigReader.describeNode(Example.DEFAULTS)).contains("""
                  capacity_ah: capacity, from its label
                      a number of ampere-hours from 0.5 to 10000; required; for example: capacity_ah = 20
                """);
        assertThat(ConfigReader.describeGateway(GATEWAY_DATA)).contains("""
                  tempo_min: length of an epoch; holds for a new ledger only
                      a whole number of minutes from 1 to 1440; default 60; for example: tempo_min = 60
                """);
    }

    @Test
    void readsTheFileOfAGateway() {
        assertThat(Example.good(gateway("[broker]\nurl = \"mqtt://localhost\"\n")))
                .isEqualTo(new GatewayConfig(
                        GATEWAY_DATA,
                        Duration.ofHours(1),
                        new Broker("localhost", 1883, Optional.empty()),
                        Optional.empty()));
        assertThat(Example.good(gateway("""
                                [gateway]
                                data = "/srv/ledger"
                                tempo_min = 5
                                [broker]
                                url = "mqtt://localhost:2883"
                                """)))
                .isEqualTo(new GatewayConfig(
                        Path.of("/srv/ledger"),
                        Duration.ofMinutes(5),
                        new Broker("localhost", 2883, Optional.empty()),
                        Optional.empty()));
    }

    @Test
    void aGatewayHasNoOtherTables() {
        assertThat(Example.texts(gateway("[gateway]\ntempo_min = 0\n[battery]\nvoltage = 12\n")))
                .isEqualTo("""
                        sunpeer.toml:1: [broker] is missing: add this table and below it url, for example: [broker]
                        sunpeer.toml:2: gateway.tempo_min is 0: give a whole number of minutes from 1 to 1440, for example: tempo_min = 60
                        sunpeer.toml:3: [battery] is not known: this file may have [gateway], [broker] and [clock], for example: [gateway]""");
    }

    private ConfigResult<GatewayConfig> gateway(String text) {
        return ConfigReader.gateway(Example.write(directory, text.getBytes(StandardCharsets.UTF_8)), GATEWAY_DATA);
    }
}
