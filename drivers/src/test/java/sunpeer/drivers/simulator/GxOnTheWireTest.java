package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.simulator.GxImage.Service;
import sunpeer.drivers.simulator.ModbusServer.Door;

/** The three Victron GX profiles against a simulated GX with a system, a charger and a battery, over a real socket. */
@Timeout(30)
class GxOnTheWireTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));
    private static final SimulatedValues NOON =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, -3, 71, 123_400, ChargeStage.FLOAT);
    private static final double UNKNOWN = Double.NaN;

    private volatile SimulatedValues values = NOON;
    private final GxImage charger = GxImage.of(Service.SOLAR_CHARGER, () -> values);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSystemOfNowAndOfAnEarlyVenusOs(boolean early) throws IOException {
        try (ModbusServer gx = early ? server(GxImage::early) : server(GxImage::of);
                Device device = open("victron-gx", gx.port(), 100)) {
            for (int poll = 0; poll < 3; poll++) {
                ReadResult.Ok ok = read(device);
                Reading reading = ok.reading();
                assertThat(reading.batteryV()).isEqualTo(Value.good(13.4));
                assertThat(reading.batteryA()).isEqualTo(Value.good(1.5));
                assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(71));
                assertThat(reading.chargeA()).isEqualTo(Value.good(2.1));
                assertThat(reading.pvW()).isEqualTo(Value.good(28));
                assertThat(reading.loadA().quality()).isEqualTo(Quality.ABSENT);
                assertThat(detail(ok, "serial").text()).isEqualTo("c0619ab1234f");
                assertThat(detail(ok, "battery_state").text()).isEqualTo("charging");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCharger(boolean early) throws IOException {
        try (ModbusServer gx = early ? server(GxImage::early) : server(GxImage::of);
                Device device = open("victron-gx-charger", gx.port(), early ? 227 : 226)) {
            ReadResult.Ok ok = read(device);
            Reading reading = ok.reading();
            assertThat(reading.batteryV()).isEqualTo(Value.good(13.42));
            assertThat(reading.chargeA()).isEqualTo(Value.good(2.1));
            assertThat(reading.batteryC()).isEqualTo(Value.good(-3));
            assertThat(reading.pvV()).isEqualTo(Value.good(18.3));
            assertThat(reading.pvW()).isEqualTo(Value.good(28.4));
            assertThat(reading.pvEnergyTotalWh()).isEqualTo(Value.good(123_400));
            assertThat(reading.stage()).isEqualTo(ChargeStage.FLOAT);
            if (!early) {
                assertThat(detail(ok, "name").text()).isEqualTo("Roof");
                assertThat(detail(ok, "tracker_v_1").value()).isEqualTo(Value.good(18.3));
            }
        }
    }

    /** Tenths of kilowatt-hours run over at 6553.5 kWh, tenths of watts at 6553.5 W. */
    @Test
    void aLargeChargerIsReadInWholeNumbers() throws IOException {
        values = new SimulatedValues(52, 200, 200, 0, 200, 55, 20, 71, 7_000_000, ChargeStage.BULK);
        try (ModbusServer gx = server(GxImage::of);
                Device device = open("victron-gx-charger", gx.port(), 226)) {
            Reading reading = read(device).reading();
            assertThat(reading.pvW()).isEqualTo(Value.good(11_000));
            assertThat(reading.pvEnergyTotalWh()).isEqualTo(Value.good(7_000_000));
        }
    }

    @Test
    void aBattery() throws IOException {
        try (ModbusServer gx = server(GxImage::of);
                Device device = open("victron-gx-battery", gx.port(), 225)) {
            ReadResult.Ok ok = read(device);
            Reading reading = ok.reading();
            assertThat(reading.batteryV()).isEqualTo(Value.good(13.42));
            assertThat(reading.batteryA()).isEqualTo(Value.good(1.5));
            assertThat(reading.chargeA()).as("a monitor does not charge").isEqualTo(Value.ABSENT);
            assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(71));
            assertThat(detail(ok, "consumed_ah").value()).isEqualTo(Value.good(-10.5));
            assertThat(detail(ok, "time_to_go").value()).isEqualTo(Value.good(72_000));
            assertThat(detail(ok, "capacity_ah").value()).isEqualTo(Value.good(100));
            assertThat(detail(ok, "soh").value()).as("not known, sent as 0").isEqualTo(Value.ABSENT);
        }
    }

    @Test
    void zeroIsNoValue() throws IOException {
        try (ModbusServer gx = server(GxImage::of);
                Device device = open("victron-gx", gx.port(), 100)) {
            values = new SimulatedValues(12.8, 0, 0, 0, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, ChargeStage.OFF);
            Reading reading = read(device).reading();
            assertThat(reading.controllerSocPercent()).isEqualTo(Value.ABSENT);
            assertThat(reading.batteryA()).as("nothing flows").isEqualTo(Value.good(0));
            values = new SimulatedValues(
                    UNKNOWN, UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, ChargeStage.OFF);
            assertThat(fault(device).kind()).isEqualTo(Fault.Kind.IMPLAUSIBLE);
            values = NOON;
            read(device);
        }
    }

    @Test
    void asleepOrAbsent() throws IOException {
        try (ModbusServer gx = server(GxImage::of);
                Device device = open("victron-gx-charger", gx.port(), 226);
                Device nobody = open("victron-gx-charger", gx.port(), 229)) {
            charger.away(true);
            assertThat(fault(device))
                    .isEqualTo(
                            new Fault(
                                    Fault.Kind.NO_ANSWER,
                                    "unit 226 at 127.0.0.1:" + gx.port()
                                            + " is asleep or not there (exception 10: the gateway has no path to it): some devices sleep at night; else look up its unit id on the gateway"));
            assertThat(fault(device))
                    .as("the same words each time: nothing to log anew")
                    .isEqualTo(fault(device));
            assertThat(fault(nobody).message()).contains("unit 229", "exception 11");
            charger.away(false);
            read(device);
        }
    }

    private ModbusServer server(BiFunction<Service, Supplier<SimulatedValues>, GxImage> firmware) throws IOException {
        Map<Integer, RegisterImage> images = Map.of(
                100, firmware.apply(Service.SYSTEM, () -> values),
                225, firmware.apply(Service.BATTERY, () -> values),
                226, charger,
                227, firmware.apply(Service.SOLAR_CHARGER, () -> values));
        return ModbusServer.tcp(SimulatedUnits.of(images), Door.of(0, 4));
    }

    private static Device open(String profile, int port, int unit) {
        return Devices.open(new DeviceAddress(profile, new Wire.Tcp("127.0.0.1", port), unit), CLOCK);
    }

    private static ReadResult.Ok read(Device device) {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return (ReadResult.Ok) result;
    }

    private static Fault fault(Device device) {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Failed.class);
        return ((ReadResult.Failed) result).fault();
    }

    private static Detail detail(ReadResult.Ok ok, String name) {
        return ok.details().stream()
                .filter(detail -> detail.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no detail " + name));
    }
}
