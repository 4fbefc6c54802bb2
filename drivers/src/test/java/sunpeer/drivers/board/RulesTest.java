package sunpeer.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sunpeer.drivers.Value;
import sunpeer.drivers.board.Button.Press;

/** What needs no board: the fan's thermostat, the button's patience, the light's patterns. */
class RulesTest {
    @ParameterizedTest
    @CsvSource({
        "false, 59.9, false",
        "false, 60, true",
        "true, 55, true",
        "true, 50.1, true",
        "true, 50, false",
        "false, 55, false",
        "true, -10, false"
    })
    void thermostat(boolean running, double celsius, boolean next) {
        assertThat(new Thermostat(60, 50).next(running, Value.good(celsius))).isEqualTo(next);
    }

    @Test
    void aFanThatKnowsNoTemperatureRuns() {
        Thermostat thermostat = new Thermostat(60, 50);
        assertThat(thermostat.next(false, Value.ABSENT)).isTrue();
        assertThat(thermostat.next(false, Value.suspect(20))).isTrue();
        assertThatThrownBy(() -> new Thermostat(50, 49)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Thermostat(Double.NaN, 49)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Looks every 10 ms at a contact given as {@code "open closed open ..."} in milliseconds. */
    private static List<String> presses(boolean closedFirst, int... lengths) {
        Button button = new Button();
        List<String> told = new ArrayList<>();
        boolean closed = closedFirst;
        long millis = 0;
        for (int length : lengths) {
            for (long end = millis + length; millis < end; millis += 10) {
                long now = millis;
                button.look(closed, now).ifPresent(press -> told.add(press + "@" + now));
            }
            closed = !closed;
        }
        return told;
    }

    @Test
    void button() {
        assertThat(presses(false, 100, 200, 100)).containsExactly(Press.SHORT + "@330");
        // Bounces at both edges.
        assertThat(presses(false, 100, 10, 10, 20, 10, 200, 10, 10, 100)).containsExactly(Press.SHORT + "@400");
        // A spark is no press.
        assertThat(presses(false, 100, 20, 100, 10, 100)).isEmpty();
        assertThat(presses(false, 100, 4000, 100)).containsExactly(Press.LONG + "@3100");
        assertThat(presses(false, 100, 200, 100, 200, 100)).hasSize(2);
        // Held or shorted from the beginning: nothing, then it works.
        assertThat(presses(true, 10_000)).isEmpty();
        assertThat(presses(true, 500, 100, 200, 100)).containsExactly(Press.SHORT + "@830");
    }

    @ParameterizedTest
    @EnumSource(StatusPattern.class)
    void theNextChangeOfTheLightIsWhereItSays(StatusPattern pattern) {
        for (long millis = 0; millis < 9000; millis++) {
            long until = pattern.millisToChange(millis);
            assertThat(until).isPositive();
            boolean lit = pattern.isLitAt(millis);
            assertThat(pattern.isLitAt(millis + until - 1)).isEqualTo(lit);
        }
    }

    @Test
    void patternsCanBeToldApartAndAreMostlyDark() {
        assertThat(litMillis(StatusPattern.OFF)).isZero();
        assertThat(litMillis(StatusPattern.RUNNING)).isEqualTo(320);
        assertThat(litMillis(StatusPattern.WAITING_FOR_SUN)).isEqualTo(80);
        assertThat(litMillis(StatusPattern.FAULT)).isEqualTo(2000);
    }

    private static long litMillis(StatusPattern pattern) {
        long lit = 0;
        for (long millis = 0; millis < 4000; millis++) {
            lit += pattern.isLitAt(millis) ? 1 : 0;
        }
        return lit;
    }
}
