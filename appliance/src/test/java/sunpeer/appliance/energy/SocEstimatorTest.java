package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Sensor;
import sunpeer.appliance.sim.SolarSystem;
import sunpeer.appliance.sim.Weather;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

class SocEstimatorTest {
    private static final System.Logger LOG = System.getLogger(SocEstimatorTest.class.getName());

    private static final Place PLACE = new Place(45, 8);
    private static final Instant START = Instant.parse("2025-04-01T00:00:00Z");
    private static final Sensor CHEAP = new Sensor(1.02, 0.05);

    private static SolarSystem system(BatterySpec battery, double panelW, Weather weather, long seed) {
        SolarSystem.Setup setup = SolarSystem.Setup.usual(Panel.facingEquator(PLACE, panelW), battery);
        return new SolarSystem(setup, new Climate(seed, weather, PLACE).site(PLACE), START, 0.6);
    }

    /** Six weeks against the truth: a sensor 2 % and 50 mA off, in steps of 0.01 V and 0.01 A. */
    @ParameterizedTest
    @CsvSource({
        "LFP, TEMPERATE, 80, 15, 14, 0.03",
        "LFP, TEMPERATE, 40, 60, 42, 0.03",
        "LFP, BALTIC, 45, 60, 42, 0.05",
        "LFP, DESERT, 25, 60, 42, 0.03",
        "LFP, TEMPERATE, 40, 600, 42, 0.05",
        "LEAD_ACID, TEMPERATE, 50, 60, 42, 0.05",
        "LEAD_ACID, BALTIC, 80, 60, 42, 0.07",
        "LEAD_ACID, DESERT, 35, 60, 42, 0.05"
    })
    void staysCloseToTheTruthFromTheFirstFullChargeOn(
            Chemistry chemistry, String climate, double panelW, int pollS, int days, double limit) {
        long seed = 20;
        BatterySpec battery = BatterySpec.of(chemistry, 12, 30);
        SolarSystem system = system(battery, panelW, weather(climate), seed);
        SocEstimator estimator = new SocEstimator(battery);
        double squares = 0;
        double worst = 0;
        int count = 0;
        int outside = 0;
        double lowest = 1;
        boolean anchored = false;
        for (long i = 1; i <= days * 86_400L / pollS; i++) {
            // Bursts of inference on a base load.
            system.advance(START.plusSeconds(i * pollS), i * pollS / 1200 % 6 == 0 ? 9 : 3);
            SocEstimate estimate = estimator.update(CHEAP.read(system.now(), system.values()));
            assertSane(estimate);
            anchored |= estimate.basis() == SocEstimate.Basis.FULL;
            if (anchored) {
                lowest = Math.min(lowest, system.truth().soc());
                double error = estimate.fraction() - system.truth().soc();
                squares += error * error;
                worst = Math.max(worst, Math.abs(error));
                count++;
                outside += Math.abs(error) > 2 * estimate.sigma() ? 1 : 0;
            }
        }
        double rmse = Math.sqrt(squares / count);
        double outsideShare = (double) outside / count;
        String figures =
                "%s %s %.0f W poll %d s: RMSE %.4f, worst %.3f, outside 2 sigma %.3f, lowest %.2f, standing %.3f A"
                        .formatted(
                                chemistry,
                                climate,
                                panelW,
                                pollS,
                                rmse,
                                worst,
                                outsideShare,
                                lowest,
                                estimator.state().orElseThrow().standingA());
        LOG.log(System.Logger.Level.INFO, figures);
        assertThat(count).describedAs(figures).isGreaterThan(1000);
        assertThat(rmse).describedAs("seed %d, %s", seed, figures).isLessThan(limit);
        assertThat(outsideShare).describedAs("seed %d, %s", seed, figures).isLessThan(0.10);
    }

    /** The counter is stopped and continued from its state, at every point of the day, with no difference to the last bit. */
    @ParameterizedTest
    @EnumSource(Chemistry.class)
    void aRestartFromTheStoreChangesNothing(Chemistry chemistry) {
        BatterySpec battery = BatterySpec.of(chemistry, 12, 20);
        SolarSystem system = system(battery, 80, Weather.TEMPERATE, 3);
        SocEstimator straight = new SocEstimator(battery);
        SocEstimator restarted = new SocEstimator(battery);
        for (int i = 1; i < 7 * 1440; i++) {
            system.advance(START.plusSeconds(i * 60L), 3);
            Reading reading = CHEAP.read(system.now(), system.values());
            SocEstimate expected = straight.update(reading);
            assertThat(restarted.update(reading)).describedAs("minute %d", i).isEqualTo(expected);
            if (i % 37 == 0) {
                restarted = new SocEstimator(battery, restarted.state().orElseThrow());
            }
        }
        assertThat(restarted.state()).isEqualTo(straight.state());
    }

    /** Readings vanish, lie, stand still or come from a clock that jumps: the estimate stays one. */
    @Test
    void nothingThatReadingsDoBreaksTheBounds() {
        for (long seed = 1; seed <= 20; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            BatterySpec battery = BatterySpec.of(random.nextBoolean() ? Chemistry.LFP : Chemistry.LEAD_ACID, 12, 20);
            SocEstimator estimator = new SocEstimator(battery);
            Instant at = START;
            for (int i = 0; i < 5000; i++) {
                at = switch (random.nextInt(200)) {
                    case 0 -> START.minusSeconds(random.nextLong(100_000_000));
                    case 1 -> START.plusSeconds(random.nextLong(100_000_000));
                    case 2 -> Instant.MAX.minusSeconds(random.nextLong(1000));
                    case 3 -> Instant.MIN;
                    case 4, 5, 6, 7 -> START;
                    default -> at.isAfter(Instant.MAX.minusSeconds(5000)) ? START : at.plusSeconds(random.nextInt(900));
                };
                SocEstimate estimate = estimator.update(reading(at, anyValue(random, 13, 3), anyValue(random, 0, 8)));
                assertThat(estimate.fraction())
                        .describedAs("seed %d, reading %d", seed, i)
                        .isBetween(0.0, 1.0);
                assertThat(estimate.sigma())
                        .describedAs("seed %d, reading %d", seed, i)
                        .isBetween(0.0, 0.5);
                if (estimator.state().isPresent()) {
                    estimator = new SocEstimator(battery, estimator.state().get());
                }
            }
        }
    }

    @Test
    void nothingIsKnownBeforeAVoltage() {
        SocEstimator estimator = new SocEstimator(BatterySpec.of(Chemistry.LFP, 12, 20));
        assertThat(estimator.state()).isEmpty();
        SocEstimate estimate = estimator.update(reading(START, Value.suspect(13.2), Value.good(1)));
        assertThat(estimate.basis()).isEqualTo(SocEstimate.Basis.UNKNOWN);
        assertThat(estimate.cautious()).isZero();
        estimate = estimator.update(reading(START.plusSeconds(5), Value.good(13.2), Value.ABSENT));
        assertThat(estimate.basis()).isEqualTo(SocEstimate.Basis.VOLTAGE);
        assertThat(estimate.sigma()).isGreaterThanOrEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource({
        // minutes between the readings, charge moved, share of one hour at 2 A of 20 Ah
        "1, true",
        "9, true",
        "10, true",
        "11, false",
        "60, false"
    })
    void chargeIsCountedOverShortSilencesAndNeverInventedOverLongOnes(int minutes, boolean counted) {
        SocEstimator estimator = full(20);
        Instant at = START.plusSeconds(1000);
        double before =
                estimator.update(reading(at, Value.good(13.3), Value.good(-2))).fraction();
        SocEstimate after = estimator.update(reading(at.plusSeconds(minutes * 60L), Value.good(13.2), Value.good(-2)));
        assertThat(before - after.fraction()).isCloseTo(counted ? 2 * minutes / 60.0 / 20 : 0, within(1e-9));
        if (!counted) {
            assertThat(after.sigma()).isGreaterThan(0.03 * minutes / 60);
        }
    }

    @Test
    void aHoleInTheCurrentIsBridgedWhileTheErrorBarOpens() {
        SocEstimator estimator = full(20);
        Instant at = START.plusSeconds(1000);
        SocEstimate before = estimator.update(reading(at, Value.good(13.3), Value.good(-2)));
        SocEstimate within = estimator.update(reading(at.plusSeconds(240), Value.good(13.3), Value.ABSENT));
        assertThat(within.fraction()).isEqualTo(before.fraction());
        assertThat(within.sigma()).isGreaterThan(before.sigma());
        SocEstimate after = estimator.update(reading(at.plusSeconds(480), Value.good(13.3), Value.good(-2)));
        assertThat(before.fraction() - after.fraction()).isCloseTo(2 * 480 / 3600.0 / 20, within(1e-9));
        // A day without any current: the voltage takes over.
        SocEstimate lost = estimator.update(reading(at.plusSeconds(86_400), Value.good(13.2), Value.ABSENT));
        assertThat(lost.basis()).isEqualTo(SocEstimate.Basis.VOLTAGE);
    }

    @Test
    void aClockSetBackMovesNoChargeAndIsAccepted() {
        SocEstimator estimator = full(20);
        Instant at = START.plusSeconds(5000);
        SocEstimate before = estimator.update(reading(at, Value.good(13.3), Value.good(-2)));
        SocEstimate back = estimator.update(reading(at.minusSeconds(4000), Value.good(13.3), Value.good(-2)));
        assertThat(back.fraction()).isEqualTo(before.fraction());
        assertThat(back.sigma()).isGreaterThan(before.sigma());
        SocEstimate on = estimator.update(reading(at.minusSeconds(3940), Value.good(13.3), Value.good(-2)));
        assertThat(before.fraction() - on.fraction()).isCloseTo(2 * 60 / 3600.0 / 20, within(1e-9));
    }

    @Test
    void netCurrentIsMadeOfChargeAndLoadWhenItIsNotMeasured() {
        SocEstimator estimator = full(20);
        Instant at = START.plusSeconds(1000);
        double before =
                estimator.update(reading(at, Value.good(13.3), Value.good(-3))).fraction();
        Reading split = new Reading(
                at.plusSeconds(60),
                "test",
                Value.good(13.3),
                Value.suspect(40),
                Value.good(1),
                Value.good(4),
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.good(3),
                Value.ABSENT,
                ChargeStage.BULK);
        double after = estimator.update(split).fraction();
        assertThat(before - after).isCloseTo(3 * 60 / 3600.0 / 20, within(1e-9));
    }

    @Test
    void anAlmostEmptyBatteryIsSeenAndACountThatDriftedDownIsLifted() {
        BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12, 20);
        SocEstimator estimator = full(20);
        for (int i = 0; i < 10; i++) {
            estimator.update(reading(START.plusSeconds(1000 + i * 60L), Value.good(12.5), Value.good(-0.5)));
        }
        SocEstimate low = estimator.update(reading(START.plusSeconds(1600), Value.good(12.5), Value.good(-0.5)));
        assertThat(low.basis()).isEqualTo(SocEstimate.Basis.LOW);
        assertThat(low.fraction()).isBetween(0.05, 0.11);

        SocState state = estimator.state().orElseThrow();
        SocEstimator drifted = new SocEstimator(battery, state);
        SocEstimate lifted = low;
        for (int i = 1; i <= 200; i++) {
            lifted = drifted.update(reading(state.at().plusSeconds(i * 60L), Value.good(13.2), Value.good(-1)));
        }
        assertThat(lifted.fraction()).isCloseTo(0.1, within(0.01));
    }

    @Test
    void anAnnouncedSleepCostsWhatItDraws() {
        SocEstimator estimator = full(20);
        SocEstimate before = estimator.update(reading(START.plusSeconds(1000), Value.good(13.3), Value.good(-0.02)));
        SocEstimate after = estimator.slept(START.plusSeconds(1000 + 8 * 3600), 0.025);
        assertThat(before.fraction() - after.fraction()).isCloseTo(0.01, within(1e-9));
        assertThat(after.sigma()).isLessThan(0.05);
        SocEstimate next =
                estimator.update(reading(START.plusSeconds(1005 + 8 * 3600), Value.good(13.3), Value.good(0)));
        assertThat(next.sigma()).isLessThan(0.05);
    }

    @Test
    void theErrorBarGrowsWithThroughputAndTime() {
        SocEstimator busy = full(20);
        SocEstimator idle = full(20);
        double last = 0;
        for (int i = 1; i <= 600; i++) {
            Instant at = START.plusSeconds(1000 + i * 60L);
            double sigma = idle.update(reading(at, Value.good(13.25), Value.good(-0.01)))
                    .sigma();
            assertThat(sigma).isGreaterThanOrEqualTo(last);
            last = sigma;
            double swing = i / 30 % 2 == 0 ? 8 : -8;
            busy.update(reading(at, Value.good(13.25), Value.good(swing)));
        }
        assertThat(last).isGreaterThan(0.02);
        assertThat(busy.update(reading(START.plusSeconds(37_060), Value.good(13.25), Value.good(0)))
                        .sigma())
                .isGreaterThan(1.5 * last);
    }

    @Test
    void aDamagedStateIsRefused() {
        SocState good = full(20).state().orElseThrow();
        assertThatThrownBy(() -> damaged(good, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> damaged(good, 0, 1.01)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SocState damaged(SocState good, double lastA, double fraction) {
        return new SocState(
                good.at(),
                lastA,
                fraction,
                good.basis(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                good.unseen(),
                good.capacity());
    }

    @ParameterizedTest
    @CsvSource({
        "LFP, 12, 20, 4, 256, 14.2, 14.1",
        "LFP, 25.6, 20, 8, 512, 28.4, 28.2",
        "LFP, 48, 100, 16, 5120, 56.8, 56.4",
        "LEAD_ACID, 12, 20, 6, 240, 14.4, 14.3",
        "LEAD_ACID, 24, 100, 12, 2400, 28.8, 28.6"
    })
    void thresholdsFollowFromTheLabel(
            Chemistry chemistry, double nominalV, double ah, int cells, double wh, double absorptionV, double fullV) {
        BatterySpec battery = BatterySpec.of(chemistry, nominalV, ah);
        assertThat(battery.cells()).isEqualTo(cells);
        assertThat(battery.capacityWh()).isCloseTo(wh, within(1e-6));
        assertThat(battery.absorptionV()).isCloseTo(absorptionV, within(1e-6));
        assertThat(battery.fullV()).isCloseTo(fullV, within(1e-6));
        assertThat(BatterySpec.ofWh(chemistry, nominalV, wh)).isEqualTo(battery);
        assertThat(battery.disconnectV()).isLessThan(battery.lowV());
        assertThat(battery.reconnectV()).isBetween(battery.lowV(), battery.floatV());
    }

    private static SocEstimator full(double capacityAh) {
        SocEstimator estimator = new SocEstimator(BatterySpec.of(Chemistry.LFP, 12, capacityAh));
        for (int i = 0; i <= 10; i++) {
            estimator.update(reading(START.plusSeconds(i * 60L), Value.good(14.18), Value.good(0.3)));
        }
        assertThat(estimator.state().orElseThrow().fraction()).isEqualTo(1);
        return estimator;
    }

    private static void assertSane(SocEstimate estimate) {
        // Plain conditions: this runs a quarter of a million times.
        if (!(estimate.fraction() >= 0
                && estimate.fraction() <= 1
                && estimate.sigma() >= 0
                && estimate.sigma() <= 0.5)) {
            throw new AssertionError(estimate.toString());
        }
    }

    private static Value anyValue(RandomGenerator random, double middle, double spread) {
        return switch (random.nextInt(12)) {
            case 0 -> Value.ABSENT;
            case 1 -> Value.suspect(middle + random.nextGaussian() * 1e6);
            case 2 -> Value.good(random.nextGaussian() * 1e300);
            case 3 -> Value.good(Double.POSITIVE_INFINITY);
            default -> Value.good(middle + random.nextGaussian() * spread);
        };
    }

    private static Reading reading(Instant at, Value batteryV, Value batteryA) {
        return new Reading(
                at,
                "test",
                batteryV,
                batteryA,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.good(99),
                Value.ABSENT,
                ChargeStage.BULK);
    }

    static Weather weather(String name) {
        return switch (name) {
            case "BALTIC" -> Weather.BALTIC;
            case "TEMPERATE" -> Weather.TEMPERATE;
            case "DESERT" -> Weather.DESERT;
            case "MONSOON" -> Weather.MONSOON;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
