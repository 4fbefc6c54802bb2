package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** What holds of the estimate whatever the readings are. */
class SocPropertiesTest {
    private static final Instant START = Instant.parse("2025-04-01T00:00:00Z");
    private static final int SEEDS = 40;
    private static final int READINGS = 3000;

    /** Full, empty, stuck, cold and broken readings in runs, so that every anchor, the capacity and the sensor's fault occur. */
    @ParameterizedTest
    @EnumSource(Chemistry.class)
    void boundsHoldAndTheStateIsAllThereIs(Chemistry chemistry) {
        int learned = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            BatterySpec battery = BatterySpec.of(chemistry, 12, 20);
            SocEstimator estimator = new SocEstimator(battery);
            Instant at = START;
            for (int i = 0; i < READINGS; i++) {
                at = at.plusSeconds(random.nextInt(500) == 0 ? random.nextLong(-100_000, 100_000) : 60);
                SocEstimate estimate = estimator.update(next(random, battery, at, i / 120 % 4));
                String where = "%s, seed %d, reading %d: %s".formatted(chemistry, seed, i, estimate);
                assertThat(estimate.fraction()).describedAs(where).isBetween(0.0, 1.0);
                assertThat(estimate.sigma()).describedAs(where).isBetween(0.0, 0.5);
                assertThat(estimate.cautious()).describedAs(where).isBetween(0.0, estimate.fraction());
                if (estimator.state().filter(known(at)).isPresent()) {
                    assertThat(estimator.estimateAt(at.plusSeconds(3600)).sigma())
                            .describedAs(where)
                            .isGreaterThanOrEqualTo(estimate.sigma());
                }
                if (random.nextInt(50) == 0 && estimator.state().isPresent()) {
                    SocState state = estimator.state().get();
                    estimator = new SocEstimator(battery, state);
                    assertThat(estimator.state()).describedAs(where).contains(state);
                }
            }
            learned += estimator.state().orElseThrow().capacity().learned();
        }
        assertThat(learned).describedAs("capacities measured").isPositive();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.70, 3.60})
    void startsFromEmptyAndFromFull(double cellV) {
        BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12, 20);
        SocEstimator estimator = new SocEstimator(battery);
        SocEstimate first = estimator.update(reading(START, Value.good(4 * cellV), Value.good(0), Value.ABSENT));
        assertThat(first.fraction()).isEqualTo(cellV < 3 ? 0 : 1);
        assertThat(first.cautious()).isLessThanOrEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300, 0})
    void whatIsNoNumberIsNoReading(double nonsense) {
        BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12, 20);
        SocEstimator estimator = new SocEstimator(battery);
        estimator.update(reading(START, Value.good(nonsense), Value.ABSENT, Value.ABSENT));
        assertThat(estimator.state()).isEmpty();
        assertThat(estimator.estimateAt(START).cautious()).isZero();
        SocEstimate before =
                estimator.update(reading(START.plusSeconds(60), Value.good(13.2), Value.good(-1), Value.ABSENT));
        SocEstimate after = estimator.update(
                reading(START.plusSeconds(120), Value.good(nonsense), Value.good(-1), Value.good(nonsense)));
        assertThat(after.fraction()).isBetween(before.fraction() - 0.01, before.fraction());
    }

    private static Predicate<SocState> known(Instant at) {
        return state -> state.at().equals(at);
    }

    private static Reading next(SplittableRandom random, BatterySpec battery, Instant at, int phase) {
        Value pvW = Value.good(random.nextInt(100));
        if (random.nextInt(40) == 0) {
            return reading(at, Value.ABSENT, Value.ABSENT, pvW);
        }
        return switch (phase) {
            case 0 -> reading(at, Value.good(battery.absorptionV()), Value.good(random.nextDouble(0.5)), pvW);
            case 1 -> reading(at, Value.good(battery.nominalV() + random.nextDouble()), Value.good(-8), Value.ABSENT);
            case 2 -> reading(at, Value.good(battery.disconnectV()), Value.good(-random.nextDouble(0.3)), pvW);
            default -> reading(at, Value.good(battery.floatV()), Value.good(7 + random.nextDouble(3)), Value.ABSENT);
        };
    }

    private static Reading reading(Instant at, Value batteryV, Value batteryA, Value pvW) {
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
                pvW,
                Value.good(batteryA.number() > 5 ? -3 : 20),
                Value.good(99),
                Value.ABSENT,
                ChargeStage.BULK);
    }
}
