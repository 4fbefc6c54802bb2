package sunpeer.appliance.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import sunpeer.appliance.energy.Place;

class ClimateTest {
    private static final System.Logger LOG = System.getLogger(ClimateTest.class.getName());

    private static final Place ORIGIN = new Place(50, 10);
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final int DAYS = 3000;

    static final List<Weather> WEATHERS =
            List.of(Weather.BALTIC, Weather.TEMPERATE, Weather.CONTINENTAL, Weather.MONSOON, Weather.DESERT);

    @ParameterizedTest
    @FieldSource("WEATHERS")
    void daysHaveTheMeanDeviationAndLagOfTheWeather(Weather weather) {
        double[] days = dailyMeans(new Climate(7, weather, ORIGIN).site(ORIGIN));
        double mean = mean(days);
        double sd = Math.sqrt(covariance(days, days, 0));
        double lag = covariance(days, days, 1) / (sd * sd);
        String figures = "%s: mean %.3f sd %.3f lag %.3f".formatted(weather, mean, sd, lag);
        LOG.log(System.Logger.Level.INFO, figures);
        assertThat(mean).describedAs("mean, seed 7").isCloseTo(weather.mean(), within(0.03));
        assertThat(sd).describedAs("deviation, seed 7").isCloseTo(weather.sd(), within(0.03));
        assertThat(lag).describedAs("lag, seed 7").isCloseTo(weather.lag1(), within(0.08));
    }

    @Test
    void isAFunctionOfTimeInAnyOrder() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        Climate climate = new Climate(11, Weather.TEMPERATE, ORIGIN);
        Climate.Site site = climate.site(new Place(50.3, 10.4));
        Climate.Site again = new Climate(11, Weather.TEMPERATE, ORIGIN).site(new Place(50.3, 10.4));
        Climate.Site other = new Climate(12, Weather.TEMPERATE, ORIGIN).site(new Place(50.3, 10.4));
        int different = 0;
        for (int i = 0; i < 1000; i++) {
            Instant at = START.plusSeconds(random.nextLong(-1_000_000_000, 1_000_000_000));
            double index = site.clearSkyIndex(at);
            assertThat(index)
                    .describedAs("seed 11 at %s", at)
                    .isBetween(0.0, 1.2)
                    .isEqualTo(again.clearSkyIndex(at));
            different += index == other.clearSkyIndex(at) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(990);
    }

    /** Seen from downwind, the neighbour's sky some hours ago tells more than the neighbour's sky now. */
    @Test
    void aNeighbourUpwindTellsOfTheFuture() {
        Climate climate = new Climate(5, Weather.TEMPERATE, ORIGIN);
        double towards = Math.toRadians(Weather.TEMPERATE.windFromDeg() + 180);
        Place downwind =
                new Place(50 + 0.7 * Math.cos(towards), 10 + 0.7 * Math.sin(towards) / Math.cos(Math.toRadians(50)));
        Climate.Site here = climate.site(downwind);
        Climate.Site there = climate.site(ORIGIN);
        assertThat(here.delayS()).isCloseTo(0.7 * 111_200 / 8, within(120.0));
        double past = correlation(here, there, Duration.ofSeconds((long) here.delayS()));
        double now = correlation(here, there, Duration.ZERO);
        double late = correlation(here, there, Duration.ofSeconds(3 * (long) here.delayS()));
        assertThat(past).isBetween(0.9, 0.9999);
        assertThat(now).isLessThan(past - 0.05);
        assertThat(late).isLessThan(past - 0.05);
    }

    @Test
    void sitesFarAcrossTheWindShareLittle() {
        Climate climate = new Climate(5, new Weather(0.6, 0.3, 0.4, 10, 270, 10, 10, 5), ORIGIN);
        Climate.Site here = climate.site(ORIGIN);
        double near = correlation(here, climate.site(new Place(50.5, 10)), Duration.ZERO);
        double far = correlation(here, climate.site(new Place(62, 10)), Duration.ZERO);
        assertThat(near).isGreaterThan(0.7);
        assertThat(Math.abs(far)).isLessThan(0.15);
    }

    @Test
    void theSkyMovesWithinADayAndTheAirFollowsSunAndSeason() {
        Climate.Site site = new Climate(3, Weather.TEMPERATE, ORIGIN).site(ORIGIN);
        double step = 0;
        for (int i = 0; i < 10_000; i++) {
            Instant at = START.plusSeconds(i * 600L);
            step += Math.abs(site.clearSkyIndex(at) - site.clearSkyIndex(at.plusSeconds(600))) / 10_000;
        }
        assertThat(step).isBetween(0.01, 0.2);
        assertThat(site.airC(Instant.parse("2025-07-20T14:00:00Z")))
                .isGreaterThan(site.airC(Instant.parse("2025-07-20T02:00:00Z")))
                .isGreaterThan(site.airC(Instant.parse("2025-01-20T14:00:00Z")) + 15);
        Climate.Site south = new Climate(3, Weather.TEMPERATE, ORIGIN).site(new Place(-50, 10));
        assertThat(south.airC(Instant.parse("2025-01-20T14:00:00Z")))
                .isGreaterThan(south.airC(Instant.parse("2025-07-20T14:00:00Z")));
    }

    private static double[] dailyMeans(Climate.Site site) {
        double[] days = new double[DAYS];
        for (int day = 0; day < DAYS; day++) {
            for (int i = 0; i < 20; i++) {
                days[day] += site.clearSkyIndex(START.plusSeconds(day * 86_400L + 7 * 3600 + i * 1800L)) / 20;
            }
        }
        return days;
    }

    private static double correlation(Climate.Site here, Climate.Site there, Duration earlier) {
        int count = 20_000;
        double[] a = new double[count];
        double[] b = new double[count];
        for (int i = 0; i < count; i++) {
            Instant at = START.plusSeconds(i * 7200L);
            a[i] = here.clearSkyIndex(at);
            b[i] = there.clearSkyIndex(at.minus(earlier));
        }
        return covariance(a, b, 0) / Math.sqrt(covariance(a, a, 0) * covariance(b, b, 0));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double covariance(double[] a, double[] b, int lag) {
        double meanA = mean(a);
        double meanB = mean(b);
        double sum = 0;
        for (int i = lag; i < a.length; i++) {
            sum += (a[i - lag] - meanA) * (b[i] - meanB);
        }
        return sum / (a.length - lag);
    }
}
