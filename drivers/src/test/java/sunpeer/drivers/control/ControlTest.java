package sunpeer.drivers.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.RegisterImage;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedUnits.Seen;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.SrneImage;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;

/** Real writes on a pseudo-terminal, and what the simulated controller saw of them. */
@Timeout(30)
class ControlTest {
    private static final SimulatedValues DAY =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);
    private static final LoadRules RULES = new LoadRules(true, false, OptionalDouble.of(11.0));

    @TempDir
    private Path folder;

    private volatile Instant now = Instant.parse("2026-06-21T12:00:00Z");
    private final EpeverImage epever = new EpeverImage(() -> DAY, EpeverImage.Model.TRACER_BN, () -> now);
    private final SrneImage srne = new SrneImage(() -> DAY);

    private LoadSwitch load(LoadFamily family, Pty line) {
        RtuBus bus = new RtuBus(new SerialLine(line.path(), 115_200), 1);
        return new LoadSwitch(family, bus, 1, RULES, folder, () -> now, Duration.ofMillis(5));
    }

    @Test
    void epeverLoad() throws IOException {
        SimulatedUnits units = SimulatedUnits.of(1, epever);
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                LoadSwitch load = load(LoadFamily.EPEVER, line)) {
            assertThat(load.status())
                    .isEqualTo(
                            new Written.Needless(
                                    "on, 13.42 V at the output, manual mode, low-voltage disconnect at 11.10 V, panel at 18.30 V"));
            assertThat(load.disconnectNote())
                    .contains("the controller cuts its load off at 11.10 V, before the node saves power at 11.00 V");
            assertThat(load.set(true, false)).isInstanceOf(Written.Needless.class);
            assertThat(load.set(false, true)).isInstanceOf(Written.WouldDo.class);
            assertThat(units.writes()).isEmpty();

            assertThat(load.set(false, false)).isInstanceOf(Written.Done.class);
            assertThat(epever.loadOn()).isFalse();
            assertThat(load.set(true, false))
                    .isEqualTo(new Written.Refused("it was switched less than 60 s ago: wait"));
        }
        assertThat(units.writes()).containsExactly(new Seen(1, 5, 2, List.of(0)));
        now = now.plusSeconds(61);
        Pty again = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, again);
                LoadSwitch load = load(LoadFamily.EPEVER, again)) {
            assertThat(load.set(true, false)).isInstanceOf(Written.Done.class);
        }
        assertThat(units.writes()).endsWith(new Seen(1, 5, 2, List.of(0xFF00)));
        assertThat(Files.readAllLines(folder.resolve("load-switch.txt"))).hasSize(2);
    }

    @Test
    void srneLoad() throws IOException {
        SimulatedUnits units = SimulatedUnits.of(1, srne);
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                LoadSwitch load = load(LoadFamily.SRNE, line)) {
            assertThat(load.set(false, false)).isInstanceOf(Written.Done.class);
            assertThat(srne.loadOn()).isFalse();
            srne.loadMode(1);
            now = now.plusSeconds(61);
            assertThat(((Written.Refused) load.set(true, false)).reason()).contains("manual (mode 15)");
        }
        assertThat(units.writes()).containsExactly(new Seen(1, 6, 0x010A, List.of(0)));
    }

    /** Confirms every write and does nothing, as some firmware. */
    private record Stubborn(RegisterImage image) implements RegisterImage {
        @Override
        public Answer registers(int function, int address, int count) {
            return image.registers(function, address, count);
        }

        @Override
        public Answer bits(int function, int address, int count) {
            return image.bits(function, address, count);
        }

        @Override
        public Answer write(int function, int address, List<Integer> words) {
            return new Answer.Written();
        }
    }

    @Test
    void aConfirmedWriteThatDoesNothingIsAFailureAfterThreeTries() throws IOException {
        SimulatedUnits units = SimulatedUnits.of(1, new Stubborn(srne));
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                LoadSwitch load = load(LoadFamily.SRNE, line)) {
            assertThat(((Written.Failed) load.set(false, false)).reason())
                    .startsWith("the load did not follow in 3 tries; it is on, 13.40 V");
        }
        assertThat(units.writes()).hasSize(3);
    }

    @Test
    void whereHowOftenIsNotKnownNothingIsWritten() throws IOException {
        Files.writeString(folder.resolve("load-switch.txt"), "rubbish");
        SimulatedUnits units = SimulatedUnits.of(1, epever);
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                LoadSwitch load = load(LoadFamily.EPEVER, line)) {
            assertThat(load.set(false, false)).isInstanceOf(Written.Refused.class);
        }
        assertThat(units.requests()).isZero();
    }

    @Test
    void epeverClock() throws IOException {
        SimulatedUnits units = SimulatedUnits.of(1, epever);
        ZoneId rome = ZoneId.of("Europe/Rome");
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                RtuBus bus = new RtuBus(new SerialLine(line.path(), 115_200), 1)) {
            // The simulated clock shows UTC; in Rome it is two hours later.
            ClockSync sync = new ClockSync(bus, 1, true, folder, () -> now, rome, () -> true);
            assertThat(sync.sync(true)).isInstanceOf(Written.WouldDo.class);
            assertThat(units.writes()).isEmpty();
            assertThat(sync.sync(false))
                    .isEqualTo(new Written.Done(
                            "the controller shows 2026-06-21T12:00, it is 2026-06-21T14:00",
                            "the controller shows 2026-06-21T14:00"));
            assertThat(epever.deviceTime()).isEqualTo(LocalDateTime.parse("2026-06-21T14:00:00"));
            assertThat(sync.sync(false)).isInstanceOf(Written.Needless.class);
        }
        assertThat(units.writes()).containsExactly(new Seen(1, 16, 0x9013, List.of(0, (21 << 8) | 14, (26 << 8) | 6)));
    }
}
