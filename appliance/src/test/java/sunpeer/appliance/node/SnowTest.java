package sunpeer.appliance.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.energy.NightAhead;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.schedule.Stage;

/** A fortnight under snow, on the core as it ships: estimator, policy, memory across halts. */
class SnowTest {
    private static final Instant BEGIN = Instant.parse("2026-12-01T07:00:00Z");
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final double DISCONNECT_WH = 0.05 * SleepyNode.CAPACITY_WH;
    private static final double RESERVE_WH = SleepyNode.RESERVE * SleepyNode.CAPACITY_WH;

    private final NightAhead night = new NightAhead(new Place(45.07, 7.69));
    private Instant snow = BEGIN.plus(Duration.ofMinutes(150));

    private double pvW(Instant at) {
        boolean covered = !at.isBefore(snow) && at.isBefore(snow.plus(FORTNIGHT));
        return covered || !night.isLight(at) ? 0 : 30;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fromAFullBatteryNotEvenTheReserveIsTouched(boolean halts) {
        SleepyNode node = new SleepyNode(BEGIN, 0.9 * SleepyNode.CAPACITY_WH, this::pvW);
        node.halts = halts;
        node.runUntil(snow);
        assertThat(node.slept).as("a good morning").isEmpty();
        assertThat(node.wh).isEqualTo(SleepyNode.CAPACITY_WH);

        node.runUntil(snow.plus(FORTNIGHT));
        String report = node.slept.size() + " sleeps, lowest "
                + Math.round(100 * node.lowestWh / SleepyNode.CAPACITY_WH) + " %";
        assertThat(node.lowestWh).as(report).isGreaterThan(RESERVE_WH);
        assertThat(node.slept).as(report).hasSizeBetween(20, 40);
        assertThat(node.told.stream().filter(story -> story.text().endsWith("and woke in time")))
                .as("all but one that is just over")
                .hasSizeGreaterThanOrEqualTo(node.slept.size() - 1);

        node.runUntil(snow.plus(FORTNIGHT).plus(Duration.ofDays(2)));
        assertThat(node.view().rest().stage()).as("two days of sun").isEqualTo(Stage.AWAKE);
    }

    /** Of 107 Wh in the morning; the board alone would have emptied it by the next noon. */
    @Test
    void afterANightOnTheBatteryItLastsForNineDays() {
        snow = BEGIN.plus(Duration.ofHours(23));
        SleepyNode node = new SleepyNode(BEGIN, 0.9 * SleepyNode.CAPACITY_WH, this::pvW);
        node.runUntil(snow);
        assertThat(node.slept).isEmpty();
        assertThat(node.wh).isBetween(100.0, 110.0);
        while (node.wh > DISCONNECT_WH && node.now.isBefore(snow.plus(FORTNIGHT))) {
            node.step();
        }
        assertThat(Duration.between(snow, node.now)).isGreaterThan(Duration.ofDays(9));
    }
}
