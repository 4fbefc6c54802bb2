package sunpeer.drivers.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.Captures;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.SrneImage;
import sunpeer.drivers.simulator.VictronSimulator;

/** What was recorded decodes to what was read, on every wire; and captures of others decode as far as they reach. */
@Timeout(30)
class ReplayTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));

    private volatile SimulatedValues values =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, -3, 71, 123_450, ChargeStage.FLOAT);

    @TempDir
    private Path folder;

    @Test
    void modbusOnASerialLine() throws IOException {
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(() -> values)), line)) {
            replaysAsRead(new DeviceAddress("epever", new Wire.Serial(line.path(), 0), 1));
        }
    }

    @Test
    void modbusTcpIsWrittenAsRtu() throws IOException {
        SimulatedUnits units = SimulatedUnits.of(Map.of(5, new SrneImage(() -> values)));
        try (ModbusServer server = ModbusServer.tcp(units, Door.of(0, 8))) {
            replaysAsRead(new DeviceAddress("srne", new Wire.Tcp("127.0.0.1", server.port()), 5));
        }
    }

    @Test
    void vedirect() throws IOException {
        Pty line = Pty.open();
        try (VictronSimulator _ = VictronSimulator.start(() -> values, line, Duration.ofMillis(40))) {
            replaysAsRead(new DeviceAddress("victron", new Wire.Serial(line.path(), 0), 1));
        }
    }

    private void replaysAsRead(DeviceAddress address) throws IOException {
        Path file = folder.resolve(address.profile() + ".txt");
        List<Instant> times = new ArrayList<>();
        List<ReadResult> read = new ArrayList<>();
        InstantSource clock = () -> NOON.instant().plusSeconds(10L * times.size());
        try (Recorder recorder = Recorder.create(file, address, clock);
                Device device = Devices.open(address, clock, recorder)) {
            for (int i = 0; i < 3; i++) {
                recorder.poll();
                read.add(device.read());
                times.add(clock.instant());
                values = new SimulatedValues(12.1, -0.6, 0, 0.6, 0, 0, 9, 40, 123_450, ChargeStage.OFF);
            }
            assertThat(recorder.failure()).isEmpty();
        }
        Capture capture = ((CaptureResult.Ok) CaptureFile.read(file)).capture();
        assertThat(capture.profile()).isEqualTo(address.profile());
        Replay replay = new Replay(capture, "x", address.profile(), InstantSource.system());
        List<Replay.Round> rounds = replay.rounds(0);
        assertThat(rounds).hasSize(3);
        for (int i = 0; i < 3; i++) {
            ReadResult.Ok live = (ReadResult.Ok) read.get(i);
            ReadResult.Ok again = (ReadResult.Ok) rounds.get(i).result();
            assertThat(again.details()).isEqualTo(live.details());
            assertThat(again.reading())
                    .usingRecursiveComparison()
                    .ignoringFields("origin")
                    .isEqualTo(live.reading());
        }
        assertThat(replay.notes()).isEmpty();
    }

    @Test
    void oneRegisterARequestIsEnough() {
        Replay replay = new Replay(Captures.capture("epever-tracer2215bn.txt"), "x", "epever", NOON);
        Reading reading = reading(replay.rounds(0).getFirst().result());
        assertThat(reading.batteryV()).isEqualTo(Value.good(12.96));
        assertThat(reading.pvEnergyTotalWh()).isEqualTo(Value.good(2780));
    }

    @Test
    void blocksOfSeveralDevicesAreNotMixed() {
        Capture blocks = json(
                """
                {"blocks": [{"hex": "%s"}, {"hex": "%s"}]}""",
                block("PID\t0xA053", "V\t12540", "I\t40", "VPV\t18540", "PPV\t5", "CS\t3", "H19\t144"),
                block("PID\t0xA060", "V\t26110", "I\t-200", "PPV\t0", "CS\t0"));
        List<Replay.Round> rounds = new Replay(blocks, "x", "victron", NOON).rounds(0);
        assertThat(rounds).hasSize(2);
        assertThat(reading(rounds.get(0).result()).pvV()).isEqualTo(Value.good(18.54));
        assertThat(reading(rounds.get(1).result()).batteryV()).isEqualTo(Value.good(26.11));
        assertThat(reading(rounds.get(1).result()).pvV()).isEqualTo(Value.ABSENT);
    }

    @Test
    void whatIsBrokenInItIsNamedAndNothingIsMadeOfIt() {
        Capture capture = text("""
                @ 2026-06-21T12:00:00Z
                > +0 01 04 31 00 00 12 7e fb
                < +20 01 04 24
                > +1400 01 04 31 00 00 12 7e fb
                """);
        Replay replay = new Replay(capture, "x", "epever", NOON);
        Fault fault = ((ReadResult.Failed) replay.rounds(0).getFirst().result()).fault();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.NO_ANSWER);
        assertThat(fault.message())
                .isEqualTo("x holds no good answer to registers 0x3100..0x3111 (function 4), see line 5");
        assertThat(replay.notes())
                .containsExactly(
                        "line 3 has an answer that does not fit it: registers 0x3100..0x3111 (function 4)",
                        "line 5 has no answer: registers 0x3100..0x3111 (function 4)");
    }

    @Test
    void theWrongProfileDecodesNothing() {
        Replay replay = new Replay(Captures.capture("epever-tracer2215bn.txt"), "x", "srne", NOON);
        Fault fault = ((ReadResult.Failed) replay.rounds(0).getFirst().result()).fault();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.REFUSED);
    }

    @Test
    void framesOfModbusTcpAsTheyAre() {
        Capture capture = json(
                """
                [{"request": "%s", "response": "%s"}]""",
                "0007000000060203010000" + "23", "000700000049020346" + "0047008600d21519".concat("0000".repeat(31)));
        Reading reading = reading(
                new Replay(capture, "x", "srne", NOON).rounds(0).getFirst().result());
        assertThat(reading.origin()).endsWith("unit 2");
        assertThat(reading.batteryV()).isEqualTo(Value.good(13.4));
    }

    private static Capture text(String frames) {
        CaptureResult result = CaptureFile.parse("x", "sunpeer capture 1\n" + frames);
        assertThat(result).isInstanceOf(CaptureResult.Ok.class);
        return ((CaptureResult.Ok) result).capture();
    }

    private static Capture json(String format, String... hex) {
        CaptureResult result = CaptureFile.parse("x", format.formatted((Object[]) hex));
        assertThat(result).isInstanceOf(CaptureResult.Ok.class);
        return ((CaptureResult.Ok) result).capture();
    }

    private static String block(String... fields) {
        StringBuilder text = new StringBuilder();
        List.of(fields).forEach(field -> text.append("\r\n").append(field));
        text.append("\r\nChecksum\t");
        int sum = text.chars().sum();
        text.append((char) (-sum & 0xFF));
        StringBuilder hex = new StringBuilder();
        text.chars().forEach(octet -> hex.append("%02x".formatted(octet)));
        return hex.toString();
    }

    private static Reading reading(ReadResult result) {
        assertThat(result).as(result.toString()).isInstanceOf(ReadResult.Ok.class);
        return ((ReadResult.Ok) result).reading();
    }
}
