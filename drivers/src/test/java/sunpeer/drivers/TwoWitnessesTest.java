package sunpeer.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoWitnessesTest {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");
    private final TwoWitnesses witnesses = new TwoWitnesses();

    private static Reading reading(long second, Value volts, Value amperes, Value celsius) {
        Value none = Value.ABSENT;
        return new Reading(
                NOON.plusSeconds(second),
                "x",
                volts,
                amperes,
                Value.good(3),
                Value.good(1),
                none,
                Value.good(18),
                none,
                none,
                celsius,
                none,
                none,
                ChargeStage.BULK);
    }

    private TwoWitnesses.Together judge(long second, double controllerA, double monitorA) {
        return witnesses.judge(
                reading(second, Value.good(13), Value.good(controllerA), Value.ABSENT),
                Optional.of(reading(second, Value.good(13.1), Value.good(monitorA), Value.ABSENT)));
    }

    @Test
    void theMonitorIsPreferredWhereItIsGood() {
        Reading controller = reading(0, Value.good(13), Value.good(2), Value.good(20));
        Reading monitor = reading(1, Value.good(13.1), Value.suspect(900), Value.ABSENT);
        Reading together = witnesses.judge(controller, Optional.of(monitor)).reading();
        assertThat(together.batteryV()).isEqualTo(Value.good(13.1));
        assertThat(together.batteryA()).isEqualTo(Value.good(2));
        assertThat(together.batteryC()).isEqualTo(Value.good(20));
        assertThat(together.pvV()).isEqualTo(Value.good(18));
        assertThat(together.origin()).isEqualTo("x, battery by x");
    }

    @Test
    void withoutAFreshMonitorTheControllerStandsAlone() {
        Reading controller = reading(0, Value.good(13), Value.good(2), Value.ABSENT);
        assertThat(witnesses.judge(controller, Optional.empty()).reading()).isEqualTo(controller);
        Reading old = reading(-61, Value.good(14), Value.good(9), Value.ABSENT);
        assertThat(witnesses.judge(controller, Optional.of(old)).reading()).isEqualTo(controller);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2.2, false",
        "2, 2.6, true",
        "0, 0.5, false",
        "0, -0.51, true",
        "-3, 3, true",
        "100, 91, false",
        "100, 89, true"
    })
    void disagreementIsToldAfterTenMinutesAndOnce(double controllerA, double monitorA, boolean disagree) {
        assertThat(judge(0, controllerA, monitorA).warning()).isEmpty();
        assertThat(judge(599, controllerA, monitorA).warning()).isEmpty();
        assertThat(judge(600, controllerA, monitorA).warning().isPresent()).isEqualTo(disagree);
        assertThat(judge(1300, controllerA, monitorA).warning()).isEmpty();
    }

    @Test
    void agreementInBetweenBeginsAnew() {
        judge(0, 2, 5);
        judge(300, 2, 2);
        assertThat(judge(601, 2, 5).warning()).isEmpty();
        assertThat(judge(1201, 2, 5).warning().orElseThrow())
                .startsWith("controller and monitor see the battery differently for 10 minutes: 2.00 A and 5.00 A;");
    }
}
