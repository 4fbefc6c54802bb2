package sunpeer.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.Fault;
import sunpeer.drivers.board.LoadRelay.Switching;

/** Outputs and inputs through Pi4J and our providers, on lines that remember every level. */
class LinesTest {
    private static final GpioLine PIN_11 = new GpioLine("pinctrl-rp1", 17, "");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path root;

    private FakeBoard fake;
    private FakeLines header;
    private Board board;

    @BeforeEach
    void aPi5() {
        fake = new FakeBoard(root).model(FakeBoard.PI_5);
        fake.gpioChip(0, "gpio-brcmstb@107d508500", 32);
        header = fake.gpioChip(4, "pinctrl-rp1", 54);
        fake.file("dev/gpiochip-header", "");
        board = fake.board();
    }

    @Test
    void theFirstLevelIsTheOneAskedFor() {
        Output high = board.output(PIN_11, false);
        assertThat(high.set(true)).isEmpty();
        assertThat(header.line(17).driven()).containsExactly(true);
        assertThat(header.line(17).consumer()).isEqualTo("sunpeer");
        assertThat(high.set(true)).isEmpty();
        assertThat(high.set(false)).isEmpty();
        assertThat(header.line(17).driven()).containsExactly(true, false);
        high.close();
        assertThat(header.line(17).consumer()).isEmpty();
        assertThat(fake.kernel.openCount()).isZero();
        assertThat(high.set(true)).as("taken again after close").isEmpty();
    }

    @Test
    void anActiveLowOutputNeverDips() {
        Output relay = board.output(PIN_11, true);
        assertThat(relay.set(false)).isEmpty();
        assertThat(header.line(17).driven()).containsExactly(true);
        assertThat(relay.set(true)).isEmpty();
        relay.close();
        assertThat(header.line(17).driven()).as("off at the end").containsExactly(true, false, true);
    }

    @Test
    void closingTheBoardSwitchesAllOff() {
        Output one = board.output(PIN_11, false);
        Output other = board.output(new GpioLine("pinctrl-rp1", 27, ""), true);
        Input input = board.input(new GpioLine("pinctrl-rp1", 22, ""));
        assertThat(one.set(true)).isEmpty();
        assertThat(other.set(true)).isEmpty();
        input.read();
        board.close();
        assertThat(header.line(17).driven()).containsExactly(true, false);
        assertThat(header.line(27).driven()).containsExactly(false, true);
        assertThat(fake.kernel.openCount()).isZero();
        one.close();
        input.close();
    }

    @Test
    void theNumberOfTheChipDoesNotMatter() {
        FakeLines moved = fake.gpioChip(0, "pinctrl-rp1", 54);
        fake.gpioChip(4, "gpio-brcmstb@107d508500", 32);
        assertThat(board.output(PIN_11, false).set(true)).isEmpty();
        assertThat(moved.line(17).driven()).containsExactly(true);
    }

    @Test
    void whatIsWrongWithALineIsSaid() {
        assertThat(fault(new GpioLine("pinctrl-bcm2711", 17, "")))
                .isEqualTo(
                        "PORT_MISSING no GPIO chip is called pinctrl-bcm2711: there are gpio-brcmstb@107d508500, pinctrl-rp1");
        assertThat(fault(new GpioLine("pinctrl-rp1", 60, "")))
                .isEqualTo("PORT_MISSING line 60 of pinctrl-rp1 does not exist: correct its number");
        header.line(8).heldBy("spi0 CS0");
        assertThat(fault(new GpioLine("pinctrl-rp1", 8, "")))
                .isEqualTo(
                        "PORT_BUSY line 8 of pinctrl-rp1 is used by \"spi0 CS0\": choose another pin or free this one");
        header.line(9).name("PR.05");
        assertThat(fault(new GpioLine("pinctrl-rp1", 9, "PR.04")))
                .startsWith("IMPLAUSIBLE line 9 of pinctrl-rp1 (PR.04) is called PR.05 by this kernel");
        assertThat(header.line(9).driven()).isEmpty();
        fake.refuse("dev/gpiochip0", Kernel.EACCES);
        assertThat(fault(PIN_11))
                .startsWith("PORT_DENIED " + root.resolve("dev/gpiochip0"))
                .contains("usermod -aG gpio");
        assertThat(fake.kernel.openCount()).isZero();
    }

    private String fault(GpioLine line) {
        Fault fault = board.output(line, false).set(true).orElseThrow();
        return fault.kind() + " " + fault.message();
    }

    @Test
    void aContactToGround() {
        Input input = board.input(new GpioLine("pinctrl-rp1", 27, ""));
        assertThat(input.read()).isEqualTo(new Input.Level.Is(false));
        header.line(27).grounded(true);
        assertThat(input.read()).isEqualTo(new Input.Level.Is(true));
        input.close();
        assertThat(fake.kernel.openCount()).isZero();
        assertThat(board.input(new GpioLine("elsewhere", 1, "")).read()).isInstanceOf(Input.Level.Failed.class);
    }

    @Test
    void theRelayGoesOffAtOnceAndOnAfterARest() {
        LoadRelay relay = new LoadRelay(board.output(PIN_11, true));
        assertThat(relay.begin()).isEmpty();
        assertThat(header.line(17).driven()).containsExactly(true);
        assertThat(relay.set(true, NOON)).isEqualTo(new Switching.Done(true));
        assertThat(relay.set(false, NOON.plusSeconds(1))).isEqualTo(new Switching.Done(false));
        assertThat(relay.set(true, NOON.plusSeconds(31))).isEqualTo(new Switching.TooSoon(Duration.ofSeconds(30)));
        assertThat(relay.set(false, NOON.plusSeconds(32))).isEqualTo(new Switching.Done(false));
        assertThat(relay.set(true, NOON.plusSeconds(61))).isEqualTo(new Switching.Done(true));
        assertThat(relay.set(false, NOON.plusSeconds(62))).isEqualTo(new Switching.Done(false));
        // The clock was set back by an hour: the rest begins again, it does not take an hour.
        assertThat(relay.set(true, NOON.minusSeconds(3600))).isEqualTo(new Switching.TooSoon(LoadRelay.REST));
        assertThat(relay.set(true, NOON.minusSeconds(3540))).isEqualTo(new Switching.Done(true));
        relay.close();
        assertThat(header.line(17).driven()).containsExactly(true, false, true, false, true, false, true);
    }

    @Test
    void aRelayThatIsNotThere() {
        LoadRelay relay = new LoadRelay(board.output(new GpioLine("elsewhere", 1, ""), false));
        assertThat(relay.begin().map(Fault::kind)).isEqualTo(Optional.of(Fault.Kind.PORT_MISSING));
        assertThat(relay.set(true, NOON)).isInstanceOf(Switching.Failed.class);
        assertThat(relay.set(true, NOON)).as("a failure begins no rest").isInstanceOf(Switching.Failed.class);
        relay.close();
    }
}
