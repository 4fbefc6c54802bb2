package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Fault.Kind;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.Timing;
import sunpeer.drivers.transport.Words;

/** Everything a bad line can do, one thing at a time; and the answer after it is right again. */
@Timeout(30)
class LineFaultTest {
    private static final SimulatedValues VALUES =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Timing TIMING =
            new Timing(TIMEOUT, Duration.ofMillis(100), Duration.ofMillis(15), Duration.ofMillis(1));
    private static final Request VOLTAGE = new Request.Registers(1, 4, 0x3104, 1);
    private static final Answer RIGHT = new Answer.Registers(new Words(0x3104, 1342));

    private final FaultPlan faults = FaultPlan.byHand(TIMEOUT);

    @TempDir
    Path folder;

    static Stream<Arguments> lasting() {
        return Stream.of(
                Arguments.of(WireFault.SILENCE, Kind.NO_ANSWER, "check power"),
                Arguments.of(WireFault.FLIPPED_BITS, Kind.GARBLED, "check cable"),
                Arguments.of(WireFault.WRONG_UNIT, Kind.GARBLED, "unit 2 instead of unit 1"),
                Arguments.of(WireFault.SHORT, Kind.GARBLED, "a short answer"),
                Arguments.of(WireFault.NOISE_INSIDE, Kind.GARBLED, "check cable"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void aLastingFaultIsNamedAndForgotten(WireFault fault, Kind kind, String words) throws IOException {
        Pty line = Pty.open();
        try (ModbusServer _ = serve(line);
                RtuBus bus = bus(line)) {
            assertThat(bus.ask(VOLTAGE)).isEqualTo(RIGHT);
            faults.inject(fault);
            assertThat(bus.ask(VOLTAGE)).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                assertThat(failed.fault().kind()).isEqualTo(kind);
                assertThat(failed.fault().message()).contains(words, line.path());
            });
            faults.clear();
            assertThat(bus.ask(VOLTAGE)).isEqualTo(RIGHT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXCEPTION")
    void aPassingFaultIsNotSeenAtAll(WireFault fault) throws IOException {
        Pty line = Pty.open(folder.resolve("adapter"));
        try (ModbusServer _ = serve(line);
                RtuBus bus = bus(line)) {
            bus.ask(VOLTAGE);
            faults.inject(fault, 1);
            Answer during = bus.ask(VOLTAGE);
            boolean portGone = during instanceof Answer.Failed(var failure) && failure.kind() == Kind.PORT_MISSING;
            assertThat(during.equals(RIGHT) || portGone)
                    .as("only a pulled plug cannot be waited for: %s", during)
                    .isTrue();
            while (!bus.ask(VOLTAGE).equals(RIGHT)) {
                LockSupport.parkNanos(1_000_000); // until the plug is in again
            }
            assertThat(faults.happened()).containsEntry(fault, 1);
        }
    }

    @Test
    void anExceptionEndsTheTryAtOnce() throws IOException {
        Pty line = Pty.open();
        SimulatedUnits units = SimulatedUnits.of(1, new EpeverImage(() -> VALUES));
        try (ModbusServer _ = ModbusServer.rtu(units, faults.on(line, Speech.RTU));
                RtuBus bus = bus(line)) {
            faults.inject(WireFault.EXCEPTION);
            assertThat(bus.ask(VOLTAGE)).isEqualTo(new Answer.Refused(4));
            assertThat(units.requests()).isEqualTo(1);
        }
    }

    private ModbusServer serve(WireEnd line) {
        return ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(() -> VALUES)), faults.on(line, Speech.RTU));
    }

    private static RtuBus bus(WireEnd line) {
        return new RtuBus(new SerialLine(line.path(), 115200), TIMING);
    }
}
