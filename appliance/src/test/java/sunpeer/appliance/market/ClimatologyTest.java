package sunpeer.appliance.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The zero of every score: what somebody says who knows only the past. */
class ClimatologyTest {
    @Test
    void beforeTheFirstTruthThereIsAPrior() {
        assertThat(Climatology.PRIOR.observations()).isZero();
        assertThat(Climatology.PRIOR.forecast()).isEqualTo(new QuantileForecast(15, 65, 100));
        assertThat(Climatology.PRIOR.mean()).isCloseTo(0.67, within(1e-9));
        assertThat(Climatology.PRIOR.last()).isEqualTo(70);
    }

    @Test
    void truthsTakeThePlaceOfThePrior() {
        Climatology climate = Climatology.PRIOR;
        for (int i = 0; i < 200; i++) {
            climate = climate.with(90);
        }
        climate = climate.with(20);

        assertThat(climate.observations()).isEqualTo(201);
        assertThat(climate.last()).isEqualTo(20);
        assertThat(climate.forecast()).isEqualTo(new QuantileForecast(90, 90, 90));
        assertThat(Climatology.PRIOR.observations())
                .as("the prior itself is untouched")
                .isZero();
    }

    @Test
    void itsQuantilesAreThoseOfTheTruths() {
        long seed = 4_711;
        SplittableRandom random = new SplittableRandom(seed);
        Climatology climate = Climatology.PRIOR;
        for (int i = 0; i < 20_000; i++) {
            climate = climate.with(random.nextInt(0, 101));
        }
        assertThat(climate.forecast().q10()).as("seed %d", seed).isBetween(8, 12);
        assertThat(climate.forecast().q50()).as("seed %d", seed).isBetween(48, 52);
        assertThat(climate.forecast().q90()).as("seed %d", seed).isBetween(88, 92);
        assertThat(climate.mean()).as("seed %d", seed).isCloseTo(0.5, within(0.01));
    }
}
