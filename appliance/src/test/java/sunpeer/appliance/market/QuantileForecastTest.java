package sunpeer.appliance.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The score is proper: nobody gains by saying anything but what it believes. */
class QuantileForecastTest {
    private static final long SEED = 1_978;

    /** A skewed sky: mostly clear, sometimes dark. */
    private static int[] sample() {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] truths = new int[4_001];
        for (int i = 0; i < truths.length; i++) {
            double chance = random.nextDouble();
            truths[i] = (int) Math.round(chance < 0.3 ? 80 * random.nextDouble() : 70 + 40 * Math.sqrt(chance));
        }
        Arrays.sort(truths);
        return truths;
    }

    private static long loss(QuantileForecast forecast, int[] truths) {
        return Arrays.stream(truths).mapToLong(forecast::pinballLoss).sum();
    }

    @Test
    void theExpectedLossIsLeastAtTheTrueQuantiles() {
        int[] truths = sample();
        int q10 = truths[truths.length / 10];
        int q50 = truths[truths.length / 2];
        int q90 = truths[9 * truths.length / 10];
        long least = loss(new QuantileForecast(q10, q50, q90), truths);
        for (int said = 0; said <= QuantileForecast.INDEX_MAX; said++) {
            if (said <= q50) {
                assertThat(loss(new QuantileForecast(said, q50, q90), truths))
                        .as("seed %d, low end %d instead of %d", SEED, said, q10)
                        .isGreaterThanOrEqualTo(least);
            }
            if (q10 <= said && said <= q90) {
                assertThat(loss(new QuantileForecast(q10, said, q90), truths))
                        .as("seed %d, middle %d instead of %d", SEED, said, q50)
                        .isGreaterThanOrEqualTo(least);
            }
            if (q50 <= said) {
                assertThat(loss(new QuantileForecast(q10, q50, said), truths))
                        .as("seed %d, high end %d instead of %d", SEED, said, q90)
                        .isGreaterThanOrEqualTo(least);
            }
        }
        assertThat(loss(new QuantileForecast(q10 + 15, q50, q90), truths)).isGreaterThan(least);
        assertThat(loss(new QuantileForecast(q10, q50 - 15, q90), truths)).isGreaterThan(least);
        assertThat(loss(new QuantileForecast(q10, q50, q90 + 15), truths)).isGreaterThan(least);
    }

    @ParameterizedTest
    @CsvSource({"50, 50, 50, 50, 0", "40, 50, 60, 50, 20", "40, 50, 60, 30, 220", "40, 50, 60, 80, 370"})
    void lossByHand(int low, int middle, int high, int truth, int loss) {
        assertThat(new QuantileForecast(low, middle, high).pinballLoss(truth)).isEqualTo(loss);
    }

    @Test
    void whateverAModelSaysBecomesAForecast() {
        assertThat(QuantileForecast.of(0.9, 0.1, 0.5)).isEqualTo(new QuantileForecast(10, 50, 90));
        assertThat(QuantileForecast.of(-3, 9, 0.505)).isEqualTo(new QuantileForecast(0, 51, 200));
        assertThat(QuantileForecast.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isEqualTo(new QuantileForecast(0, 0, 200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1 5 9", "6 5 9", "1 10 9", "1 5 201"})
    void impossibleQuantilesAreNoForecast(String text) {
        int[] q = Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        assertThatThrownBy(() -> new QuantileForecast(q[0], q[1], q[2])).isInstanceOf(IllegalArgumentException.class);
    }
}
