package sunpeer.appliance.sim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.Sun;
import sunpeer.appliance.schedule.WorkLadder;

/** A folder of irradiance, and what the bench makes of it. */
class SiteReaderTest {
    private static final Place HERE = new Place(47, 8);
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
    private static final int HOURS = 45 * 24;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void index() throws IOException {
        Files.writeString(folder.resolve("sites.json"), "{\"here\": {\"lat\": 47, \"lon\": 8, \"step_min\": 60}}");
    }

    /** Every third day dull. */
    private void write(int brokenLine, String broken) throws IOException {
        Sun sun = new Sun(HERE);
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("here.csv.gz"))), StandardCharsets.UTF_8)) {
            out.write("epoch,ghi,dni,dhi,tair\n");
            for (int i = 0; i < HOURS; i++) {
                long epochS = START + 3600L * i;
                double clear = sun.at(Instant.ofEpochSecond(epochS + 1800)).clearSkyGhiWm2();
                double ghi = (i / 24 % 3 == 0 ? 0.2 : 0.9) * clear;
                String line = String.format(Locale.ROOT, "%d,%.1f,%.1f,%.1f,10", epochS, ghi, 0.0, ghi);
                out.write((i + 2 == brokenLine ? broken : line) + "\n");
            }
        }
    }

    @Test
    void readsWholeSolarDays() throws IOException {
        write(-1, "");
        Site site = SiteReader.readAll(folder).getFirst();
        assertThat(site.days()).isEqualTo(45);
        assertThat(site.clear(12)).isGreaterThan(0.4);
        assertThat(site.clear(0)).isZero();
        assertThat(site.meanClearness()).isBetween(0.3, 0.9);
        assertThat(site.dayOfYear(0)).isEqualTo(60);
    }

    @Test
    void saysWhatIsWrongAndWhere() throws IOException {
        write(100, "1772676000,a,b");
        assertThatThrownBy(() -> SiteReader.readAll(folder))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("here.csv.gz:100: 3 columns, the first line names 5: correct the line");
        write(101, "1,0,0,0,0");
        assertThatThrownBy(() -> SiteReader.readAll(folder))
                .hasMessageEndingWith("min after the one before instead of 60: fill the gap, sort the lines");
        Files.writeString(folder.resolve("sites.json"), "{\"there\": {}}");
        assertThatThrownBy(() -> SiteReader.readAll(folder)).hasMessageContaining("holds no NAME.csv.gz");
    }

    @Test
    void theOptimumIsNotBeatenAndThePlanComesNear() throws IOException {
        write(-1, "");
        Site site = SiteReader.readAll(folder).getFirst();
        for (BenchCase.Size size : List.of(BenchCase.Size.UNDERSIZED, BenchCase.Size.FAIR)) {
            BenchCase of = BenchCase.of(site, size, true);
            Outcome best = Clairvoyant.of(of, WorkLadder.TIERS);
            Outcome planned = of.run(WorkLadder.TIERS, new PlannedPolicy(of, WorkLadder.TIERS, 0, 1));
            assertThat(planned.value() / best.value()).isBetween(0.85, 1.001);
            assertThat(planned.darkHours()).isZero();
            assertThat(planned.reserveHours()).isZero();
            assertThat(planned.lowestSoc()).isGreaterThanOrEqualTo(0.2);
            Outcome again = of.run(WorkLadder.TIERS, new PlannedPolicy(of, WorkLadder.TIERS, 0, 1));
            assertThat(again).isEqualTo(planned);
            assertThat(best.lowestSoc()).isCloseTo(0.2, within(0.15));
        }
    }
}
