package sunpeer.drivers.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Value;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.PacedWire;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.SrneImage;

/** Threads, wires and the hand-over around the plan, on real pseudo-terminals and sockets. */
@Timeout(60)
class PollerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static SimulatedValues at(double volts) {
        return new SimulatedValues(volts, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);
    }

    private static Poller.Task task(String profile, Wire wire, int unit) {
        return new Poller.Task(new DeviceAddress(profile, wire, unit), OFTEN, false);
    }

    @Test
    void devicesOfOneWireShareIt(@TempDir Path folder) throws IOException, InterruptedException {
        Path link = folder.resolve("adapter");
        Pty line = Pty.open(link);
        SimulatedUnits units =
                SimulatedUnits.of(Map.of(1, new EpeverImage(() -> at(13.1)), 7, new EpeverImage(() -> at(13.7))));
        SimulatedUnits gateway = SimulatedUnits.of(3, new SrneImage(() -> at(26.3)));
        Handover handover = new Handover(100);
        try (ModbusServer _ = ModbusServer.rtu(units, new PacedWire(line, 115200, Duration.ZERO));
                ModbusServer tcp = ModbusServer.tcp(gateway, ModbusServer.Door.of(0, 1))) {
            String resolved = link.toRealPath().toString();
            List<Poller.Task> tasks = List.of(
                    task("epever", new Wire.Serial(link.toString(), 0), 1),
                    task("srne", new Wire.Tcp("127.0.0.1", tcp.port()), 3),
                    // By another name: still the one wire, of which nobody else could be the owner.
                    task("epever", new Wire.Serial(resolved, 115200), 7));
            Map<Integer, Value> seen = new HashMap<>();
            try (Poller poller = Poller.start(tasks, CLOCK, () -> false, handover)) {
                for (int i = 0; i < 30 || seen.size() < 3; i++) {
                    Polled polled = handover.take(PATIENCE).orElseThrow();
                    assertThat(polled.result()).as(polled.toString()).isInstanceOf(ReadResult.Ok.class);
                    seen.put(
                            polled.device(),
                            ((ReadResult.Ok) polled.result()).reading().batteryV());
                }
                assertThat(poller.work().polls()).isGreaterThanOrEqualTo(30);
                assertThat(poller.work().cpuNanos()).isPositive();
            }
            assertThat(seen).isEqualTo(Map.of(0, Value.good(13.1), 1, Value.good(26.3), 2, Value.good(13.7)));
        }
    }

    @Test
    void anUnpluggedPortIsFoundAgain(@TempDir Path folder) throws IOException, InterruptedException {
        Path link = folder.resolve("adapter");
        SimulatedUnits units = SimulatedUnits.of(1, new EpeverImage(() -> at(13.1)));
        Handover handover = new Handover(100);
        List<Poller.Task> tasks = List.of(task("epever", new Wire.Serial(link.toString(), 0), 1));
        ModbusServer first = ModbusServer.rtu(units, Pty.open(link));
        try (Poller _ = Poller.start(tasks, CLOCK, () -> false, handover)) {
            awaitState(handover, DeviceState.OK);
            first.close();
            Polled lost = awaitState(handover, DeviceState.OFFLINE);
            assertThat(((ReadResult.Failed) lost.result()).fault().kind()).isEqualTo(Fault.Kind.PORT_MISSING);
            assertThat(lost.isNews()).isTrue();
            // Something else takes the old number, as it happens with adapters.
            try (Pty _ = Pty.open();
                    ModbusServer _ = ModbusServer.rtu(units, Pty.open(link))) {
                assertThat(awaitState(handover, DeviceState.OK).isNews()).isTrue();
            }
        }
    }

    private static Polled awaitState(Handover handover, DeviceState state) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            Polled polled = handover.take(PATIENCE).orElseThrow();
            if (polled.now() == state) {
                return polled;
            }
        }
        throw new AssertionError("never " + state);
    }

    /** A device without a wire: says what it is told to and remembers what happened to it. */
    private static class Scripted implements Device {
        final List<String> calls = new ArrayList<>();
        final ReadResult answer;

        Scripted(ReadResult answer) {
            this.answer = answer;
        }

        @Override
        public synchronized ReadResult read() {
            calls.add("read");
            return answer;
        }

        @Override
        public synchronized Optional<Fault> probe() {
            calls.add("probe");
            return answer instanceof ReadResult.Failed(Fault fault) ? Optional.of(fault) : Optional.empty();
        }

        @Override
        public String describe() {
            return "scripted";
        }

        @Override
        public synchronized void close() {
            calls.add("close");
        }

        synchronized List<String> calls() {
            return List.copyOf(calls);
        }
    }

    private static WireOwner.Member often(int number, Device device) {
        return new WireOwner.Member(number, device, new PollPlan.Member(OFTEN.toNanos(), false));
    }

    @Test
    void theWireIsClosedAtTheEndByItsOwner() throws InterruptedException {
        Scripted device = new Scripted(new ReadResult.Failed(new Fault(Fault.Kind.NO_ANSWER, "silence")));
        Handover handover = new Handover(10);
        try (Poller _ = Poller.start(List.of(List.of(often(0, device))), () -> false, handover)) {
            assertThat(awaitState(handover, DeviceState.OFFLINE).before()).isEqualTo(DeviceState.FLAKY);
        }
        assertThat(device.calls()).containsExactly("read", "probe", "probe", "close");
    }

    @Test
    void aFaultOfOurOwnReachesTheConsumer() {
        Device wrong = new Scripted(new ReadResult.Failed(new Fault(Fault.Kind.NO_ANSWER, "silence"))) {
            @Override
            public synchronized ReadResult read() {
                throw new IllegalStateException("wrong code");
            }
        };
        Handover handover = new Handover(10);
        try (Poller _ = Poller.start(List.of(List.of(often(0, wrong))), () -> false, handover)) {
            assertThatThrownBy(() -> handover.take(PATIENCE)).hasRootCauseMessage("wrong code");
        }
    }

    @Test
    void aSlowConsumerGetsTheNewest() throws InterruptedException {
        Handover handover = new Handover(3);
        for (int i = 0; i < 8; i++) {
            ReadResult result = new ReadResult.Failed(new Fault(Fault.Kind.NO_ANSWER, "" + i));
            handover.put(new Polled(i, result, DeviceState.OK, DeviceState.OK));
        }
        assertThat(handover.dropped()).isEqualTo(5);
        assertThat(handover.take(PATIENCE).orElseThrow().device()).isEqualTo(5);
        handover.take(PATIENCE);
        handover.take(PATIENCE);
        assertThat(handover.take(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void whatCannotShareAWireIsRefused() {
        Wire wire = new Wire.Serial("/dev/nowhere", 0);
        assertThatThrownBy(() -> start(task("victron", wire, 1), task("victron", wire, 1)))
                .hasMessageContaining("alone on its wire")
                .hasMessageContaining("/dev/nowhere");
        assertThatThrownBy(() -> start(task("epever", wire, 1), task("srne", wire, 2)))
                .hasMessageContaining("115200 and 9600");
    }

    private static void start(Poller.Task... tasks) {
        Poller.start(List.of(tasks), CLOCK, () -> false, new Handover(1)).close();
    }
}
