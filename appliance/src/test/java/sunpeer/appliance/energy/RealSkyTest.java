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
import java.util.Optional;
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
        Panel panel = Panel.facingEquator(place, 60);
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
                meter.observe(reading(at, 0.88 * panel.powerW(poa, row[4])));
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
        // Measured: 0.094, 0.116 and 0.095. A guard against getting worse, not a goal.
        assertThat(error.rmseByOwnClearSky()).describedAs(figures).isLessThan(0.13);
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

    private static Reading reading(Instant at, double pvW) {
        return new Reading(
                at,
                "real sky",
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.good(Math.max(0, pvW)),
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                ChargeStage.BULK);
    }
}
