package sunpeer.appliance.sim.year;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.KnownPlace;
import sunpeer.appliance.sim.year.Sizing.Candidate;

/** What is bought, and what would mend a system that is too small. */
class SizingTest {
    private static final Goal GOAL = new Goal(0.99);
    private static final int DAYS = 20;

    private static Plant plant(String city, double panelW, double batteryAh) {
        KnownPlace known = KnownPlace.named(city).orElseThrow();
        return new Plant(
                new Climate(1, known.weather(), known.place()).site(known.place()),
                Panel.facingEquator(known.place(), panelW),
                BatterySpec.of(Chemistry.LFP, 12.8, batteryAh),
                0.2,
                new BoardDraw(3, 6.7, 0.3, false));
    }

    @Test
    void theCheapestPairIsEnoughAndASizeLessOfEitherIsNot() {
        LocalDate summer = LocalDate.of(2025, 6, 1);
        List<Candidate> heard = new ArrayList<>();
        List<Candidate> tried =
                Sizing.search(plant("Turin", 1, 1), GOAL, new Sizing.Prices(1, 0.4), summer, DAYS, heard::add);
        Candidate cheapest = tried.getFirst();
        assertThat(cheapest.fails()).isEmpty();
        assertThat(cheapest.report().days()).hasSize(DAYS);
        assertThat(cheapest.price()).isCloseTo(cheapest.panelW() + 0.4 * 12.8 * cheapest.batteryAh(), within(1e-9));
        assertThat(tried).hasSameSizeAs(heard).allSatisfy(pair -> {
            boolean smaller = pair.panelW() <= cheapest.panelW() && pair.batteryAh() <= cheapest.batteryAh();
            if (smaller && !pair.equals(cheapest)) {
                assertThat(pair.fails())
                        .as(pair.panelW() + " W, " + pair.batteryAh())
                        .isPresent();
            }
            if (pair.fails().isEmpty()) {
                assertThat(pair.price()).isGreaterThanOrEqualTo(cheapest.price());
            }
        });
        double nextPanel = Sizes.PANELS_W.get(Sizes.PANELS_W.indexOf(cheapest.panelW()) - 1);
        double nextBattery = Sizes.BATTERIES_AH.get(Sizes.BATTERIES_AH.indexOf(cheapest.batteryAh()) - 1);
        assertThat(tried)
                .anyMatch(pair -> pair.panelW() == nextPanel && pair.batteryAh() == cheapest.batteryAh())
                .anyMatch(pair -> pair.panelW() == cheapest.panelW() && pair.batteryAh() == nextBattery);
    }

    @Test
    void inAPolarNightOnlyTheBatteryCounts() {
        LocalDate december = LocalDate.of(2025, 12, 1);
        Plant small = plant("Tromsø", 100, 20);
        Report report = SimulatedYear.run(small, december, DAYS, GOAL.watch(DAYS));
        assertThat(GOAL.missedBy(report, DAYS))
                .hasValueSatisfying(missed -> assertThat(missed)
                        .containsAnyOf("below the reserve on ", "of the essential work not done by ")
                        .endsWith(" Dec"));
        Remedy remedy = Remedy.search(small, GOAL, december, DAYS);
        assertThat(remedy.panelW()).isEmpty();
        assertThat(remedy.text(small))
                .contains(
                        remedy.batteryAh().isPresent()
                                ? "With this panel a battery of "
                                : "Neither a panel up to 400 W");
    }
}
