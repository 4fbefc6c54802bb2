package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Sensor;
import sunpeer.appliance.sim.SolarSystem;
import sunpeer.appliance.sim.Weather;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Value;

class ClearSkyMeterTest {
    private static final System.Logger LOG = System.getLogger(ClearSkyMeterTest.class.getName());

    private static final Place PLACE = new Place(45, 8);
    private static final Instant START = Instant.parse("2025-03-01T00:00:00Z");
    private static final Panel PANEL = Panel.facingEquator(PLACE, 60).known();

    /** Panels dirtier and cleaner than usual; the meter is told the label only. */
    @ParameterizedTest
    @CsvSource({
        "TEMPERATE, 0.90, 8",
        "TEMPERATE, 0.75, 8",
        "TEMPERATE, 1.00, 8",
        "BALTIC, 0.90, 8",
        "DESERT, 0.85, 8",
        "TEMPERATE, 0.90, 2"
    })
    void recoversTheIndexOfTheSkyFromThePowerOfThePanel(String climate, double panelScale, double loadW) {
        Weather weather = SocEstimatorTest.weather(climate);
        Climate.Site site = new Climate(9, weather, PLACE).site(PLACE);
        BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12, 40);
        SolarSystem.Setup setup = new SolarSystem.Setup(PANEL, battery, panelScale, 0.95, true);
        SolarSystem system = new SolarSystem(setup, site, START, 0.5);
        ClearSkyMeter meter = new ClearSkyMeter(PLACE, PANEL);
        run(system, meter, 40, loadW);

        Sun sun = new Sun(PLACE);
        double squares = 0;
        double bias = 0;
        int windows = 0;
        for (int hour = 20 * 24; hour < 40 * 24; hour += 3) {
            Instant from = START.plus(Duration.ofHours(hour));
            Instant to = from.plus(Duration.ofHours(3));
            Optional<Measured> measured = meter.window(from, to);
            if (measured.isPresent()) {
                double error = measured.get().clearSkyIndex() - truth(sun, site, from, to);
                squares += error * error;
                bias += error;
                windows++;
                assertThat(measured.get().coverage()).isBetween(0.5, 1.0);
            }
        }
        double rmse = Math.sqrt(squares / windows);
        String figures = "%s panel %.2f load %.0f W: RMSE %.4f, bias %+.4f over %d windows of 3 h, scale %.3f"
                .formatted(climate, panelScale, loadW, rmse, bias / windows, windows, meter.scale());
        LOG.log(System.Logger.Level.INFO, figures);
        assertThat(windows).describedAs("seed 9, %s", figures).isGreaterThan(15);
        assertThat(rmse).describedAs("seed 9, %s", figures).isLessThan(0.05);
    }

    @Test
    void aFullBatteryIsNoCloud() {
        ClearSkyMeter meter = new ClearSkyMeter(PLACE, PANEL);
        Instant noon = new Sun(PLACE).daylight(new Sun(PLACE).dayOf(START)).noon();
        for (int i = 0; i < 60; i++) {
            meter.observe(SkyReadings.of(noon.plusSeconds(i * 60L), Value.good(2), ChargeStage.FLOAT));
            meter.observe(SkyReadings.of(noon.plusSeconds(i * 60L + 1), Value.good(2), ChargeStage.ABSORPTION));
            meter.observe(SkyReadings.of(noon.plusSeconds(i * 60L + 2), Value.good(2), ChargeStage.UNKNOWN));
            meter.observe(SkyReadings.of(noon.plusSeconds(i * 60L + 3), Value.suspect(2), ChargeStage.BULK));
            meter.observe(SkyReadings.of(noon.plusSeconds(i * 60L + 4), Value.ABSENT, ChargeStage.BULK));
        }
        assertThat(meter.window(noon, noon.plusSeconds(3600))).isEmpty();
        assertThat(meter.scale()).isEqualTo(PanelModel.USUAL_SCALE);
    }

    @Test
    void nightAndAnEmptyPastAreNoTruth() {
        ClearSkyMeter meter = new ClearSkyMeter(PLACE, PANEL);
        for (int i = 0; i < 120; i++) {
            meter.observe(SkyReadings.of(START.plusSeconds(i * 60L), Value.good(0), ChargeStage.BULK));
        }
        assertThat(meter.state().bins()).isEmpty();
        assertThat(meter.window(START, START.plusSeconds(7200))).isEmpty();
        assertThat(meter.window(START, START)).isEmpty();
        assertThat(meter.window(START.plusSeconds(60), START)).isEmpty();
        assertThat(meter.window(Instant.EPOCH, Instant.parse("2999-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void halfTheLightIsHalfTheIndexWhereThePanelLiesFlat() {
        Panel flat = new Panel(60, 0, 180);
        ClearSkyMeter meter = new ClearSkyMeter(PLACE, flat);
        Sun sun = new Sun(PLACE);
        Instant noon = sun.daylight(sun.dayOf(START)).noon();
        for (int i = 0; i < 60; i++) {
            Instant at = noon.plusSeconds(i * 60L);
            double poa = sun.at(at).clearSkyGhiWm2() / 2;
            meter.observe(SkyReadings.of(at, Value.good(meter.scale() * flat.powerW(poa, 15)), ChargeStage.BULK));
        }
        Measured measured = meter.window(noon, noon.plusSeconds(3600)).orElseThrow();
        assertThat(measured.clearSkyIndex()).isCloseTo(0.5, within(0.02));
        assertThat(measured.samples()).isGreaterThanOrEqualTo(60);
        assertThat(measured.coverage()).isGreaterThan(0.9);
    }

    @Test
    void aRestartFromTheStoreChangesNothingAndMemoryIsBounded() {
        Climate.Site site = new Climate(4, Weather.DESERT, PLACE).site(PLACE);
        BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12, 40);
        SolarSystem system = new SolarSystem(SolarSystem.Setup.usual(PANEL, battery), site, START, 0.5);
        ClearSkyMeter straight = new ClearSkyMeter(PLACE, PANEL);
        run(system, straight, 6, 8);
        ClearSkyMeter restarted = new ClearSkyMeter(PLACE, PANEL, straight.state());
        assertThat(restarted.state()).isEqualTo(straight.state());
        assertThat(restarted.scale()).isEqualTo(straight.scale());
        Instant from = START.plus(Duration.ofHours(33));
        assertThat(restarted.window(from, from.plusSeconds(7200)))
                .isEqualTo(straight.window(from, from.plusSeconds(7200)));

        // A reading a quarter of an hour, for longer than anything is remembered.
        for (int i = 0; i < 3 * ClearSkyMeter.MAX_BINS; i += 2) {
            restarted.observe(SkyReadings.of(START.plusSeconds(i * 900L), Value.good(10), ChargeStage.FLOAT));
        }
        assertThat(restarted.state().bins().size()).isBetween(1000, ClearSkyMeter.MAX_BINS);
    }

    @Test
    void aDayIsSeenAsFarAsTheBatteryTookAll() {
        ClearSkyMeter meter = new ClearSkyMeter(PLACE, PANEL);
        Sun sun = new Sun(PLACE);
        LocalDate day = sun.dayOf(START).plusDays(1);
        Instant noon = sun.daylight(day).noon();
        for (int minute = -720; minute < 720; minute += 5) {
            Instant at = noon.plusSeconds(minute * 60L);
            // Half of a clear day's power all morning; then the battery is full.
            double watts = meter.model().clearPowerW(sun.at(at), sun.usualAirC(at)) / 2;
            meter.observe(SkyReadings.of(at, Value.good(watts), minute < 0 ? ChargeStage.BULK : ChargeStage.FLOAT));
            if (minute == -120) {
                DaySeen soFar = meter.seenSoFar(at).orElseThrow();
                assertThat(soFar.clearness()).isCloseTo(0.5, within(0.01));
                assertThat(soFar.share()).isBetween(0.1, 0.25);
                assertThat(meter.daySeen(day)).isEmpty();
            }
        }
        DaySeen seen = meter.daySeen(day).orElseThrow();
        assertThat(seen.clearness()).isCloseTo(0.5, within(0.01));
        assertThat(seen.share()).isCloseTo(0.5, within(0.03));
        assertThat(meter.daySeen(day.plusDays(1))).isEmpty();
        assertThat(meter.seenSoFar(noon.plusSeconds(90_000))).isEmpty();
    }

    @Test
    void clearPowerIsThatOfTheModelBehindTheConverter() {
        ClearSkyMeter meter = new ClearSkyMeter(PLACE, PANEL);
        Sun sun = new Sun(PLACE);
        Instant noon = sun.daylight(sun.dayOf(START)).noon();
        double at = meter.model().clearPowerW(sun.at(noon), sun.usualAirC(noon));
        assertThat(meter.clearW(noon.minusSeconds(1800), noon.plusSeconds(1800)))
                .isCloseTo(0.95 * at, within(0.5));
        assertThat(at).isBetween(40.0, 60.0);
        assertThat(meter.clearW(noon.plusSeconds(43_000), noon.plusSeconds(46_600)))
                .isZero();
        assertThat(meter.clearW(noon, noon)).isZero();
        assertThat(meter.clearW(noon, noon.minusSeconds(1))).isZero();
    }

    private static void run(SolarSystem system, ClearSkyMeter meter, int days, double loadW) {
        for (int minute = 2; minute <= days * 1440; minute += 2) {
            system.advance(START.plusSeconds(minute * 60L), loadW);
            meter.observe(Sensor.EXACT.read(system.now(), system.values()));
        }
    }

    private static double truth(Sun sun, Climate.Site site, Instant from, Instant to) {
        double light = 0;
        double clear = 0;
        for (Instant at = from.plusSeconds(30); at.isBefore(to); at = at.plusSeconds(60)) {
            double clearWm2 = sun.at(at).clearSkyGhiWm2();
            clear += clearWm2;
            light += clearWm2 * site.clearSkyIndex(at);
        }
        return light / clear;
    }
}
