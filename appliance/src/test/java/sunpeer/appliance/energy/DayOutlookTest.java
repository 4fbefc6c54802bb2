package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DayOutlookTest {
    private static final int JUNE = 170;
    private static final int DECEMBER = 350;

    @Test
    void rowsAreProbabilitiesWhateverWasLearned() {
        for (long seed = 0; seed < 20; seed++) {
            ClearnessHistory history = new ClearnessHistory();
            Random random = new Random(seed);
            for (int i = 0; i < random.nextInt(1500); i++) {
                history.learn(new ClearnessHistory.Pair(
                        1 + random.nextInt(366), 2 * random.nextDouble(), 2 * random.nextDouble()));
            }
            assertThat(history.pairs()).hasSizeLessThanOrEqualTo(ClearnessHistory.MAX_PAIRS);
            for (double[] row : history.chain(1 + random.nextInt(366))) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-9));
                assertThat(Arrays.stream(row).min().orElseThrow()).isNotNegative();
            }
        }
    }

    @Test
    void theSeasonIsLearnedAndTheOtherOneIsNot() {
        ClearnessHistory history = new ClearnessHistory();
        for (int i = 0; i < 40; i++) {
            history.learn(new ClearnessHistory.Pair(JUNE, 1, 1));
        }
        double june = mean(DayOutlook.of(history, JUNE, OptionalDouble.of(1), null, null));
        double december = mean(DayOutlook.of(history, DECEMBER, OptionalDouble.of(1), null, null));
        assertThat(june).isGreaterThan(0.9);
        assertThat(december).isLessThan(0.8);
    }

    @Test
    void whatIsSeenCountsMoreAndMore() {
        DayOutlook outlook = DayOutlook.of(new ClearnessHistory(), JUNE, OptionalDouble.of(1), null, null);
        double before = mean(outlook);
        double morning = DayOutlook.mean(outlook.today(0.2, 0.1));
        double evening = DayOutlook.mean(outlook.today(0.2, 0.9));
        assertThat(morning).isLessThan(before);
        assertThat(evening).isLessThan(morning).isCloseTo(0.2, within(0.06));
    }

    @Test
    void aForecastCountsByItsError() {
        ClearnessHistory history = new ClearnessHistory();
        DayOutlook sharp = outlook(history, new DayOutlook.Forecast(0.3, 0.05));
        DayOutlook dull = outlook(history, new DayOutlook.Forecast(0.3, 0.5));
        assertThat(mean(sharp)).isCloseTo(0.3, within(0.05));
        assertThat(mean(dull)).isGreaterThan(mean(sharp));
    }

    private static DayOutlook outlook(ClearnessHistory history, DayOutlook.Forecast today) {
        return DayOutlook.of(history, JUNE, OptionalDouble.of(1), today, null);
    }

    private static double mean(DayOutlook outlook) {
        return DayOutlook.mean(outlook.today(0, 0));
    }
}
