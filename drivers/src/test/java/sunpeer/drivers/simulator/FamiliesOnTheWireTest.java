package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

/** Each family's profile against registers that were written down without it, over a pseudo-terminal and by day and night. */
@Timeout(30)
class FamiliesOnTheWireTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));
    private static final SimulatedValues DAY =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, -3, 71, 123_400, ChargeStage.ABSORPTION);
    private static final SimulatedValues NIGHT =
            new SimulatedValues(12.4, -0.6, 0, 0.6, 0, 0, 9, 40, 123_400, ChargeStage.OFF);

    private volatile SimulatedValues values = DAY;

    /** What a family tells, and how finely; 0 for what it does not tell. */
    record Family(
            String profile,
            Function<Supplier<SimulatedValues>, RegisterImage> image,
            double voltStep,
            double ampStep,
            boolean load,
            boolean pv) {
        @Override
        public String toString() {
            return profile;
        }
    }

    static Stream<Family> families() {
        return Stream.of(
                new Family("srne", SrneImage::new, 0.1, 0.01, true, true),
                new Family("tristar-mppt", of(MorningstarImage.Model.TRISTAR_MPPT), 0.006, 0.003, false, true),
                new Family("prostar-mppt", of(MorningstarImage.Model.PROSTAR_MPPT), 0.016, 0.002, true, true),
                new Family("sunsaver-mppt", of(MorningstarImage.Model.SUNSAVER_MPPT), 0.004, 0.003, true, true),
                new Family("daly", values -> new BatteryImage(BatteryImage.Model.DALY, values), 0.1, 0.1, false, false),
                new Family(
                        "renogy-battery",
                        values -> new BatteryImage(BatteryImage.Model.RENOGY, values),
                        0.1,
                        0.01,
                        false,
                        false));
    }

    private static Function<Supplier<SimulatedValues>, RegisterImage> of(MorningstarImage.Model model) {
        return values -> new MorningstarImage(model, values);
    }

    @ParameterizedTest
    @MethodSource("families")
    void tellsWhatTheCopperCarries(Family family) throws IOException {
        int unit = Devices.defaults(family.profile()).unit();
        SimulatedUnits units = SimulatedUnits.of(unit, family.image().apply(() -> values));
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                Device device = Devices.open(
                        new DeviceAddress(family.profile(), new Wire.Serial(line.path(), 0), unit), CLOCK)) {
            expect(family, read(device).reading(), DAY);
            values = NIGHT;
            expect(family, read(device).reading(), NIGHT);
        }
        assertThat(units.writes()).isEmpty();
    }

    @Test
    void midniteOverTcp() throws IOException {
        SimulatedUnits units = SimulatedUnits.of(1, new MidniteImage(() -> values));
        Family family = new Family("midnite", MidniteImage::new, 0.1, 0.1, false, true);
        try (ModbusServer server = ModbusServer.tcp(units, ModbusServer.Door.of(0, 2));
                Device device = Devices.open(
                        new DeviceAddress("midnite", new Wire.Tcp("127.0.0.1", server.port()), 1), CLOCK)) {
            ReadResult.Ok day = read(device);
            expect(family, day.reading(), DAY);
            assertThat(day.reading().controllerSocPercent()).as("no shunt").isEqualTo(Value.ABSENT);
            assertThat(day.details()).contains(new Detail("model", Value.good(150), "", "Classic 150"));
            values = NIGHT;
            expect(family, read(device).reading(), NIGHT);
        }
        assertThat(units.writes()).isEmpty();
    }

    private static void expect(Family family, Reading reading, SimulatedValues copper) {
        near(reading.batteryV(), copper.batteryV(), family.voltStep());
        near(reading.batteryC(), copper.batteryC(), 1);
        boolean battery = !family.pv();
        if (battery || family.load()) {
            near(reading.batteryA(), copper.batteryA(), 2 * family.ampStep());
        } else {
            assertThat(reading.batteryA().quality())
                    .as("without a load output the controller knows of no load")
                    .isEqualTo(Quality.SUSPECT);
        }
        if (family.load()) {
            near(reading.loadA(), copper.loadA(), family.ampStep());
            near(reading.loadW(), copper.loadA() * copper.batteryV(), 1);
        } else {
            assertThat(reading.loadA()).isEqualTo(Value.ABSENT);
        }
        if (family.pv()) {
            near(reading.chargeA(), copper.chargeA(), family.ampStep());
            near(reading.pvV(), copper.pvV(), family.voltStep());
            near(reading.pvEnergyTotalWh(), copper.pvEnergyTotalWh(), 1000);
            assertThat(reading.stage()).isEqualTo(copper.stage());
        } else {
            assertThat(reading.pvV()).isEqualTo(Value.ABSENT);
            assertThat(reading.chargeA()).isEqualTo(Value.ABSENT);
            near(reading.controllerSocPercent(), copper.socPercent(), 0.1);
        }
    }

    private static void near(Value value, double number, double step) {
        assertThat(value.quality()).isIn(Quality.GOOD, Quality.STALE);
        assertThat(value.number()).isCloseTo(number, within(step / 2 + 1e-9));
    }

    private static ReadResult.Ok read(Device device) {
        ReadResult result = device.read();
        assertThat(result).as("%s", result).isInstanceOf(ReadResult.Ok.class);
        return (ReadResult.Ok) result;
    }
}
