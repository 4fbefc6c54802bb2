package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** Battery management systems and monitors against their simulators, over real pseudo-terminals. */
@Timeout(30)
class BmsOnTheWireTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));
    private static final Duration AWAKE = Duration.ofMinutes(1);

    private volatile SimulatedValues values =
            new SimulatedValues(13.4, -12.3, 0, 12.3, 0, 0, -3, 71, 123_450, ChargeStage.UNKNOWN);

    @Test
    void jbd() throws IOException {
        Pty line = Pty.open();
        try (BmsSimulator simulator = BmsSimulator.jbd(() -> values, line, AWAKE);
                Device device = open("jbd", line, 1)) {
            ReadResult.Ok result = read(device);
            expect(result.reading());
            assertThat(texts(result))
                    .containsEntry("mos", "charge on, discharge on")
                    .containsEntry("protection", "none")
                    .containsEntry("production_date", "2024-05-17")
                    .containsEntry("name", "SUNPEER-4S100A");
            expectCells(result);
            assertThat(number(result, "remaining_ah")).isEqualTo(Value.good(71));
            assertThat(simulator.questions())
                    .as("three, and one that only woke it")
                    .isEqualTo(4);
            assertThat(simulator.writes()).isZero();
        }
    }

    @Test
    void daly() throws IOException {
        Pty line = Pty.open();
        try (BmsSimulator simulator = BmsSimulator.daly(() -> values, line, AWAKE);
                Device device = open("daly-uart", line, 1)) {
            ReadResult.Ok result = read(device);
            expect(result.reading());
            assertThat(texts(result)).containsEntry("mode", "discharging").containsEntry("board_fault", "none");
            expectCells(result);
            assertThat(number(result, "remaining_ah")).isEqualTo(Value.good(71));
            assertThat(simulator.writes()).isZero();
        }
    }

    @Test
    void jkPb() throws IOException {
        Pty line = Pty.open();
        try (BmsSimulator simulator = BmsSimulator.jkPb(() -> values, line, 5);
                Device device = open("jk-pb", line, 5)) {
            ReadResult.Ok result = read(device);
            expect(result.reading());
            assertThat(texts(result)).containsEntry("alarms", "none").containsEntry("charge_mos", "on");
            expectCells(result);
            assertThat(number(result, "temperature_3_c")).as("not fitted").isEqualTo(Value.ABSENT);
            assertThat(simulator.writes()).isZero();
        }
    }

    @Test
    void junctek() throws IOException {
        Pty line = Pty.open();
        try (BmsSimulator simulator = BmsSimulator.junctek(() -> values, line, 2)) {
            try (Device device = open("junctek", line, 2)) {
                ReadResult.Ok result = read(device);
                assertThat(result.reading().batteryV()).isEqualTo(Value.good(13.4));
                assertThat(result.reading().batteryA()).isEqualTo(Value.good(-12.3));
                assertThat(result.reading().batteryC()).isEqualTo(Value.good(-3));
                assertThat(texts(result)).containsEntry("output", "on");
                assertThat(number(result, "capacity_ah")).isEqualTo(Value.good(100));
            }
            try (Device reversed = open("junctek-reversed", line, 2)) {
                assertThat(read(reversed).reading().batteryA()).isEqualTo(Value.good(12.3));
            }
            assertThat(simulator.writes()).isZero();
        }
    }

    @Test
    void spoiledAnswersAreAskedForAgain() throws IOException {
        FaultPlan plan = FaultPlan.byHand(Duration.ofMillis(1000));
        WireEnd line = plan.on(Pty.open(), Speech.RTU);
        try (BmsSimulator _ = BmsSimulator.daly(() -> values, line, Duration.ZERO);
                Device device = open("daly-uart", line, 1)) {
            for (WireFault fault : List.of(
                    WireFault.NOISE_BEFORE,
                    WireFault.NOISE_INSIDE,
                    WireFault.TRUNCATED,
                    WireFault.ECHO,
                    WireFault.DUPLICATE,
                    WireFault.LATE)) {
                plan.inject(fault, 1);
                expect(read(device).reading());
            }
        }
    }

    @Test
    void aSignThatTheModeContradictsIsSuspect() throws IOException {
        Pty line = Pty.open();
        try (BmsSimulator _ = BmsSimulator.daly(() -> values, line, Duration.ZERO);
                Device device = open("daly-uart-reversed", line, 1)) {
            assertThat(read(device).reading().batteryA()).isEqualTo(Value.suspect(12.3));
        }
    }

    @Test
    void victronMonitorMergesItsTwoBlocks() throws IOException {
        Pty line = Pty.open();
        try (VictronSimulator _ = VictronSimulator.startMonitor(() -> values, line, Duration.ofMillis(40));
                Device device = open("victron-monitor", line, 1)) {
            for (int i = 0; i < 5; i++) {
                ReadResult.Ok result = read(device);
                expect(result.reading());
                assertThat(result.reading().pvV().quality()).isEqualTo(Quality.ABSENT);
                assertThat(number(result, "consumed_ah")).isEqualTo(Value.good(-29));
                assertThat(number(result, "charged_kwh"))
                        .as("of the other block")
                        .isEqualTo(Value.good(123.45));
                assertThat(texts(result))
                        .containsEntry("product", "SmartShunt 500A")
                        .containsEntry("alarm_reason", "none")
                        .containsEntry("firmware", "4.13");
            }
        }
    }

    @Test
    void victronRegistersInHexAreDetails() throws IOException {
        values = new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, 25.5, 71, 123_450, ChargeStage.FLOAT);
        Pty line = Pty.open();
        try (VictronSimulator _ = VictronSimulator.start(() -> values, line, Duration.ofMillis(5));
                Device device = open("victron", line, 1)) {
            ReadResult.Ok result = read(device);
            while (!List.of("charger_c", "pv_fine_w", "charger_a").stream().allMatch(heard(result))) {
                result = read(device);
            }
            assertThat(number(result, "charger_c").number()).isEqualTo(33.5);
            assertThat(number(result, "pv_fine_w").number()).isCloseTo(28.37, within(0.01));
            assertThat(number(result, "charger_a").number()).isEqualTo(2.1);
            assertThat(texts(result))
                    .containsEntry("product", "SmartSolar 75|15")
                    .containsEntry("error", "none")
                    .containsEntry("charger_state", "float")
                    .containsEntry("load_output", "ON");
        }
    }

    private static Predicate<String> heard(ReadResult.Ok result) {
        return name -> number(result, name).quality() != Quality.ABSENT;
    }

    private static void expect(Reading reading) {
        assertThat(reading.batteryV()).isEqualTo(Value.good(13.4));
        assertThat(reading.batteryA()).isEqualTo(Value.good(-12.3));
        assertThat(reading.batteryC()).isEqualTo(Value.good(-3));
        assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(71));
    }

    private static void expectCells(ReadResult.Ok result) {
        assertThat(number(result, "cell_v_1")).isEqualTo(Value.good(3.352));
        assertThat(number(result, "cell_v_4")).isEqualTo(Value.good(3.348));
        assertThat(number(result, "cell_v_5")).isEqualTo(Value.ABSENT);
    }

    private static Device open(String profile, WireEnd line, int unit) {
        return Devices.open(new DeviceAddress(profile, new Wire.Serial(line.path(), 0), unit), CLOCK);
    }

    private static ReadResult.Ok read(Device device) {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return (ReadResult.Ok) result;
    }

    private static Map<String, String> texts(ReadResult.Ok result) {
        return result.details().stream().collect(Collectors.toMap(Detail::name, Detail::text));
    }

    private static Value number(ReadResult.Ok result, String name) {
        return result.details().stream()
                .filter(detail -> detail.name().equals(name))
                .map(Detail::value)
                .findFirst()
                .orElse(Value.ABSENT);
    }
}
