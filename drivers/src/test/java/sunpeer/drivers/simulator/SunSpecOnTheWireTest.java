package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.simulator.ModbusServer.Door;

/** A simulated SunSpec hybrid over a real socket and a real pseudo-terminal. */
@Timeout(30)
class SunSpecOnTheWireTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));

    private volatile SimulatedValues values =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, -3, 71, 123_450, ChargeStage.FLOAT);

    @ParameterizedTest
    @ValueSource(ints = {40000, 0, 50000})
    void overTcpAtEachBase(int base) throws IOException {
        SimulatedUnits units = SimulatedUnits.of(1, new SunSpecImage(() -> values, base));
        try (ModbusServer server = ModbusServer.tcp(units, Door.of(0, 2));
                Device device = Devices.open(
                        new DeviceAddress("sunspec", new Wire.Tcp("127.0.0.1", server.port()), 1), CLOCK)) {
            expectNoonThenNight(device);
            assertThat(units.writes()).isEmpty();
        }
    }

    @Test
    void overRtuThroughASerialGateway() throws IOException {
        SimulatedUnits units = SimulatedUnits.of(1, new SunSpecImage(() -> values, 0));
        try (ModbusServer server = ModbusServer.rtuOverTcp(units, Door.of(0, 2));
                Device device = Devices.open(
                        new DeviceAddress("sunspec", new Wire.RtuOverTcp("127.0.0.1", server.port()), 1), CLOCK)) {
            assertThat(device.probe()).as("exception 2 is an answer").isEmpty();
            expectNoonThenNight(device);
            assertThat(device.probe()).isEmpty();
        }
    }

    @Test
    void overRtu() throws IOException {
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(SimulatedUnits.of(126, new SunSpecImage(() -> values, 40000)), line);
                Device device =
                        Devices.open(new DeviceAddress("sunspec", new Wire.Serial(line.path(), 0), 126), CLOCK)) {
            expectNoonThenNight(device);
        }
    }

    private void expectNoonThenNight(Device device) {
        Reading noon = read(device);
        assertThat(device.describe()).startsWith("SunSpec Sunpeer Simulated Hybrid at ");
        assertThat(noon.batteryV()).isEqualTo(Value.good(13.42));
        assertThat(noon.batteryA()).isEqualTo(Value.good(1.5));
        assertThat(noon.chargeA()).isEqualTo(Value.good(2.1));
        assertThat(noon.controllerSocPercent()).isEqualTo(Value.good(71));
        assertThat(noon.pvV()).isEqualTo(Value.good(18.3));
        assertThat(noon.pvA()).isEqualTo(Value.good(1.55));
        assertThat(noon.pvW()).isEqualTo(Value.good(28.4));
        assertThat(noon.pvEnergyTotalWh()).isEqualTo(Value.good(123_450));
        assertThat(noon.stage()).isEqualTo(ChargeStage.FLOAT);
        values = new SimulatedValues(12.1, -0.6, 0, 0.6, 0, 0, 9, 40, 123_450, ChargeStage.OFF);
        Reading night = read(device);
        assertThat(night.batteryA()).isEqualTo(Value.good(-0.6));
        assertThat(night.pvW()).isEqualTo(Value.good(0));
        assertThat(night.stage()).isEqualTo(ChargeStage.OFF);
    }

    private static Reading read(Device device) {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return ((ReadResult.Ok) result).reading();
    }
}
