package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

class ProfileCaptureTest {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");

    private Instant now = NOON;
    private final InstantSource clock = () -> now;

    @Test
    void epeverAtNight() {
        Reading reading = read(device("epever", CapturedBus.of("epever-tracer2215bn.txt")));
        assertThat(reading.at()).isEqualTo(NOON);
        assertThat(reading.origin()).isEqualTo("EPEVER Tracer at a capture, unit 1");
        assertThat(reading.batteryV()).isEqualTo(Value.good(12.96));
        assertThat(reading.pvV()).isEqualTo(Value.good(1.97));
        assertThat(reading.pvW()).isEqualTo(Value.good(0));
        assertThat(reading.batteryC()).isEqualTo(Value.good(25));
        assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(70));
        assertThat(reading.pvEnergyTotalWh()).isEqualTo(Value.good(2780));
        assertThat(reading.stage()).isEqualTo(ChargeStage.OFF);
        assertThat(reading.batteryA()).as("a torn pair").isEqualTo(Value.suspect(-655.36));
    }

    @Test
    void srneExamplesOfTheVendor() {
        Reading reading = read(device("srne", CapturedBus.of("srne-vendor-examples.txt")));
        assertThat(reading.batteryV()).isEqualTo(Value.good(12.3));
        assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(100));
        assertThat(reading.batteryC()).isEqualTo(Value.good(25));
        assertThat(reading.stage()).isEqualTo(ChargeStage.BULK);
        assertThat(reading.loadW()).as("the document prints tenths of watts").isEqualTo(Value.suspect(240));
        assertThat(reading.loadA()).isEqualTo(Value.suspect(2));
        assertThat(reading.chargeA()).as("no example of it").isEqualTo(Value.ABSENT);
    }

    @Test
    void srneColdIsSignAndMagnitude() {
        CapturedBus bus = CapturedBus.of("srne-vendor-examples.txt");
        bus.put(3, 0x0103, 0x1387);
        assertThat(read(device("srne", bus)).batteryC()).isEqualTo(Value.good(-7));
    }

    @Test
    void netCurrentOfADischargingBattery() {
        CapturedBus bus = CapturedBus.of("epever-tracer2215bn.txt");
        bus.put(4, 0x331B, 0xFF9C);
        bus.put(4, 0x331C, 0xFFFF);
        assertThat(read(device("epever", bus)).batteryA()).isEqualTo(Value.good(-1));
    }

    @Test
    void countersAreStaleBetweenTheirPollsAndAbsentWhenOld() {
        CapturedBus bus = CapturedBus.of("epever-tracer2215bn.txt");
        ModbusDevice device = device("epever", bus);
        read(device);
        now = NOON.plusSeconds(5);
        assertThat(read(device).pvEnergyTotalWh()).isEqualTo(new Value(2780, Quality.STALE));
        now = NOON.plusSeconds(61);
        assertThat(read(device).pvEnergyTotalWh()).isEqualTo(Value.good(2780));
        bus.refuse(4, 0x3302, 18);
        now = NOON.plusSeconds(3600);
        assertThat(read(device).pvEnergyTotalWh()).isEqualTo(Value.ABSENT);
    }

    @Test
    void anAllZeroBlockIsNoController() {
        CapturedBus bus = CapturedBus.of("epever-tracer2215bn.txt");
        bus.zero();
        assertThat(fault(device("epever", bus)).kind()).isEqualTo(Fault.Kind.IMPLAUSIBLE);
    }

    @Test
    void currentWithoutABatteryIsNoController() {
        CapturedBus bus = CapturedBus.of("epever-tracer2215bn.txt");
        bus.put(4, 0x3104, 0);
        bus.put(4, 0x3105, 500);
        assertThat(fault(device("epever", bus)).kind()).isEqualTo(Fault.Kind.IMPLAUSIBLE);
    }

    @Test
    void outOfRangeIsSuspect() {
        CapturedBus bus = CapturedBus.of("epever-tracer2215bn.txt");
        bus.put(4, 0x3104, 9900);
        assertThat(read(device("epever", bus)).batteryV()).isEqualTo(Value.suspect(99));
    }

    @Test
    void wattsThatDisagreeWithVoltsAndAmperesAreSuspect() {
        CapturedBus bus = CapturedBus.of("epever-tracer2215bn.txt");
        bus.put(4, 0x3100, 1800);
        bus.put(4, 0x3101, 200);
        bus.put(4, 0x3102, 9000);
        Reading reading = read(device("epever", bus));
        assertThat(reading.pvW()).isEqualTo(Value.suspect(90));
        assertThat(reading.pvA()).isEqualTo(Value.suspect(2));
        assertThat(reading.pvV()).isEqualTo(Value.good(18));
    }

    @Test
    void refusalOfTheMainBlockIsAFault() {
        CapturedBus bus = CapturedBus.of("epever-tracer2215bn.txt");
        bus.refuse(4, 0x3100, 18);
        Fault fault = fault(device("epever", bus));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.REFUSED);
        assertThat(fault.message()).contains("0x3100");
    }

    private ModbusDevice device(String profile, CapturedBus bus) {
        return new ModbusDevice(Profiles.find(profile).orElseThrow(), bus, 1, clock);
    }

    private static Reading read(ModbusDevice device) {
        return ((ReadResult.Ok) device.read()).reading();
    }

    private static Fault fault(ModbusDevice device) {
        return ((ReadResult.Failed) device.read()).fault();
    }
}
