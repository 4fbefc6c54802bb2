package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault.Kind;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.Words;

/** Everything a bad line can do, as the owner sees it; and the reading after it is right again. */
@Timeout(60)
class LineFaultTest {
    private static final SimulatedValues VALUES =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);

    static Stream<Arguments> lasting() {
        return Stream.of(
                Arguments.of(new LineFault.Silence(), Kind.NO_ANSWER, "check power"),
                Arguments.of(new LineFault.WrongChecksum(), Kind.GARBLED, "wrong checksum"),
                Arguments.of(new LineFault.WrongUnit(), Kind.GARBLED, "unit 2 instead of unit 1"),
                Arguments.of(new LineFault.ShortAnswer(), Kind.GARBLED, "a short answer"),
                Arguments.of(new LineFault.Late(Duration.ofMillis(1200)), Kind.NO_ANSWER, "late"),
                Arguments.of(new LineFault.ExceptionCode(4), Kind.REFUSED, "failed while reading"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void aLastingFaultIsNamedAndForgotten(LineFault fault, Kind kind, String words) throws IOException {
        FaultyWire line = new FaultyWire(Pty.open());
        try (ModbusServer _ = serve(() -> VALUES, line);
                Device device = open(line)) {
            expectRight(device.read());
            line.inject(fault);
            ReadResult result = device.read();
            assertThat(result).isInstanceOf(ReadResult.Failed.class);
            assertThat(((ReadResult.Failed) result).fault().kind()).isEqualTo(kind);
            assertThat(((ReadResult.Failed) result).fault().message()).contains(words, line.path());
            line.clear();
            expectRight(device.read());
        }
    }

    static Stream<LineFault> passing() {
        return Stream.of(
                new LineFault.Silence(),
                new LineFault.WrongChecksum(),
                new LineFault.WrongUnit(),
                new LineFault.ShortAnswer(),
                new LineFault.Late(Duration.ofMillis(1100)),
                new LineFault.StrayBytes(3),
                new LineFault.StrayBytes(8));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aPassingFaultIsNotSeenAtAll(LineFault fault) throws IOException {
        FaultyWire line = new FaultyWire(Pty.open());
        try (ModbusServer _ = serve(() -> VALUES, line);
                Device device = open(line)) {
            line.inject(fault, 1);
            expectRight(device.read());
        }
    }

    /** The next request has the same length: without the wait its answer would be the late one, with no error. */
    @Test
    void aLateAnswerIsNeverTakenForTheNext() throws IOException {
        FaultyWire line = new FaultyWire(Pty.open());
        AtomicReference<SimulatedValues> values = new AtomicReference<>(VALUES);
        try (ModbusServer _ = serve(values::get, line);
                RtuBus bus = new RtuBus(new SerialLine(line.path(), 115200), 10)) {
            line.inject(new LineFault.Late(Duration.ofMillis(1300)), 3);
            assertThat(bus.ask(new Request.Registers(1, 4, 0x3104, 1))).isInstanceOf(Answer.Failed.class);
            assertThat(bus.ask(new Request.Registers(1, 4, 0x311A, 1)))
                    .isEqualTo(new Answer.Registers(new Words(0x311A, 71)));
            assertThat(bus.ask(new Request.Registers(1, 4, 0x3104, 1)))
                    .isEqualTo(new Answer.Registers(new Words(0x3104, 1342)));
        }
    }

    @Test
    void limitsOfTheRealUnit() throws IOException {
        FaultyWire line = new FaultyWire(Pty.open());
        try (ModbusServer _ = serve(() -> VALUES, line);
                RtuBus bus = new RtuBus(new SerialLine(line.path(), 115200), 10)) {
            assertThat(bus.ask(new Request.Registers(1, 3, 0x3104, 1))).isEqualTo(new Answer.Refused(2));
            assertThat(bus.ask(new Request.Registers(1, 4, 0x3100, 19))).isEqualTo(new Answer.Refused(2));
            assertThat(bus.ask(new Request.Registers(1, 4, 0x311A, 2))).isEqualTo(new Answer.Refused(2));
            assertThat(bus.ask(new Request.Registers(1, 4, 0x9000, 1))).isEqualTo(new Answer.Refused(2));
            assertThat(bus.ask(new Request.Registers(1, 3, 0x9000, 2)))
                    .isEqualTo(new Answer.Registers(new Words(0x9000, 1, 100)));
        }
    }

    private static ModbusServer serve(Supplier<SimulatedValues> values, WireEnd line) {
        return ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(values)), line);
    }

    private static Device open(WireEnd line) {
        return Devices.open(
                new DeviceAddress("epever", new Wire.Serial(line.path(), 0), 1), InstantSource.fixed(Instant.EPOCH));
    }

    private static void expectRight(ReadResult result) {
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        Reading reading = ((ReadResult.Ok) result).reading();
        assertThat(reading.batteryV()).isEqualTo(Value.good(13.42));
        assertThat(reading.batteryA()).isEqualTo(Value.good(1.5));
        assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(71));
    }
}
