package sunpeer.appliance.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.drivers.ChargeStage;

class SolarSystemTest {
    private static final Place PLACE = new Place(45, 8);
    private static final Instant SPRING = Instant.parse("2025-04-01T00:00:00Z");

    private static SolarSystem system(Chemistry chemistry, double panelW, double soc, Instant start) {
        BatterySpec battery = BatterySpec.of(chemistry, 12, 20);
        SolarSystem.Setup setup = SolarSystem.Setup.usual(Panel.facingEquator(PLACE, panelW), battery);
        return new SolarSystem(setup, new Climate(42, Weather.TEMPERATE, PLACE).site(PLACE), start, soc);
    }

    @ParameterizedTest
    @CsvSource({"LFP, 60, 4", "LFP, 20, 6", "LFP, 200, 1", "LEAD_ACID, 60, 4", "LEAD_ACID, 20, 6", "LEAD_ACID, 200, 1"})
    void noEnergyIsMadeOrLost(Chemistry chemistry, double panelW, double loadW) {
        SolarSystem system = system(chemistry, panelW, 0.6, SPRING);
        double before = system.truth().energy().storedWh();
        double drained = 0;
        for (int hour = 0; hour < 24 * 40; hour++) {
            drained = system.truth().energy().batteryLossWh();
            system.advance(system.now().plus(Duration.ofHours(1)), hour % 5 == 0 ? 3 * loadW : loadW);
            assertThat(system.truth().energy().batteryLossWh())
                    .describedAs("no battery cools")
                    .isGreaterThan(drained - 1e-6);
        }
        EnergyTotals energy = system.truth().energy();
        double used = energy.converterLossWh() + energy.controllerWh() + energy.loadWh() + energy.batteryLossWh();
        assertThat(used + energy.storedWh() - before).isCloseTo(energy.pvWh(), within(0.001 * energy.pvWh()));
        assertThat(energy.chargedWh() - energy.dischargedWh())
                .isCloseTo(energy.storedWh() - before + energy.batteryLossWh(), within(0.001 * energy.pvWh()));
        assertThat(energy.curtailedWh()).isGreaterThanOrEqualTo(0);
        // Round trip as known of the chemistry; a battery that only floats has nothing but losses.
        if (panelW > 100) {
            return;
        }
        if (!chemistry.isLead()) {
            assertThat(energy.batteryLossWh() / energy.chargedWh()).isBetween(0.01, 0.10);
        } else {
            assertThat(energy.batteryLossWh() / energy.chargedWh()).isBetween(0.08, 0.40);
        }
    }

    @ParameterizedTest
    @EnumSource(Chemistry.class)
    void theLoadIsCutBeforeTheBatteryIsEmptyAndComesBackWithTheSun(Chemistry chemistry) {
        SolarSystem system = system(chemistry, 60, 0.5, Instant.parse("2025-06-01T18:00:00Z"));
        while (system.truth().loadPowered()) {
            system.advance(system.now().plusSeconds(60), 12);
        }
        double cutAt = system.truth().soc();
        assertThat(cutAt).isCloseTo(chemistry.isLead() ? 0.20 : 0.05, within(0.10));
        assertThat(system.values().loadA()).isPositive();
        system.advance(system.now().plusSeconds(60), 12);
        assertThat(system.values().loadA()).isZero();
        int minutes = 0;
        while (!system.truth().loadPowered()) {
            system.advance(system.now().plusSeconds(60), 12);
            assertThat(minutes++).describedAs("minutes until power is back").isLessThan(5 * 1440);
        }
        assertThat(system.truth().soc()).isGreaterThan(cutAt + 0.04);
    }

    @ParameterizedTest
    @EnumSource(Chemistry.class)
    void chargingGoesThroughItsStagesAndTapers(Chemistry chemistry) {
        SolarSystem system = system(chemistry, 100, 0.6, SPRING);
        BatterySpec battery = BatterySpec.of(chemistry, 12, 20);
        Set<ChargeStage> seen = EnumSet.noneOf(ChargeStage.class);
        boolean full = false;
        for (int minute = 0; minute < 14 * 1440; minute++) {
            system.advance(system.now().plusSeconds(60), 1);
            seen.add(system.values().stage());
            double volts = system.values().batteryV();
            assertThat(volts).isLessThan(battery.absorptionV() + 0.02);
            full |= volts > battery.fullV()
                    && system.values().batteryA() < battery.tailA()
                    && system.truth().soc() > 0.96;
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        ChargeStage.OFF, ChargeStage.BULK, ChargeStage.ABSORPTION, ChargeStage.FLOAT);
        assertThat(full).isTrue();
        assertThat(system.truth().energy().curtailedWh()).isPositive();
    }

    @Test
    void aFrozenLfpBatteryIsNotChargedUnlessItsBoxIsHeated() {
        Weather cold = new Weather(0.8, 0.2, 0.2, 8, 270, -15, 5, 3);
        Climate.Site site = new Climate(1, cold, PLACE).site(PLACE);
        Panel panel = Panel.facingEquator(PLACE, 100);
        BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12, 20);
        SolarSystem bare = new SolarSystem(new SolarSystem.Setup(panel, battery, 0.9, 0.95, false), site, SPRING, 0.5);
        SolarSystem warm = new SolarSystem(new SolarSystem.Setup(panel, battery, 0.9, 0.95, true), site, SPRING, 0.5);
        bare.advance(SPRING.plus(Duration.ofDays(2)), 1);
        warm.advance(SPRING.plus(Duration.ofDays(2)), 1);
        assertThat(bare.truth().energy().chargedWh()).isZero();
        // By day the sun still carries the load.
        assertThat(bare.truth().energy().pvWh()).isBetween(5.0, 40.0);
        assertThat(warm.truth().soc()).isGreaterThan(0.8);
    }

    @Test
    void theSameCallsGiveTheSameNumbers() {
        SolarSystem one = system(Chemistry.LFP, 60, 0.5, SPRING);
        SolarSystem two = system(Chemistry.LFP, 60, 0.5, SPRING);
        for (int i = 0; i < 500; i++) {
            Instant to = SPRING.plusSeconds(i * 613L);
            one.advance(to, i % 7);
            two.advance(to, i % 7);
            assertThat(one.values()).isEqualTo(two.values());
            assertThat(one.truth()).isEqualTo(two.truth());
        }
        assertThatThrownBy(() -> one.advance(SPRING, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.advance(one.now(), Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAbandonedBatteryStaysAtTheBottom() {
        SolarSystem system = system(Chemistry.LFP, 0.1, 0.06, SPRING);
        system.advance(SPRING.plus(Duration.ofDays(30)), 5);
        assertThat(system.truth().loadPowered()).isFalse();
        assertThat(system.truth().soc()).isBetween(0.0, 0.01);
        assertThat(system.truth().energy().batteryLossWh()).isGreaterThanOrEqualTo(0);
    }
}
