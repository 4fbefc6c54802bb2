package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Patience;
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.ConfigResult;
import sunpeer.appliance.config.Defaults;
import sunpeer.appliance.config.Header;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.node.NodeView;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Devices;
import sunpeer.drivers.board.Board;
import sunpeer.drivers.board.BoardModel;
import sunpeer.drivers.board.Thermostat;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.VictronSimulator;

/** A node on a board that is a tree of files: sensors that the kernel's drivers own are there, GPIO chips are not. */
class HeaderLoopTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String HWMON = "sys/bus/i2c/devices/1-0040/hwmon/hwmon2/";

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void aPi5() throws Exception {
        root = directory.resolve("root");
        file("sys/firmware/devicetree/base/model", "Raspberry Pi 5 Model B Rev 1.0\0");
        file("sys/devices/1f00074000.i2c/i2c-1/name", "Synopsys DesignWare I2C adapter\n");
        Path devices = Files.createDirectories(root.resolve("sys/bus/i2c/devices"));
        Files.createSymbolicLink(devices.resolve("i2c-1"), root.resolve("sys/devices/1f00074000.i2c/i2c-1"));
    }

    private void file(String path, String text) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private NodeService start(Path toml, String more, Path boardRoot) throws Exception {
        Files.writeString(toml, Files.readString(toml) + more);
        var read = ConfigReader.node(toml, new Defaults(ZoneOffset.UTC, directory, Devices.profileIds()));
        assertThat(read).isInstanceOf(ConfigResult.Ok.class);
        NodeConfig config = ((ConfigResult.Ok<NodeConfig>) read).config();
        var started = NodeService.start(
                config,
                InstantSource.system(),
                Board.at(boardRoot),
                new Machine(boardRoot, List.of("false"), Duration.ZERO),
                new SecureRandom());
        return ((NodeService.Started.Ok) started).service();
    }

    @Test
    void aShuntOnTheHeaderIsTheMonitor() throws Exception {
        file(HWMON + "name", "ina226\n");
        file(HWMON + "in1_input", "13500\n");
        file(HWMON + "curr1_input", "-250\n");
        file(HWMON + "shunt_resistor", "10000\n");
        String shunt = "[monitor]\nshunt = \"ina226\"\nshunt_milliohm = 2\npositive = \"discharging\"\n";
        try (Home home = Home.steady(directory, Mosquitto.freePort());
                NodeService node = start(home.toml(), shunt, root)) {
            Patience.until(
                    "the current is the shunt's",
                    LIMIT,
                    () -> node.view()
                            .battery()
                            .reading()
                            .filter(reading -> reading.batteryA().number() == 1.25)
                            .isPresent());
            var reading = node.view().battery().reading().orElseThrow();
            assertThat(reading.origin()).contains("EPEVER", "battery by INA226 at 0x40 on 1f00074000.i2c");
            assertThat(reading.batteryV().number()).isEqualTo(13.5);
            assertThat(reading.pvV().number()).isEqualTo(18.4);
        }
    }

    @Test
    void aThermometerWhereTheControllerHasNone() throws Exception {
        file(
                "sys/bus/w1/devices/28-0123456789ab/w1_slave",
                "50 05 4b 46 7f ff 0c 10 1c : crc=1c YES\n50 05 4b 46 7f ff 0c 10 1c t=-3125\n");
        SimulatedValues sun = new SimulatedValues(13.5, 1.25, 0, 0, 0, 0, 24, 80, 0, ChargeStage.OFF);
        Pty line = Pty.open();
        String victron = "profile = \"victron\"\nport = \"" + line.path() + "\"";
        try (Home home = Home.steady(directory, Mosquitto.freePort());
                VictronSimulator _ = VictronSimulator.start(() -> sun, line, Duration.ofMillis(100));
                NodeService node = start(header(home.toml(victron), "battery_thermometer = \"ds18b20\"\n"), "", root)) {
            Patience.until(
                    "the temperature is there",
                    LIMIT,
                    () -> node.view()
                            .battery()
                            .reading()
                            .filter(reading -> reading.batteryC().isGood())
                            .isPresent());
            var reading = node.view().battery().reading().orElseThrow();
            assertThat(reading.batteryC().number()).isEqualTo(-3.125);
            assertThat(reading.origin()).endsWith("battery temperature by DS18B20 on the 1-Wire bus");
        }
    }

    private static Path header(Path toml, String keys) throws Exception {
        return Files.writeString(toml, Files.readString(toml).replace("[board]\n", "[board]\n" + keys));
    }

    @Test
    void aPcRunsOnWithoutAHeader() throws Exception {
        Path pc = Files.createDirectories(directory.resolve("pc"));
        try (Home home = Home.steady(directory, Mosquitto.freePort());
                NodeService node = start(
                        header(home.toml(), "led_pin = 11\nrelay_pin = 15\nbattery_thermometer = \"sht3x\"\n"),
                        "[monitor]\nshunt = \"ina226\"\nshunt_milliohm = 2\npositive = \"charging\"\n",
                        pc)) {
            Patience.until(
                    "it reads", LIMIT, () -> node.view().battery().reading().isPresent());
        }
    }

    @Test
    void whatIsMissingIsToldOnce() throws Exception {
        Header header = new Header(
                Optional.of(11),
                Optional.of(13),
                Optional.of(new Header.Fan(12, new Thermostat(65, 55))),
                Optional.of(new Header.Relay(6, false, 0.6, 0.4)),
                Optional.empty());
        List<String> lines = new CopyOnWriteArrayList<>();
        NodeView view;
        try (Home home = Home.steady(directory, Mosquitto.freePort());
                NodeService node = start(home.toml(), "", root)) {
            view = node.view();
        }
        HeaderRule rule = new HeaderRule(Optional.empty(), 1, 1, Duration.ofMinutes(5));
        HeaderLoop loop = new HeaderLoop(
                header,
                Board.at(root),
                BoardModel.RASPBERRY_PI_5,
                rule,
                () -> view,
                InstantSource.system(),
                lines::add,
                () -> lines.add("stops"));
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                loop.run();
            } catch (InterruptedException _) {
                lines.add("ended");
            }
        });
        // Each part is tried three times.
        Thread.sleep(Duration.ofMillis(2500));
        thread.interrupt();
        assertThat(thread.join(LIMIT)).isTrue();
        assertThat(lines).hasSize(6);
        assertThat(lines.getFirst()).startsWith("relay_pin = 6 is left alone: that pin is no GPIO");
        assertThat(lines.getLast()).isEqualTo("ended");
        assertThat(lines)
                .anyMatch(
                        line -> line.startsWith("the status light cannot be used: no GPIO chip is called pinctrl-rp1"))
                .anyMatch(line -> line.startsWith("the button cannot be used: no GPIO chip is called pinctrl-rp1"))
                .anyMatch(line -> line.startsWith("the fan cannot be used: no GPIO chip is called pinctrl-rp1"))
                .anyMatch(line -> line.startsWith("the processor's temperature cannot be read, so the fan runs"));
    }
}
