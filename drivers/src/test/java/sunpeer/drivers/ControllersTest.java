package sunpeer.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.ControllerAddress.Wire;

class ControllersTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    @Test
    void defaultsForTheConfiguration() {
        assertThat(Controllers.profileIds()).containsExactly("epever", "srne", "victron");
        assertThat(Controllers.defaults("epever"))
                .isEqualTo(new WireDefaults("epever", "EPEVER Tracer", true, false, 115200, 1, 0));
        assertThat(Controllers.defaults("srne").tcpPort()).isEqualTo(502);
        assertThat(Controllers.defaults("victron").baud()).isEqualTo(19200);
    }

    @Test
    void openingTouchesNothing() {
        try (Controller controller =
                Controllers.open(new ControllerAddress("epever", new Wire.Serial("/dev/none", 0), 1), CLOCK)) {
            assertThat(controller.describe()).isEqualTo("EPEVER Tracer at /dev/none, unit 1");
            assertThat(controller.read()).isInstanceOf(ReadResult.Failed.class);
        }
    }

    @Test
    void whatCannotBe() {
        assertThatThrownBy(() -> Controllers.defaults("acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no profile \"acme\"; there are epever, srne, victron");
        assertThatThrownBy(() ->
                        Controllers.open(new ControllerAddress("victron", new Wire.Tcp("localhost", 502), 1), CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile \"victron\" (Victron MPPT) cannot be read over TCP");
        assertThatThrownBy(
                        () -> Controllers.open(new ControllerAddress("srne", new Wire.Tcp("localhost", 502), 0), CLOCK))
                .hasMessageContaining("unit 0");
    }
}
