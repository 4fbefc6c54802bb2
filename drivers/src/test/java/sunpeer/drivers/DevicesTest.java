package sunpeer.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.DeviceAddress.Wire;

class DevicesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    @Test
    void defaultsForTheConfiguration() {
        assertThat(Devices.profileIds()).contains("epever", "srne", "victron");
        assertThat(Devices.defaults("epever"))
                .isEqualTo(new WireDefaults("epever", "EPEVER Tracer", true, false, 115200, 1, 0));
        assertThat(Devices.defaults("srne").tcpPort()).isEqualTo(502);
        assertThat(Devices.defaults("victron").baud()).isEqualTo(19200);
    }

    @Test
    void openingTouchesNothing() {
        try (Device device = Devices.open(new DeviceAddress("epever", new Wire.Serial("/dev/none", 0), 1), CLOCK)) {
            assertThat(device.describe()).isEqualTo("EPEVER Tracer at /dev/none, unit 1");
            assertThat(device.read()).isInstanceOf(ReadResult.Failed.class);
        }
    }

    @Test
    void whatCannotBe() {
        assertThatThrownBy(() -> Devices.defaults("acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no profile \"acme\"; there are ")
                .hasMessageContaining("epever, ");
        assertThatThrownBy(() -> Devices.open(new DeviceAddress("victron", new Wire.Tcp("localhost", 502), 1), CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile \"victron\" (Victron MPPT) cannot be read over TCP");
        assertThatThrownBy(() -> Devices.open(new DeviceAddress("srne", new Wire.Tcp("localhost", 502), 0), CLOCK))
                .hasMessageContaining("unit 0");
    }
}
