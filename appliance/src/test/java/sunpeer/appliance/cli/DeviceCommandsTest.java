package sunpeer.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Program;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SrneImage;

/** The commands that work on a device: read, probe, load, clock. */
class DeviceCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final SimulatedUnits srne = SimulatedUnits.of(5, new SrneImage(() -> Home.NOON));

    private ModbusServer serve() throws IOException {
        return ModbusServer.tcp(srne, Door.of(0, 4));
    }

    @Test
    void readsWithoutAConfigurationAndReplaysWhatItRecorded() throws IOException {
        Path capture = directory.resolve("srne.txt");
        try (ModbusServer server = serve()) {
            Object address = "127.0.0.1:" + server.port();
            Program.Result raw = Program.here(
                    "read", "--profile", "srne", "--tcp", address, "--unit", 5, "--raw", "--record", capture);
            assertThat(raw.code()).as(raw.err()).isZero();
            assertThat(raw.out())
                    .containsPattern("(?m)^ +\\d+ ms > 05 03 01 00 00 23 ")
                    .containsPattern("(?m)^ +\\d+ ms < 05 03 46 ")
                    .containsPattern("(?m)^  battery_v +13.40 V +good$")
                    .containsPattern("(?m)^  model +ML2420$");
            assertThat(Program.here("read", "--profile", "srne", "--tcp", address, "--record", capture)
                            .err())
                    .contains("is it there already?");
        }
        assertThat(srne.writes()).isEmpty();
        Program.Result text = Program.here("read", "--replay", capture);
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("SRNE/Renogy at " + capture + ", unit 5")
                .containsPattern("pv_v +18.40 V");
        JsonNode json = JSON.readTree(
                Program.here("read", "--json", "--replay", capture).out());
        assertThat(json.at("/battery_a").doubleValue()).isEqualTo(2.5);
        assertThat(json.at("/details/model/text").textValue()).isEqualTo("ML2420");

        Program.Result wrong = Program.here("read", "--replay", capture, "--profile", "epever");
        assertThat(wrong.code()).isEqualTo(Exit.FAILED);
        assertThat(wrong.err()).startsWith("sunpeer: " + capture + " does not fit profile epever: ");
    }

    @Test
    void replaysWhatOthersKeepAndChecksWhatIsExpected() throws IOException {
        String pair = "{\"request\": \"0103010100 01d436\", \"response\": \"010302007bf867\"}";
        Path frames = Files.writeString(directory.resolve("frames.json"), "{\"frames\": [" + pair + "]}");
        assertThat(Program.here("read", "--replay", frames, "--profile", "srne").out())
                .containsPattern("battery_v +12.30 V +good")
                .containsPattern("pv_v +- V +absent");
        assertThat(Program.here("read", "--replay", frames).err()).contains("names no profile: give --profile, one of");
        Path text = directory.resolve("frames.txt");
        String head = "sunpeer capture 1\nprofile srne\n> 010301010001d436\n< 010302007bf867\n= battery_v ";
        Files.writeString(text, head + "12.3\n= pv_v absent\n");
        assertThat(Program.here("read", "--replay", text).code()).isZero();
        Files.writeString(text, head + "12.4\n");
        Program.Result differs = Program.here("read", "--replay", text);
        assertThat(differs.code()).isEqualTo(Exit.FAILED);
        assertThat(differs.err()).isEqualTo("sunpeer: " + text + ", line 5: battery_v is 12.3, not 12.4\n");
        Files.writeString(text, head + "\n");
        assertThat(Program.here("read", "--replay", text).err())
                .isEqualTo("sunpeer: frames.txt:5: is not \"= NAME VALUE [QUALITY]\"\n");
    }

    @Test
    void probeNamesTheDeviceAndTheLinesToPaste() throws IOException {
        SimulatedUnits one = SimulatedUnits.of(1, new SrneImage(() -> Home.NOON));
        try (ModbusServer server = ModbusServer.tcp(one, Door.of(0, 4))) {
            String address = "127.0.0.1:" + server.port();
            Program.Result page = Program.here("probe", "tcp:" + address);
            assertThat(page.code()).isZero();
            assertThat(page.out())
                    .contains("Found: SRNE/Renogy (strong match")
                    .contains("    [controller]\n    profile = \"srne\"\n    tcp = \"" + address + "\"\n");
            assertThat(page.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            JsonNode json = JSON.readTree(
                    Program.here("probe", "--json", "tcp:" + address).out());
            assertThat(json.at("/matches/0/strength").textValue()).isEqualTo("strong");
        }
        assertThat(one.writes()).isEmpty();
    }

    @Test
    void aPortInUseIsNotProbed() throws IOException {
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(() -> Home.NOON)), line);
                Device holder = Devices.open(
                        new DeviceAddress("epever", new Wire.Serial(line.path(), 0), 1), InstantSource.system())) {
            holder.read();
            Program.Result busy = Program.here("probe", line.path());
            assertThat(busy.code()).isEqualTo(Exit.TRY_AGAIN);
            assertThat(busy.out()).contains("Not probed: " + line.path() + " is");
        }
    }

    @Test
    void loadAndClockOnlyForWhoAskedForThem() throws IOException {
        EpeverImage image = new EpeverImage(() -> Home.NOON);
        SimulatedUnits units = SimulatedUnits.of(1, image);
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                Home home = Home.steady(directory, 1)) {
            Files.createDirectories(home.data());
            String controller = "profile = \"epever\"\nport = \"" + line.path() + "\"";
            Path toml = home.toml(controller);
            Program.Result status = Program.here("load", "status", "--config", toml);
            assertThat(status.out()).startsWith("load on, 13.37 V at the output, manual mode");
            assertThat(Program.here("load", "off", "--config", toml).err()).contains("load_switch = true");
            assertThat(Program.here("clock", "--config", toml).err()).contains("clock_sync = true");
            String both = controller + "\nload_switch = true\nclock_sync = true";
            assertThat(Program.here("load", "off", "--config", home.toml(both)).err())
                    .contains("board.supply is missing");
            Path allowed = home.toml(both);
            Files.writeString(
                    allowed, Files.readString(allowed).replace("[board]\n", "[board]\nsupply = \"battery\"\n"));
            assertThat(Program.here("load", "off", "--dry-run", "--config", allowed)
                            .out())
                    .startsWith("load all conditions hold; nothing was written");
            assertThat(units.writes()).isEmpty();
            Program.Result off = Program.here("load", "off", "--config", allowed);
            assertThat(off.code()).as(off.err()).isZero();
            assertThat(off.out()).startsWith("load before: on").contains("load after:  off, 0.00 V at the output");
            assertThat(image.loadOn()).isFalse();
            assertThat(Program.here("load", "on", "--config", allowed).err()).contains("less than 60 s ago");
        }
        assertThat(List.copyOf(units.writes())).hasSize(1);
    }
}
