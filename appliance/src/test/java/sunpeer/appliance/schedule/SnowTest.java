package sunpeer.appliance.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.EnergyMemory;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.Supply;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Sensor;
import sunpeer.appliance.sim.SolarSystem;
import sunpeer.appliance.sim.Weather;

/** Two weeks without any light on the panel, with more work waiting than there is energy for: work never takes the reserve. */
class SnowTest {
    private static final Place PLACE = new Place(47, 8);
    private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(6);
    private static final double RESERVE = 0.2;
    /** Of what the panel could give, so little comes through. */
    private static final double SNOW = 0.0005;

    private final BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12.8, 40);
    private final Panel panel = Panel.facingEquator(PLACE, 120);
    private final Climate climate = new Climate(4, Weather.TEMPERATE, PLACE);

    private SolarSystem system(Instant start, double scale, double soc) {
        var setup = new SolarSystem.Setup(panel, battery, scale, 0.95, true);
        return new SolarSystem(setup, climate.site(PLACE), start, soc);
    }

    /** @return true state of charge when work was last allowed */
    private double run(
            SolarSystem system, EnergyMonitor monitor, PricePolicy policy, BoardDraw board, Duration time, Tier tier) {
        double lastWorkedAt = 1;
        Instant end = system.now().plus(time);
        Job job = new Job("work", tier, 0.1, (board.activeW() - board.restingW()) / 10);
        while (system.now().isBefore(end)) {
            Instant now = system.now();
            Supply supply = monitor.supply(now);
            policy.look(now, supply, monitor.outlook(now));
            boolean works = policy.decide(supply, job) instanceof Decision.Run;
            Instant next = now.plus(STEP);
            while (system.now().isBefore(next)) {
                system.advance(system.now().plusSeconds(30), works ? board.activeW() : board.restingW());
                monitor.observe(Sensor.EXACT.read(system.now(), system.values()), board.idleW());
            }
            lastWorkedAt = works ? system.truth().soc() : lastWorkedAt;
        }
        return lastWorkedAt;
    }

    @ParameterizedTest
    @CsvSource({"true, ESSENTIAL", "true, BACKFILL", "false, ESSENTIAL"})
    void workStopsAboveTheReserve(boolean sleeps, Tier tier) {
        BoardDraw board = new BoardDraw(3, 8, 0.25, sleeps);
        PricePolicy policy = new PricePolicy(ZoneOffset.UTC, Chemistry.LFP, board);
        var setup = new EnergyMonitor.Setup(PLACE, panel, battery, 3, RESERVE, false, Duration.ofMinutes(5));
        EnergyMonitor monitor = new EnergyMonitor(setup, EnergyMemory.NONE);
        SolarSystem bright = system(START, 0.9, 0.9);
        monitor.observe(Sensor.EXACT.read(bright.now(), bright.values()), 3);
        run(bright, monitor, policy, board, Duration.ofDays(20), tier);

        SolarSystem snowed = system(bright.now(), SNOW, bright.truth().soc());
        double lastWorkedAt = run(snowed, monitor, policy, board, Duration.ofDays(14), tier);

        assertThat(lastWorkedAt).as("true state of charge after the last work").isGreaterThan(RESERVE);
        if (sleeps) {
            double threeDays = 72 * 0.25 / battery.capacityWh();
            assertThat(lastWorkedAt).isGreaterThan(RESERVE + threeDays - 0.01);
            assertThat(snowed.truth().loadPowered()).as("never dark").isTrue();
        }
        assertThat(policy.decide(monitor.supply(snowed.now()), new Job("work", tier, 0.1, 0.5))
                        .reason()
                        .text())
                .contains("reserve");
    }
}
