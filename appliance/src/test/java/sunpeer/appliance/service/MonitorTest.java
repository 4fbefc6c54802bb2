package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Patience;
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.ConfigResult;
import sunpeer.appliance.config.Defaults;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Reading;
import sunpeer.drivers.simulator.BatteryImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.SrneImage;
import sunpeer.drivers.simulator.VictronSimulator;

/** A whole node with a controller and a second device at the battery. */
class MonitorTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final SimulatedValues SHUNT =
            new SimulatedValues(13.5, 1.25, 0, 0, 0, 0, 24, 80, 0, ChargeStage.OFF);

    @TempDir
    private Path directory;

    @Test
    void onAWireOfItsOwn() throws Exception {
        Pty line = Pty.open();
        int broker = Mosquitto.freePort();
        try (Home home = Home.steady(directory, broker);
                VictronSimulator _ = VictronSimulator.start(() -> SHUNT, line, Duration.ofMillis(100))) {
            Reading reading = readingOf(home.toml(), "profile = \"victron\"\nport = \"" + line.path() + "\"");
            assertThat(reading.origin()).contains("EPEVER", "battery by Victron");
            assertThat(reading.batteryV().number()).isEqualTo(13.5);
            assertThat(reading.pvV().number()).isEqualTo(18.4);
        }
    }

    @Test
    void onTheControllersWire() throws Exception {
        Pty line = Pty.open();
        SimulatedUnits units = SimulatedUnits.of(Map.of(
                1, new SrneImage(() -> Home.NOON), 0xF7, new BatteryImage(BatteryImage.Model.RENOGY, () -> SHUNT)));
        String port = "port = \"" + line.path() + "\"";
        try (Home home = Home.steady(directory, Mosquitto.freePort());
                ModbusServer _ = ModbusServer.rtu(units, line)) {
            Path toml = home.toml("profile = \"srne\"\n" + port);
            Reading reading = readingOf(toml, "profile = \"renogy-battery\"\nunit = 247\n" + port);
            assertThat(reading.origin()).contains("SRNE", "battery by Renogy");
            assertThat(reading.pvV().number()).isEqualTo(18.4);
        }
    }

    /** The first reading of a node with whose monitor 1.25 A were seen. */
    private Reading readingOf(Path toml, String monitor) throws Exception {
        Files.writeString(toml, Files.readString(toml) + "[monitor]\n" + monitor + "\n");
        var defaults = new Defaults(ZoneOffset.UTC, directory, Devices.profileIds());
        var config = ((ConfigResult.Ok<NodeConfig>) ConfigReader.node(toml, defaults)).config();
        var started = NodeService.start(config, InstantSource.system(), new SecureRandom());
        try (NodeService node = ((NodeService.Started.Ok) started).service()) {
            Patience.until(
                    "the current is the monitor's",
                    LIMIT,
                    () -> node.view()
                            .battery()
                            .reading()
                            .filter(reading -> reading.batteryA().number() == 1.25)
                            .isPresent());
            return node.view().battery().reading().orElseThrow();
        }
    }
}
