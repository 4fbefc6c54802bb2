package sunpeer.appliance.sim.year;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.sim.BoardPower;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.EnergyTotals;
import sunpeer.appliance.sim.KnownPlace;
import sunpeer.appliance.sim.SolarSystem;

/** Years of nodes in different places, and what must hold in all of them. */
class SimulatedYearTest {
    private static final LocalDate NEW_YEAR = LocalDate.of(2025, 1, 1);
    private static final LocalDate SPRING = LocalDate.of(2025, 3, 15);

    private static Plant plant(String city, BoardPower board, boolean sleeps, double panelW, double batteryAh) {
        KnownPlace known = KnownPlace.named(city).orElseThrow();
        BoardDraw draw = board.draw().sleeping(sleeps);
        return new Plant(
                new Climate(1, known.weather(), known.place()).site(known.place()),
                Panel.facingEquator(known.place(), panelW),
                BatterySpec.of(Chemistry.LFP, 12.8, batteryAh),
                0.2,
                draw);
    }

    private static Report run(Plant plant, LocalDate first, int days) {
        return SimulatedYear.run(plant, first, days, day -> true);
    }

    @Test
    void aYearInBerlinKeepsItsBooksAndShowsItsWinter() {
        Report year = run(plant("Berlin", BoardPower.PI_5, false, 100, 50), NEW_YEAR, 365);
        EnergyTotals energy = year.energy();
        double inBatteryWh = energy.chargedWh() - energy.dischargedWh();
        assertThat(energy.pvWh())
                .isCloseTo(
                        energy.converterLossWh() + energy.controllerWh() + energy.loadWh() + inBatteryWh,
                        within(0.001 * energy.pvWh()));
        assertThat(inBatteryWh)
                .isCloseTo(
                        energy.storedWh() - year.storedAtStartWh() + energy.batteryLossWh(),
                        within(0.001 * energy.pvWh()));
        assertThat(year.sum(Day::sunWh)).isCloseTo(energy.pvWh(), within(1e-6 * energy.pvWh()));
        assertThat(year.sum(Day::loadWh)).isCloseTo(energy.loadWh(), within(1e-6 * energy.loadWh()));
        assertThat(year.days()).hasSize(365);

        assertThat(year.darkHours()).as("always on, with too little in winter").isBetween(50.0, 2000.0);
        assertThat(year.reserveHours()).isGreaterThan(year.darkHours());
        assertThat(List.of(10, 11, 12, 1, 2))
                .contains(year.worstWeek().first().date().getMonthValue());
        assertThat(year.value()).isBetween(500.0, 2700.0);
        assertThat(year.socErrorRms()).isLessThan(0.06);
        Goal goal = new Goal(0.99);
        assertThat(goal.missedBy(year, 365))
                .hasValueSatisfying(missed -> assertThat(missed).endsWith("h without power"));
    }

    @Test
    void theSunBeltIsEasy() {
        for (String city : List.of("Nairobi", "Phoenix")) {
            Report spring = run(plant(city, BoardPower.ZERO_2_W, false, 30, 20), SPRING, 90);
            assertThat(spring.darkHours() + spring.reserveHours()).as(city).isZero();
            assertThat(spring.service()).as(city).isGreaterThan(0.99);
            assertThat(spring.idleDays()).as(city).isZero();
            assertThat(new Goal(0.99).missedBy(spring, 90)).as(city).isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameReport() {
        Plant plant = plant("Turin", BoardPower.PI_5, true, 50, 20);
        assertThat(run(plant, SPRING, 20)).isEqualTo(run(plant, SPRING, 20));
    }

    @Test
    void anyChargeIsABeginning() {
        Plant plant = plant("Turin", BoardPower.PI_4, false, 80, 20);
        Report empty = SimulatedYear.run(plant, SPRING, 30, 0, SimulatedYear.STEP, day -> true);
        Report full = SimulatedYear.run(plant, SPRING, 30, 1, SimulatedYear.STEP, day -> true);
        assertThat(empty.days().getFirst().darkHours()).isPositive();
        assertThat(full.days().getFirst().darkHours()).isZero();
        assertThat(empty.days().getLast().value())
                .as("it recovers")
                .isCloseTo(full.days().getLast().value(), within(3.0));
    }

    /** With decisions the two would drift apart by their choices; so the same load is given to both. */
    @ParameterizedTest
    @ValueSource(strings = {"Turin", "Berlin", "Phoenix"})
    void theStepIsFineEnough(String city) {
        Plant plant = plant(city, BoardPower.PI_5, true, 60, 20);
        EnergyTotals coarse = underGivenLoad(plant, SimulatedYear.STEP);
        EnergyTotals fine = underGivenLoad(plant, Duration.ofSeconds(30));
        assertThat(coarse.pvWh()).isCloseTo(fine.pvWh(), within(0.001 * fine.pvWh()));
        assertThat(coarse.loadWh()).isCloseTo(fine.loadWh(), within(0.001 * fine.loadWh()));
        double offeredWh = fine.pvWh() + fine.curtailedWh();
        assertThat(coarse.pvWh() + coarse.curtailedWh()).isCloseTo(offeredWh, within(0.001 * offeredWh));
    }

    private static EnergyTotals underGivenLoad(Plant plant, Duration step) {
        SolarSystem system = new SolarSystem(
                SolarSystem.Setup.usual(plant.panel(), plant.battery()),
                plant.sky(),
                SPRING.atStartOfDay().toInstant(ZoneOffset.UTC),
                0.9,
                step);
        for (int i = 0; i < 90 * 24 * SimulatedYear.JOBS_PER_HOUR; i++) {
            boolean works = i % SimulatedYear.JOBS_PER_HOUR < 3;
            double loadW = works ? plant.board().activeW() : plant.board().asleepW();
            system.advance(system.now().plus(Duration.ofMinutes(60 / SimulatedYear.JOBS_PER_HOUR)), loadW);
        }
        return system.truth().energy();
    }

    @Test
    void theStepDoesNotChangeTheValueOfASeason() {
        Plant plant = plant("Turin", BoardPower.PI_5, true, 60, 20);
        Report coarse = SimulatedYear.run(plant, SPRING, 90, 0.9, SimulatedYear.STEP, day -> true);
        Report fine = SimulatedYear.run(plant, SPRING, 90, 0.9, Duration.ofMinutes(1), day -> true);
        assertThat(coarse.value()).isCloseTo(fine.value(), within(0.01 * fine.value()));
    }

    @Test
    void morePanelNeverHarms() {
        double before = 0;
        for (double panelW : new double[] {10, 20, 40, 80, 160, 320}) {
            double value = run(plant("London", BoardPower.PI_5, true, panelW, 20), SPRING, 60)
                    .value();
            assertThat(value).as(panelW + " W").isGreaterThan(0.98 * before);
            before = value;
        }
    }

    @Test
    void everyKnownPlaceHasAWeather() {
        assertThat(KnownPlace.ALL).hasSizeGreaterThan(20);
        for (KnownPlace known : KnownPlace.ALL) {
            var site = new Climate(1, known.weather(), known.place()).site(known.place());
            double index = site.clearSkyIndex(SPRING.atStartOfDay().toInstant(ZoneOffset.UTC));
            assertThat(index).as(known.name()).isBetween(0.0, 1.1);
            assertThat(KnownPlace.nearest(known.place())).isEqualTo(known);
        }
    }
}
