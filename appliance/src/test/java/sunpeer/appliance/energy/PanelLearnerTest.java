package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Weather;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** What the meter learns of panels that are not as they are assumed. */
class PanelLearnerTest {
    private static final System.Logger LOG = System.getLogger(PanelLearnerTest.class.getName());

    private static final Place NORTH = new Place(45, 8);
    private static final Place SOUTH = new Place(-38, 145);
    private static final Instant SPRING = Instant.parse("2025-03-10T00:00:00Z");
    private static final List<Double> OPEN = Collections.nCopies(PanelModel.HOURS, 1.0);
    /** No climate of the simulator: cloud for weeks on end. */
    private static final Weather DULL = new Weather(0.25, 0.12, 0.5, 10, 260, 9, 9, 4);

    /** A panel under a simulated sky, read every five minutes. */
    private record Roof(Place place, PanelModel truth, Climate.Site sky, Instant start) {
        static Roof of(PanelModel truth, Weather weather, long seed, Instant start) {
            Climate.Site sky = new Climate(seed, weather, truth.place()).site(truth.place());
            return new Roof(truth.place(), truth, sky, start);
        }

        double offeredW(Instant at) {
            SunPosition position = new Sun(place).at(at);
            double ghi = position.clearSkyGhiWm2() * sky.clearSkyIndex(at);
            return truth.powerW(position, ghi, sky.airC(at));
        }

        /** @param share of the power that is left, by day from the start */
        void shineOn(ClearSkyMeter meter, int fromDay, int toDay, IntToDoubleFunction share) {
            for (long second = fromDay * 86_400L; second < toDay * 86_400L; second += 300) {
                Instant at = start.plusSeconds(second);
                double watts = offeredW(at) * share.applyAsDouble((int) (second / 86_400));
                meter.observe(SkyReadings.of(at, Value.good(watts), ChargeStage.BULK));
            }
        }

        /** Of clear power in the hours of the next three days, by what the meter expects. */
        double clearError(ClearSkyMeter meter, int day) {
            Sun sun = new Sun(place);
            double off = 0;
            double sum = 0;
            for (int hour = day * 24; hour < (day + 3) * 24; hour++) {
                double trueW = 0;
                for (int quarter = 0; quarter < 4; quarter++) {
                    Instant at = start.plusSeconds(hour * 3600L + quarter * 900L + 450);
                    trueW += 0.95 * truth.clearPowerW(sun.at(at), sky.airC(at)) / 4;
                }
                Instant from = start.plusSeconds(hour * 3600L);
                off += Math.abs(trueW - meter.clearW(from, from.plusSeconds(3600)));
                sum += trueW;
            }
            return off / sum;
        }
    }

    @ParameterizedTest
    @CsvSource({"45, 8, 60", "45, 8, -60", "-38, 145, 60", "-38, 145, -60"})
    void aPanelTurnedAndFlatterThanAssumedIsFound(double latitude, double longitude, double turnDeg) {
        Place place = new Place(latitude, longitude);
        Panel told = Panel.facingEquator(place, 60);
        Panel panel = new Panel(60, told.tiltDeg() - 25, (told.azimuthDeg() + turnDeg + 360) % 360);
        double before = 0;
        double after = 0;
        for (long seed = 1; seed <= 5; seed++) {
            Roof roof = Roof.of(new PanelModel(place, panel, 0.8, OPEN), Weather.TEMPERATE, seed, SPRING);
            ClearSkyMeter learning = new ClearSkyMeter(place, told);
            ClearSkyMeter assuming = new ClearSkyMeter(place, told.known());
            roof.shineOn(learning, 0, 45, day -> 1);
            roof.shineOn(assuming, 0, 45, day -> 1);
            before += roof.clearError(assuming, 45) / 5;
            after += roof.clearError(learning, 45) / 5;
            String found = "seed %d, true %.0f° towards %.0f°: %s"
                    .formatted(seed, panel.tiltDeg(), panel.azimuthDeg(), learning.panelText());
            LOG.log(System.Logger.Level.INFO, found);
            Panel learned = learning.model().panel();
            assertThat(learned.tiltDeg()).describedAs(found).isCloseTo(panel.tiltDeg(), within(8.0));
            // The flatter, the less it matters where it looks: at 18 degrees of tilt, 12 of azimuth are 4 of direction.
            assertThat(turn(learned, panel)).describedAs(found).isLessThan(panel.tiltDeg() < 20 ? 15 : 10);
            assertThat(angle(learned, panel)).describedAs(found).isLessThan(8);
            assertThat(learning.model().directByHour()).describedAs(found).isEqualTo(OPEN);
            assertThat(assuming.model().panel()).isEqualTo(told.known());
        }
        LOG.log(
                System.Logger.Level.INFO,
                "clear power of an hour off by %.3f with the mounting assumed, %.3f learned".formatted(before, after));
        assertThat(after).isLessThan(0.06).isLessThan(before / 3);
    }

    @Test
    void aWallInTheMorningIsFoundAndNoneWhereThereIsNone() {
        Panel told = Panel.facingEquator(NORTH, 60);
        List<Double> wall = Collections.nCopies(9, 0.1);
        List<Double> direct = new ArrayList<>(wall);
        direct.addAll(Collections.nCopies(PanelModel.HOURS - 9, 1.0));
        for (long seed = 1; seed <= 4; seed++) {
            ClearSkyMeter shaded = new ClearSkyMeter(NORTH, told);
            Roof.of(new PanelModel(NORTH, told.known(), 0.85, direct), Weather.TEMPERATE, seed, SPRING)
                    .shineOn(shaded, 0, 45, day -> 1);
            assertThat(shaded.model().directByHour().subList(7, 9))
                    .describedAs("seed %d: %s", seed, shaded.panelText())
                    .allMatch(share -> share < 0.35);
            assertThat(shaded.model().directByHour().subList(9, 24)).containsOnly(1.0);
            assertThat(shaded.panelText()).contains("shade ").contains("to 9:00 by the sun");
            assertThat(turn(shaded.model().panel(), told)).isLessThan(10);
            // What is shaded tells nothing of the sky.
            Instant morning = SPRING.plusSeconds(44 * 86_400L + 7 * 3600 - 8 * 240 + 600);
            assertThat(shaded.window(morning, morning.plusSeconds(3600))).isEmpty();

            for (Weather weather : List.of(Weather.TEMPERATE, Weather.BALTIC, Weather.DESERT, Weather.CONTINENTAL)) {
                ClearSkyMeter open = new ClearSkyMeter(NORTH, told);
                Roof.of(new PanelModel(NORTH, told.known(), 0.85, OPEN), weather, seed, SPRING)
                        .shineOn(open, 0, 45, day -> 1);
                assertThat(open.model().directByHour())
                        .describedAs("seed %d under %s: %s", seed, weather, open.panelText())
                        .isEqualTo(OPEN);
            }
        }
    }

    @Test
    void aCloudyMonthNeitherTurnsNorDimsThePanel() {
        Place place = new Place(56, 10);
        Panel told = Panel.facingEquator(place, 60);
        double lowest = 2;
        double widest = 0;
        for (Weather weather : List.of(Weather.BALTIC, DULL)) {
            for (long seed = 1; seed <= 8; seed++) {
                ClearSkyMeter meter = new ClearSkyMeter(place, told);
                Roof.of(
                                new PanelModel(place, told.known(), PanelModel.USUAL_SCALE, OPEN),
                                weather,
                                seed,
                                Instant.parse("2025-11-01T00:00:00Z"))
                        .shineOn(meter, 0, 30, day -> 1);
                lowest = Math.min(lowest, meter.scale());
                widest = Math.max(widest, angle(meter.model().panel(), told));
                assertThat(meter.scale())
                        .describedAs("seed %d: %s", seed, meter.panelText())
                        .isBetween(0.75, 1.0);
                assertThat(angle(meter.model().panel(), told))
                        .describedAs("seed %d: %s", seed, meter.panelText())
                        .isLessThan(25);
                assertThat(meter.darknessText()).isEmpty();
            }
        }
        LOG.log(
                System.Logger.Level.INFO,
                "cloudy months: lowest scale %.2f of 0.90, furthest turned by %.0f°".formatted(lowest, widest));
    }

    @Test
    void dustIsFollowedAndSoIsTheRainThatWashesItOff() {
        Panel told = Panel.facingEquator(NORTH, 60);
        for (long seed = 1; seed <= 3; seed++) {
            Roof roof = Roof.of(
                    new PanelModel(NORTH, told.known(), PanelModel.USUAL_SCALE, OPEN), Weather.DESERT, seed, SPRING);
            ClearSkyMeter meter = new ClearSkyMeter(NORTH, told);
            roof.shineOn(meter, 0, 30, day -> 1);
            // One per cent a day for three weeks, and then it stays.
            roof.shineOn(meter, 30, 60, day -> 1 - 0.01 * Math.min(20, day - 30));
            double dusty = meter.scale();
            roof.shineOn(meter, 60, 75, day -> 1);
            String figures = "seed %d: true 0.72 dusty and 0.90 washed, learned %.2f and %.2f"
                    .formatted(seed, dusty, meter.scale());
            LOG.log(System.Logger.Level.INFO, figures);
            assertThat(dusty).describedAs(figures).isCloseTo(0.72, within(0.08));
            assertThat(meter.scale()).describedAs(figures).isCloseTo(0.90, within(0.08));
        }
    }

    @Test
    void snowIsSaidAndTeachesNothing() {
        Panel told = Panel.facingEquator(NORTH, 60);
        Roof roof = Roof.of(
                new PanelModel(NORTH, new Panel(60, 35, 200), 0.85, OPEN),
                Weather.TEMPERATE,
                3,
                Instant.parse("2025-01-05T00:00:00Z"));
        ClearSkyMeter meter = new ClearSkyMeter(NORTH, told);
        roof.shineOn(meter, 0, 40, day -> 1);
        assertThat(meter.darknessText()).isEmpty();
        roof.shineOn(meter, 40, 44, day -> 0.02);
        PanelModel before = meter.model();
        assertThat(meter.darknessText()).isEmpty();
        roof.shineOn(meter, 44, 54, day -> 0.02);
        assertThat(meter.darknessText().orElseThrow())
                .matches("the panel has given [12] % of a clear sky for 1[0-9] days: snow, dirt or a broken wire\\?");
        assertThat(meter.model().panel()).isEqualTo(before.panel());
        assertThat(meter.scale()).isCloseTo(before.scale(), within(0.02));
        Instant noon = SPRING.plusSeconds(11 * 3600).minusSeconds(86_400L * (64 - 53));
        assertThat(meter.window(noon, noon.plusSeconds(7200))).isEmpty();

        ClearSkyMeter restarted = new ClearSkyMeter(NORTH, told, meter.state());
        assertThat(restarted.model()).isEqualTo(meter.model());
        assertThat(restarted.darknessText()).isEqualTo(meter.darknessText());
        roof.shineOn(meter, 54, 55, day -> 1);
        assertThat(meter.darknessText()).isEmpty();
    }

    @Test
    void aControllerThatRestsByDaylightForDaysIsSaidToo() {
        ClearSkyMeter meter = new ClearSkyMeter(NORTH, Panel.facingEquator(NORTH, 60));
        for (int minute = 0; minute < 7 * 1440; minute += 5) {
            meter.observe(SkyReadings.of(SPRING.plusSeconds(minute * 60L), Value.ABSENT, ChargeStage.OFF));
        }
        assertThat(meter.darknessText().orElseThrow()).startsWith("the panel has given 0 % of a clear sky for 6 days");
        assertThat(meter.scale()).isEqualTo(PanelModel.USUAL_SCALE);
    }

    @Test
    void nonsenseIsNoPower() {
        Panel told = Panel.facingEquator(SOUTH, 60);
        Roof roof = Roof.of(new PanelModel(SOUTH, new Panel(60, 18, 60), 0.8, OPEN), Weather.CONTINENTAL, 1, SPRING);
        ClearSkyMeter clean = new ClearSkyMeter(SOUTH, told);
        ClearSkyMeter hurt = new ClearSkyMeter(SOUTH, told);
        for (int minute = 0; minute < 20 * 1440; minute += 5) {
            Instant at = SPRING.plusSeconds(minute * 60L);
            Reading good = SkyReadings.of(at, Value.good(roof.offeredW(at)), ChargeStage.BULK);
            clean.observe(good);
            hurt.observe(good);
            for (double watts : new double[] {-5, 1e9}) {
                hurt.observe(SkyReadings.of(at, Value.good(watts), ChargeStage.BULK));
            }
            hurt.observe(SkyReadings.of(at, Value.suspect(3), ChargeStage.BULK));
        }
        assertThat(hurt.state()).isEqualTo(clean.state());
        assertThat(hurt.model()).isEqualTo(clean.model());
        assertThat(new ClearSkyMeter(SOUTH, told).panelText())
                .isEqualTo("panel as assumed: 43° towards 0°, 90 % of its label");
        assertThat(new ClearSkyMeter(SOUTH, told.known()).panelText()).startsWith("panel as given: 43° towards 0°");
    }

    private static double turn(Panel one, Panel other) {
        return Math.abs((one.azimuthDeg() - other.azimuthDeg() + 540) % 360 - 180);
    }

    /** Between the normals of two panels, degrees. */
    private static double angle(Panel one, Panel other) {
        double a = Math.toRadians(one.tiltDeg());
        double b = Math.toRadians(other.tiltDeg());
        double turn = Math.toRadians(one.azimuthDeg() - other.azimuthDeg());
        double cos = Math.cos(a) * Math.cos(b) + Math.sin(a) * Math.sin(b) * Math.cos(turn);
        return Math.toDegrees(Math.acos(Math.min(1, cos)));
    }
}
