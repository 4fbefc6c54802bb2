package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forecasts by others count as much as they have been right. */
class ForecastBlendTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");

    @Test
    void whoHasBeenRightCountsAndWhoLiesIsFoundOut() {
        Random random = new Random(3);
        ForecastBlend blend = new ForecastBlend(List.of());
        double off = 0;
        for (int i = 0; i < 60; i++) {
            LocalDate day = FIRST.plusDays(i);
            double truth = random.nextDouble();
            blend.tell("good", day, Math.max(0, truth + 0.1 * random.nextGaussian()));
            blend.tell("liar", day, 1 - truth);
            DayOutlook.Forecast told = blend.of(day).orElseThrow();
            off += i < 30 ? 0 : Math.abs(told.clearness() - truth);
            blend.over(day, truth);
        }
        assertThat(off / 30).isLessThan(0.13);
        assertThat(blend.sources()).extracting(ForecastBlend.Source::name).containsExactly("good", "liar");
        assertThat(Math.sqrt(blend.sources().getFirst().meanSquare())).isCloseTo(0.1, within(0.04));
        assertThat(Math.sqrt(blend.sources().getLast().meanSquare())).isGreaterThan(0.4);
        assertThat(blend.sources()).allMatch(source -> source.days().isEmpty());
    }

    @Test
    void aStrangerCountsNoMoreThanTheClimateAndCrowdsAreRefused() {
        ForecastBlend blend = new ForecastBlend(List.of());
        for (int i = 0; i < ForecastBlend.SOURCES_MAX; i++) {
            assertThat(blend.tell("source " + i, FIRST, 1)).isTrue();
        }
        assertThat(blend.tell("one more", FIRST, 1)).isFalse();
        assertThat(blend.of(FIRST).orElseThrow().sd()).isEqualTo(0.28);
        assertThat(blend.of(FIRST.plusDays(1))).isEmpty();
        blend.over(FIRST, Double.NaN);
        assertThat(blend.sources()).as("never scored, nothing to say").isEmpty();
    }

    @Test
    void whoFellSilentMakesRoom() {
        ForecastBlend blend = new ForecastBlend(List.of());
        for (int i = 0; i < ForecastBlend.SOURCES_MAX; i++) {
            blend.tell("source " + i, FIRST, 1);
        }
        blend.over(FIRST, 0.5);
        assertThat(blend.sources()).as("scored, so remembered").hasSize(ForecastBlend.SOURCES_MAX);
        assertThat(blend.tell("one more", FIRST.plusDays(1), 1)).isTrue();
        assertThat(blend.sources()).extracting(ForecastBlend.Source::name).containsExactly("one more");
    }
}
