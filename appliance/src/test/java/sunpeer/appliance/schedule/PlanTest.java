package sunpeer.appliance.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.energy.ClearnessHistory;
import sunpeer.appliance.energy.DayOutlook;

/** What any plan must hold, on systems and skies drawn from seeds. */
class PlanTest {
    private static final int DAY = 24;
    private static final int SEEDS = 30;

    private static PowerSystem system(Random random, boolean sleeps) {
        double capacityWh = 50 + 800 * random.nextDouble();
        double workingW = 3 + 10 * random.nextDouble();
        double restingW = sleeps ? 0.25 : workingW * (0.2 + 0.3 * random.nextDouble());
        return new PowerSystem(capacityWh, 0.2, 0.05, 0.97, 0.98, 4e-5, capacityWh / 2, restingW, workingW, sleeps);
    }

    private static double[] clearW(Random random, double panelW) {
        double[] clearW = new double[4 * DAY];
        double length = 6 + 10 * random.nextDouble();
        for (int i = 0; i < clearW.length; i++) {
            double angle = (i % DAY - 12) / length * Math.PI;
            clearW[i] = Math.abs(angle) < Math.PI / 2 ? panelW * Math.cos(angle) : 0;
        }
        return clearW;
    }

    private static DayOutlook outlook(OptionalDouble yesterday) {
        return DayOutlook.of(new ClearnessHistory(), 100, yesterday, null, null);
    }

    private static Plan plan(Random random, boolean sleeps) {
        PowerSystem system = system(random, sleeps);
        double[] clearW = clearW(random, system.workingW() * (1 + 6 * random.nextDouble()));
        return Planner.plan(
                system, WorkLadder.TIERS, clearW, outlook(OptionalDouble.of(random.nextDouble())), system.capacityWh());
    }

    @Test
    void workNeverLeadsBelowTheReserveOfABoardThatSleeps() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Plan plan = plan(random, true);
            PowerSystem system = plan.system();
            double[] belief = outlook(OptionalDouble.empty()).today(0, 0);
            for (int hour = 0; hour < DAY; hour++) {
                double stored = system.capacityWh() * random.nextDouble();
                double duty = plan.duty(hour, stored, belief);
                double dullW = 0.05 * plan.clearW(hour);
                double then = system.anHourLater(stored, dullW, system.loadW(duty), system.capacityWh());
                assertThat(duty).isBetween(0.0, 1.0);
                assertThat(duty == 0 || then >= 0.2 * system.capacityWh())
                        .as("seed %d, hour %d, %.1f Wh, duty %.2f", seed, hour, stored, duty)
                        .isTrue();
            }
        }
    }

    @Test
    void storedEnergyHasAPriceThatIsNeverNegativeAndNothingWhereSunIsTurnedAway() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Plan plan = plan(random, random.nextBoolean());
            double[] belief = outlook(OptionalDouble.of(1)).today(1, 0.5);
            for (int hour = 0; hour < DAY; hour++) {
                double stored = plan.system().capacityWh() * random.nextDouble();
                assertThat(plan.pricePerWh(hour, stored, belief)).isNotNegative();
            }
        }
        PowerSystem small = new PowerSystem(100, 0.2, 0.05, 0.97, 0.98, 0, 50, 0.25, 5, true);
        double[] bright = clearW(new Random(1), 200);
        Plan plan = Planner.plan(small, WorkLadder.TIERS, bright, outlook(OptionalDouble.of(1)), 100);
        double[] clear = outlook(OptionalDouble.of(1)).today(1, 0.9);
        assertThat(plan.pricePerWh(12, 100, clear)).isCloseTo(0, within(1e-6));
        assertThat(plan.duty(12, 100, clear)).isEqualTo(1);
    }

    @Test
    void moreSunMakesEnergyNoDearer() {
        PowerSystem system = new PowerSystem(300, 0.2, 0.05, 0.97, 0.98, 4e-5, 150, 3.5, 9, false);
        double[] belief = outlook(OptionalDouble.empty()).today(0, 0);
        double before = Double.MAX_VALUE;
        for (double panelW = 10; panelW <= 160; panelW *= 2) {
            Plan plan = Planner.plan(
                    system, WorkLadder.EVEN, clearW(new Random(7), panelW), outlook(OptionalDouble.empty()), 300);
            double duty = 0;
            for (Plan.Hour hour : plan.ahead(0, 150, belief)) {
                duty += hour.loadW();
            }
            assertThat(plan.duty(12, 290, belief)).isBetween(0.0, 1.0);
            assertThat(-duty).isLessThanOrEqualTo(before + 1e-6);
            before = -duty;
        }
    }

    @Test
    void theCourseOfTwoDaysConservesEnergy() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Plan plan = plan(new Random(seed), seed % 2 == 0);
            PowerSystem system = plan.system();
            double stored = system.capacityWh() / 2;
            Plan.Hour[] ahead =
                    plan.ahead(9, stored, outlook(OptionalDouble.empty()).today(0.5, 0.3));
            assertThat(ahead).hasSize(Plan.HOURS_AHEAD);
            for (Plan.Hour hour : ahead) {
                double expected =
                        Math.max(0, system.anHourLater(stored, hour.harvestW(), hour.loadW(), system.capacityWh()));
                assertThat(hour.storedWh()).isCloseTo(expected, within(1e-9));
                assertThat(hour.storedWh()).isBetween(0.0, system.capacityWh());
                stored = hour.storedWh();
            }
        }
    }

    @Test
    void emptyFullAndUnknownAreAnswered() {
        Plan plan = plan(new Random(3), true);
        double[] belief = outlook(OptionalDouble.empty()).today(0, 0);
        assertThat(plan.duty(0, 0, belief)).isZero();
        assertThat(plan.duty(12, plan.system().capacityWh(), belief)).isPositive();
        assertThat(plan.duty(0, Double.NaN, belief))
                .as("nothing known, nothing run")
                .isZero();
    }

    @Test
    void whatIsWorthMoreIsDoneFirst() {
        assertThat(WorkLadder.TIERS.value(0.1)).isEqualTo(0.1);
        assertThat(WorkLadder.TIERS.value(0.4)).isCloseTo(0.22, within(1e-12));
        assertThat(WorkLadder.TIERS.value(1)).isCloseTo(0.31, within(1e-12));
        double[] marginal = new double[10];
        for (int i = 0; i < 10; i++) {
            marginal[i] = WorkLadder.TIERS.value((i + 1) / 10.0) - WorkLadder.TIERS.value(i / 10.0);
        }
        assertThat(Arrays.stream(marginal).max().orElseThrow()).isEqualTo(marginal[0]);
    }
}
