package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.simulator.ModbusServer.Door;

/** Drivers against simulators, over real pseudo-terminals and sockets. */
@Timeout(30)
class OnTheWireTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));

    private volatile SimulatedValues values =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, -3, 71, 123_450, ChargeStage.FLOAT);

    @Test
    void epever(@TempDir Path folder) throws IOException {
        Path link = folder.resolve("epever");
        try (ModbusServer _ = epever(Pty.open(link));
                Device device = serial("epever", link.toString())) {
            Reading reading = read(device);
            expectCommon(reading, 0.01);
            assertThat(reading.origin()).isEqualTo("EPEVER Tracer at " + link + ", unit 1");
            assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(71));
            assertThat(reading.batteryC()).isEqualTo(Value.good(-3));
            values = new SimulatedValues(12.1, -0.6, 0, 0.6, 0, 0, 9, 40, 123_450, ChargeStage.OFF);
            Reading night = read(device);
            assertThat(night.batteryA()).isEqualTo(Value.good(-0.6));
            assertThat(night.pvW()).isEqualTo(Value.good(0));
            assertThat(night.stage()).isEqualTo(ChargeStage.OFF);
            assertThat(night.pvEnergyTotalWh()).isEqualTo(Value.good(123_450));
        }
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void epeverManyReadsInARow() throws IOException {
        Pty line = Pty.open();
        try (ModbusServer _ = epever(line);
                Device device = serial("epever", line.path())) {
            for (int i = 0; i < 50; i++) {
                read(device);
            }
        }
    }

    @Test
    void epeverOfAnotherModelOnTwoLines() throws IOException {
        List<Pty> lines = List.of(Pty.open(), Pty.open());
        RegisterImage small = new EpeverImage(() -> values, EpeverImage.Model.TRACER_3210A, CLOCK);
        try (ModbusServer _ = ModbusServer.rtu(SimulatedUnits.of(7, small), lines.get(0), lines.get(1));
                Device one = serial("epever", lines.get(0).path(), 7);
                Device two = serial("epever", lines.get(1).path(), 7)) {
            for (int i = 0; i < 3; i++) {
                assertThat(read(one).batteryA()).isEqualTo(Value.good(1.5));
                assertThat(read(two).batteryA()).isEqualTo(Value.good(1.5));
            }
        }
    }

    @Test
    void srneForSeveralClients() throws IOException {
        try (ModbusServer simulator = srne(1, 0);
                Device one = tcp(simulator.port());
                Device two = tcp(simulator.port())) {
            for (int i = 0; i < 20; i++) {
                expectCommon(read(one), 0.1);
                expectCommon(read(two), 0.1);
            }
            assertThat(read(one).batteryC()).isEqualTo(Value.good(-3));
            assertThat(read(one).pvW().number()).as("volts times amperes").isCloseTo(28.365, within(0.001));
        }
    }

    @Test
    void srneWithTheWrongUnitAndAfterRestart() throws IOException {
        int port;
        try (ModbusServer simulator = srne(5, 0);
                Device device = tcp(simulator.port())) {
            port = simulator.port();
            assertThat(fault(device).kind()).as("exception 11").isEqualTo(Fault.Kind.NO_ANSWER);
        }
        try (Device device = tcp(port)) {
            assertThat(fault(device).kind()).isEqualTo(Fault.Kind.UNREACHABLE);
            try (ModbusServer _ = srne(1, port)) {
                expectCommon(read(device), 0.1);
            }
            assertThat(fault(device).kind()).isEqualTo(Fault.Kind.UNREACHABLE);
        }
    }

    @Test
    void victron() throws IOException {
        Pty line = Pty.open();
        try (VictronSimulator _ = VictronSimulator.start(() -> values, line, Duration.ofMillis(40));
                Device device = serial("victron", line.path())) {
            for (int i = 0; i < 20; i++) {
                expectCommon(read(device), 0.001);
            }
            values = new SimulatedValues(12.1, -0.6, 0, 0.6, 0, 0, 9, 40, 123_450, ChargeStage.OFF);
            Reading next = read(device);
            Reading second = next.batteryV().number() == 12.1 ? next : read(device);
            assertThat(second.batteryV()).isEqualTo(Value.good(12.1));
            assertThat(second.batteryC().quality()).isEqualTo(Quality.ABSENT);
        }
    }

    @Test
    void victronAfterALongPauseTellsOfNow() throws IOException, InterruptedException {
        Pty line = Pty.open();
        try (VictronSimulator _ = VictronSimulator.start(() -> values, line, Duration.ofMillis(20));
                Device device = serial("victron", line.path())) {
            read(device);
            Thread.sleep(1800); // more than the kernel's buffer holds
            values = new SimulatedValues(12.1, -0.6, 0, 0.6, 0, 0, 9, 40, 123_450, ChargeStage.OFF);
            // The block that is on the wire just now may still be an old one; a backlog would be dozens of them.
            read(device);
            read(device);
            assertThat(read(device).batteryV()).isEqualTo(Value.good(12.1));
        }
    }

    @Test
    void silentVictron() throws IOException {
        try (Pty line = Pty.open();
                Device device = serial("victron", line.path())) {
            assertThat(fault(device).kind()).isEqualTo(Fault.Kind.NO_ANSWER);
        }
    }

    @Test
    void aPortHasOneOwner() throws IOException {
        Pty line = Pty.open();
        try (ModbusServer _ = epever(line);
                Device first = serial("epever", line.path());
                Device second = serial("epever", line.path())) {
            read(first);
            Fault fault = fault(second);
            assertThat(fault.kind()).as(fault.message()).isEqualTo(Fault.Kind.PORT_BUSY);
            assertThat(fault.message()).contains(line.path());
            read(first);
        }
    }

    @Test
    void aLostPortIsOpenedAgainUnderItsLink(@TempDir Path folder) throws IOException {
        Path link = folder.resolve("adapter");
        ModbusServer first = epever(Pty.open(link));
        try (Device device = serial("epever", link.toString())) {
            read(device);
            first.close();
            assertThat(fault(device).kind()).isEqualTo(Fault.Kind.PORT_MISSING);
            try (Pty _ = Pty.open();
                    ModbusServer _ = epever(Pty.open(link))) {
                expectCommon(read(device), 0.01);
            }
        }
    }

    @Test
    void closingAPtyWakesItsReader() throws IOException, InterruptedException {
        Pty line = Pty.open();
        Thread reader = Thread.ofPlatform().start(() -> line.read(new byte[8], 0, 8, -1));
        Thread.sleep(50);
        line.close();
        assertThat(reader.join(Duration.ofSeconds(2))).isTrue();
    }

    private ModbusServer epever(Pty line) {
        return ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(() -> values)), line);
    }

    private ModbusServer srne(int unit, int port) throws IOException {
        return ModbusServer.tcp(SimulatedUnits.of(unit, new SrneImage(() -> values)), Door.of(port, 8));
    }

    private void expectCommon(Reading reading, double resolution) {
        assertThat(reading.at()).isEqualTo(CLOCK.instant());
        expect(reading.batteryV(), 13.42, resolution);
        expect(reading.batteryA(), 1.5, 0.001);
        expect(reading.chargeA(), 2.1, 0.001);
        expect(reading.loadA(), 0.6, 0.001);
        expect(reading.loadW(), 13.42 * 0.6, 0.06);
        expect(reading.pvV(), 18.3, resolution);
        expect(reading.pvW(), 18.3 * 1.55, 1);
        expect(reading.pvEnergyTotalWh(), 123_450, 0.1);
        assertThat(reading.stage()).isEqualTo(ChargeStage.FLOAT);
    }

    private static void expect(Value value, double number, double resolution) {
        assertThat(value.quality()).isIn(Quality.GOOD, Quality.STALE);
        assertThat(value.number()).isCloseTo(number, within(resolution / 2 + 1e-9));
    }

    private static Device serial(String profile, String path) {
        return serial(profile, path, 1);
    }

    private static Device serial(String profile, String path, int unit) {
        return Devices.open(new DeviceAddress(profile, new Wire.Serial(path, 0), unit), CLOCK);
    }

    private static Device tcp(int port) {
        return Devices.open(new DeviceAddress("srne", new Wire.Tcp("127.0.0.1", port), 1), CLOCK);
    }

    private static Reading read(Device device) {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return ((ReadResult.Ok) result).reading();
    }

    private static Fault fault(Device device) {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Failed.class);
        return ((ReadResult.Failed) result).fault();
    }
}
