package sunpeer.drivers.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.probe.ProbeReport.Match;
import sunpeer.drivers.probe.ProbeReport.Outcome;
import sunpeer.drivers.simulator.BatteryImage;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.MidniteImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.MorningstarImage;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.RegisterImage;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.SrneImage;
import sunpeer.drivers.simulator.VictronSimulator;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;

/** Finds each family on a real pseudo-terminal or socket, and never writes. */
@Timeout(30)
class ProbeTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));
    private static final SimulatedValues VALUES =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);
    /** As in the field, but for simulators that answer at once. */
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(250), Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(50));

    record Family(String profile, int unit, RegisterImage image, boolean strong) {
        @Override
        public String toString() {
            return profile + " at unit " + unit;
        }
    }

    static Stream<Family> families() {
        return Stream.of(
                new Family("epever", 1, new EpeverImage(ProbeTest::copper), true),
                new Family("epever", 1, new Unnamed(new EpeverImage(ProbeTest::copper)), false),
                new Family("srne", 1, new SrneImage(ProbeTest::copper), true),
                new Family("srne", 16, new SrneImage(ProbeTest::copper), true),
                new Family("srne", 255, new SrneImage(ProbeTest::copper), true),
                new Family(
                        "tristar-mppt",
                        1,
                        new MorningstarImage(MorningstarImage.Model.TRISTAR_MPPT, ProbeTest::copper),
                        true),
                new Family(
                        "tristar-mppt",
                        1,
                        new Unnamed(new MorningstarImage(MorningstarImage.Model.TRISTAR_MPPT, ProbeTest::copper)),
                        false),
                new Family(
                        "prostar-mppt",
                        1,
                        new MorningstarImage(MorningstarImage.Model.PROSTAR_MPPT, ProbeTest::copper),
                        true),
                new Family(
                        "sunsaver-mppt",
                        1,
                        new MorningstarImage(MorningstarImage.Model.SUNSAVER_MPPT, ProbeTest::copper),
                        true),
                new Family("daly", 0xD2, new BatteryImage(BatteryImage.Model.DALY, ProbeTest::copper), true),
                new Family(
                        "renogy-battery", 0xF7, new BatteryImage(BatteryImage.Model.RENOGY, ProbeTest::copper), true));
    }

    private static SimulatedValues copper() {
        return VALUES;
    }

    /** Does not know function 43/14, as older firmware. */
    private record Unnamed(RegisterImage image) implements RegisterImage {
        @Override
        public Answer registers(int function, int address, int count) {
            return image.registers(function, address, count);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void findsEachFamilyAndNeverWrites(Family family) throws IOException {
        SimulatedUnits units = SimulatedUnits.of(family.unit(), family.image());
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line)) {
            Match match = found(new Probe(CLOCK, SHORT).serial(line.path()));
            assertThat(match.address())
                    .isEqualTo(new DeviceAddress(family.profile(), new Wire.Serial(line.path(), 0), family.unit()));
            assertThat(match.strong()).isEqualTo(family.strong());
            assertThat(match.read().orElseThrow()).isInstanceOf(ReadResult.Ok.class);
        }
        assertThat(units.writes()).isEmpty();
    }

    @Test
    void victronIsFoundByListeningOnly() throws IOException {
        Pty line = Pty.open();
        try (VictronSimulator _ = VictronSimulator.start(ProbeTest::copper, line, Duration.ofMillis(40))) {
            ProbeReport report = new Probe(CLOCK, SHORT).serial(line.path());
            assertThat(found(report).address())
                    .isEqualTo(new DeviceAddress("victron", new Wire.Serial(line.path(), 0), 1));
            assertThat(report.steps()).noneMatch(step -> step.what().contains("unit"));
        }
    }

    @Test
    void aVictronThatIsNoControllerIsNotTakenForOne() throws IOException {
        Pty line = Pty.open();
        try (VictronSimulator _ = VictronSimulator.startMonitor(ProbeTest::copper, line, Duration.ofMillis(40))) {
            assertThat(found(new Probe(CLOCK, SHORT).serial(line.path())).address())
                    .isEqualTo(new DeviceAddress("victron-monitor", new Wire.Serial(line.path(), 0), 1));
        }
    }

    @Test
    void anAddressInTheNetwork() throws IOException {
        SimulatedUnits midnite = SimulatedUnits.of(1, new MidniteImage(ProbeTest::copper));
        SimulatedUnits srne = SimulatedUnits.of(17, new SrneImage(ProbeTest::copper));
        try (ModbusServer one = ModbusServer.tcp(midnite, Door.of(0, 4));
                ModbusServer two = ModbusServer.tcp(srne, Door.of(0, 4));
                ModbusServer three = ModbusServer.rtuOverTcp(srne, Door.of(0, 4))) {
            assertThat(found(new Probe(CLOCK, SHORT).tcp("127.0.0.1", one.port()))
                            .address())
                    .isEqualTo(new DeviceAddress("midnite", new Wire.Tcp("127.0.0.1", one.port()), 1));
            assertThat(found(new Probe(CLOCK, SHORT).tcp("127.0.0.1", two.port()))
                            .address())
                    .isEqualTo(new DeviceAddress("srne", new Wire.Tcp("127.0.0.1", two.port()), 17));
            assertThat(found(new Probe(CLOCK, SHORT).rtuOverTcp("127.0.0.1", three.port()))
                            .address())
                    .isEqualTo(new DeviceAddress("srne", new Wire.RtuOverTcp("127.0.0.1", three.port()), 17));
        }
        assertThat(midnite.writes()).isEmpty();
        assertThat(srne.writes()).isEmpty();
    }

    @Test
    void anotherMasterIsLeftAlone() throws IOException {
        byte[] question = RtuFrame.request(new Request.Registers(3, 4, 0x3100, 18));
        SimulatedUnits units = SimulatedUnits.of(1, new EpeverImage(ProbeTest::copper));
        Pty line = Pty.open();
        Thread master = Thread.ofPlatform().daemon().start(() -> {
            while (!line.isClosed()) {
                line.write(question);
                LockSupport.parkNanos(20_000_000);
            }
        });
        try (ModbusServer _ = ModbusServer.rtu(units, line)) {
            ProbeReport report = new Probe(CLOCK, SHORT).serial(line.path());
            assertThat(report.outcome()).isInstanceOf(Outcome.OtherMaster.class);
            assertThat(((Outcome.OtherMaster) report.outcome()).evidence()).contains("function 4 with unit 3");
        }
        assertThat(units.requests()).as("nothing was sent").isZero();
        assertThat(master.isDaemon()).isTrue();
    }

    @Test
    void nobodyAndStrangers() throws IOException {
        try (Pty line = Pty.open()) {
            assertThat(new Probe(CLOCK, SHORT).serial(line.path()).outcome()).isEqualTo(new Outcome.Nothing());
        }
        RegisterImage deaf = (_, _, _) -> RegisterImage.ILLEGAL_ADDRESS;
        try (ModbusServer server = ModbusServer.tcp(SimulatedUnits.of(Map.of(1, deaf)), Door.of(0, 4))) {
            Outcome outcome =
                    new Probe(CLOCK, SHORT).tcp("127.0.0.1", server.port()).outcome();
            assertThat(((Outcome.Stranger) outcome).what()).contains("unit 1 answers function 43 with exception 1");
        }
    }

    @Test
    void aPortThatCannotBeHad(@TempDir Path folder) throws IOException {
        Outcome missing = new Probe(CLOCK, SHORT).serial(folder + "/nothing").outcome();
        assertThat(((Outcome.NotProbed) missing).reason()).contains("does not exist");
        Outcome closed = new Probe(CLOCK, SHORT).tcp("127.0.0.1", 1).outcome();
        assertThat(((Outcome.NotProbed) closed).reason()).contains("cannot be reached");
    }

    @Test
    void aPortIsOverWithinAMinute() {
        Patience field = Patience.FIELD;
        Duration listening = field.talker().plus(field.master().multipliedBy(2));
        Duration question = field.quiet().plus(field.timeout()).plusMillis(200); // the port is opened anew
        assertThat(listening.plus(question.multipliedBy(Question.serial().size())))
                .as("all questions at a silent port")
                .isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void theOrderOfTheQuestions() {
        List<String> order = Question.serial().stream()
                .map(question -> question.profile().id() + " "
                        + question.identify().baud() + " " + question.identify().unit())
                .toList();
        assertThat(order).startsWith("victron 19200 1");
        assertThat(order)
                .containsSubsequence(
                        "epever 115200 1",
                        "tristar-mppt 9600 1",
                        "srne 9600 1",
                        "srne 9600 255",
                        "srne 9600 16",
                        "srne 9600 17",
                        "daly 9600 210");
    }

    @Test
    void portsAreListedOnceUnderTheirLastingNames(@TempDir Path dev) throws IOException {
        try (Pty one = Pty.open();
                Pty two = Pty.open();
                Pty three = Pty.open()) {
            Path byId = Files.createDirectories(dev.resolve("serial/by-id"));
            Path lasting = Files.createSymbolicLink(byId.resolve("usb-FTDI"), Path.of(one.path()));
            Files.createSymbolicLink(dev.resolve("ttyUSB0"), Path.of(one.path()));
            Path plain = Files.createSymbolicLink(dev.resolve("ttyUSB1"), Path.of(two.path()));
            Path board = Files.createSymbolicLink(dev.resolve("serial0"), Path.of(three.path()));
            List<SerialPorts.Port> ports = SerialPorts.list(dev, List.of(two.path()));
            assertThat(ports)
                    .extracting(SerialPorts.Port::path)
                    .containsExactly(lasting.toString(), board.toString(), plain.toString());
            assertThat(ports.get(0).holder()).isEmpty();
            assertThat(ports.get(2).holder()).contains("this node, by its configuration");
        }
    }

    private static Match found(ProbeReport report) {
        assertThat(report.outcome()).as("%s", report).isInstanceOf(Outcome.Found.class);
        return ((Outcome.Found) report.outcome()).matches().getFirst();
    }
}
