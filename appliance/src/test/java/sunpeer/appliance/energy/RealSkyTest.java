package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/**
 * The meter under skies that no model of ours made: beam, diffuse and air as they were measured or seen from a satellite.
 * Needs {@code -Dsunpeer.data=} a folder with the irradiance files, which are not part of the project.
 */
@EnabledIfSystemProperty(named = "sunpeer.data", matches = ".+")
class RealSkyTest {
    private static final System.Logger LOG = System.getLogger(RealSkyTest.class.getName());

    @ParameterizedTest
    @CsvSource({
        "golden_co_2020, 39.742, -105.179, 3600",
        "nw_colorado_2017, 40.53, -108.54, 1800",
        "hyderabad_in_2012, 17.292, 78.5, 3600"
    })
    void theIndexFollowsTheRealSky(String name, double latitude, double longitude, int stepS) throws IOException {
        Place place = new Place(latitude, longitude);
        Panel panel = Panel.facingEquator(place, 60).known();
        Sun sun = new Sun(place);
        ClearSkyMeter meter = new ClearSkyMeter(place, panel);
        Deviation error = new Deviation();
        double light = 0;
        double clear = 0;
        long windowStart = 0;
        for (double[] row : rows(name)) {
            long epoch = (long) row[0];
            if (epoch - windowStart >= 10_800) {
                error.add(
                        meter.window(Instant.ofEpochSecond(windowStart), Instant.ofEpochSecond(epoch)), light / clear);
                windowStart = epoch;
                light = 0;
                clear = 0;
            }
            for (int second = 150; second < stepS; second += 300) {
                Instant at = Instant.ofEpochSecond(epoch + second);
                double clearWm2 = sun.at(at).clearSkyGhiWm2();
                // An hour's mean is spread by the course of the sun within it.
                double shape = clearWm2
                        / Math.max(
                                1,
                                sun.at(Instant.ofEpochSecond(epoch + stepS / 2)).clearSkyGhiWm2());
                if (shape > 3) {
                    continue;
                }
                double poa = poaWm2(sun.at(at), panel, row[1] * shape, row[2] * Math.min(1, shape), row[3] * shape);
                clear += clearWm2;
                light += row[1] * shape;
                meter.observe(SkyReadings.of(
                        at, Value.good(Math.max(0, 0.88 * panel.powerW(poa, row[4]))), ChargeStage.BULK));
            }
        }
        String figures =
                "%s: RMSE %.3f, by own clear sky %.3f, bias %+.3f over %d windows of 3 h, scale %.3f (true 0.88)"
                        .formatted(
                                name,
                                error.rmse(),
                                error.rmseByOwnClearSky(),
                                error.sum / error.count,
                                error.count,
                                meter.scale());
        LOG.log(System.Logger.Level.INFO, figures);
        assertThat(error.count).isGreaterThan(500);
        // Measured: 0.093, 0.102 and 0.116. A guard against getting worse, not a goal.
        assertThat(error.rmseByOwnClearSky()).describedAs(figures).isLessThan(0.13);
    }

    /** Sixty days each from the start of a quarter; a panel that nobody would guess, told as facing the equator. */
    @ParameterizedTest
    @CsvSource({
        "golden_co_2020, 39.742, -105.179, 3600",
        "nw_colorado_2017, 40.53, -108.54, 1800",
        "phoenix_az_tmy, 33.45, -111.98, 3600",
        "turin_it_tmy, 45.0, 8.0, 3600",
        "ardeche_fr_2012, 44.422, 4.23, 3600"
    })
    void anOddPanelIsFoundUnderTheRealSky(String name, double latitude, double longitude, int stepS)
            throws IOException {
        Place place = new Place(latitude, longitude);
        Panel truth = new Panel(60, 20, 240);
        List<double[]> rows = rows(name);
        int quarterRows = rows.size() / 4;
        double before = 0;
        double after = 0;
        StringBuilder figures = new StringBuilder(name + ", true 20° towards 240°");
        for (int from = 0; from < 4; from++) {
            ClearSkyMeter learning = new ClearSkyMeter(place, Panel.facingEquator(place, 60));
            ClearSkyMeter assuming =
                    new ClearSkyMeter(place, Panel.facingEquator(place, 60).known());
            int days = 86_400 / stepS;
            List<double[]> seen = rows.subList(from * quarterRows, from * quarterRows + 60 * days);
            List<double[]> next = rows.subList(from * quarterRows + 60 * days, from * quarterRows + 75 * days);
            shine(place, truth, seen, stepS, reading -> {
                learning.observe(reading);
                assuming.observe(reading);
            });
            double[] errors = {1e9, 1e9};
            for (int day = 0; day < 15; day++) {
                List<double[]> hours = next.subList(day * days, (day + 1) * days);
                errors[0] = Math.min(errors[0], clearError(place, truth, hours, stepS, assuming));
                errors[1] = Math.min(errors[1], clearError(place, truth, hours, stepS, learning));
            }
            before += errors[0] / 4;
            after += errors[1] / 4;
            figures.append("; ").append(learning.panelText());
        }
        figures.append(String.format(
                Locale.ROOT, ": hours of the clearest day of the next 15 off by %.3f, learned %.3f", before, after));
        LOG.log(System.Logger.Level.INFO, figures.toString());
        // Measured: 0.03 to 0.06 for 0.17 to 0.29. A guard against getting worse, not a goal.
        assertThat(after).describedAs(figures.toString()).isLessThan(0.12).isLessThan(before);
    }

    private static void shine(Place place, Panel panel, List<double[]> rows, int stepS, Consumer<Reading> meter) {
        Sun sun = new Sun(place);
        for (double[] row : rows) {
            for (int second = 150; second < stepS; second += 300) {
                Instant at = Instant.ofEpochSecond((long) row[0] + second);
                double middleWm2 =
                        sun.at(Instant.ofEpochSecond((long) row[0] + stepS / 2)).clearSkyGhiWm2();
                double shape = sun.at(at).clearSkyGhiWm2() / Math.max(1, middleWm2);
                if (shape <= 3) {
                    double poa = poaWm2(sun.at(at), panel, row[1] * shape, row[2] * Math.min(1, shape), row[3] * shape);
                    meter.accept(SkyReadings.of(
                            at, Value.good(Math.max(0, 0.88 * panel.powerW(poa, row[4]))), ChargeStage.BULK));
                }
            }
        }
    }

    /** Sum of the errors of the hours of a day over its sum, if that day were clear. */
    private static double clearError(Place place, Panel panel, List<double[]> day, int stepS, ClearSkyMeter meter) {
        double off = 0;
        double sum = 0;
        for (double[] row : day) {
            double[] watts = new double[2];
            shine(place, panel, List.of(row), stepS, reading -> {
                watts[0] += reading.pvW().number();
                watts[1]++;
            });
            Instant from = Instant.ofEpochSecond((long) row[0]);
            double gaveW = 0.95 * watts[0] / Math.max(1, watts[1]);
            off += Math.abs(gaveW - meter.clearW(from, from.plusSeconds(stepS)));
            sum += gaveW;
        }
        return off / Math.max(1e-9, sum);
    }

    private static final class Deviation {
        private double squares;
        private double sum;
        private double measuredSquares;
        private double truthSquares;
        private double products;
        private int count;

        void add(Optional<Measured> measured, double truth) {
            if (measured.isPresent()) {
                double error = measured.get().clearSkyIndex() - truth;
                squares += error * error;
                sum += error;
                measuredSquares +=
                        measured.get().clearSkyIndex() * measured.get().clearSkyIndex();
                truthSquares += truth * truth;
                products += truth * measured.get().clearSkyIndex();
                count++;
            }
        }

        double rmse() {
            return Math.sqrt(squares / count);
        }

        /** Against the site's own clear sky, which haze and height set apart from the model's by a constant factor. */
        double rmseByOwnClearSky() {
            return Math.sqrt((truthSquares - products * products / measuredSquares) / count);
        }
    }

    /** Hay and Davies on the measured split. */
    private static double poaWm2(SunPosition sun, Panel panel, double ghi, double dni, double dhi) {
        double front = Math.max(0, sun.cosIncidence(panel));
        double anisotropy = dni / sun.extraterrestrialNormalWm2();
        double cosTilt = Math.cos(Math.toRadians(panel.tiltDeg()));
        double sky = anisotropy * front / Math.max(0.065, sun.cosZenith()) + (1 - anisotropy) * (1 + cosTilt) / 2;
        return dni * front + dhi * sky + ghi * 0.2 * (1 - cosTilt) / 2;
    }

    private static List<double[]> rows(String name) throws IOException {
        Path file = Path.of(System.getProperty("sunpeer.data", ""), name + ".csv.gz");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(RealSkyTest::numbers).toList();
        }
    }

    private static double[] numbers(String line) {
        String[] parts = line.split(",", -1);
        double[] numbers = new double[5];
        for (int i = 0; i < 5; i++) {
            numbers[i] = parts[i].isEmpty() ? 0 : Double.parseDouble(parts[i]);
        }
        return numbers;
    }
}
