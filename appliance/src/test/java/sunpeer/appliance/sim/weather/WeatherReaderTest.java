package sunpeer.appliance.sim.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sunpeer.appliance.energy.Sun;

/** Files of every kind, whole and broken. */
class WeatherReaderTest {
    private static final String PLAIN = ClearYear.plain(true);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    enum Format {
        EPOCH(PLAIN),
        ISO(ClearYear.plain(false)),
        TMY3(ClearYear.tmy3()),
        EPW(ClearYear.epw()),
        PVGIS_CSV(ClearYear.pvgisCsv()),
        PVGIS_JSON(ClearYear.pvgisJson());

        private final String text;

        Format(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        // The name says nothing on purpose.
        return Files.write(folder.resolve("weather"), bytes);
    }

    private void refused(String text, String message) throws IOException {
        refused(text.getBytes(StandardCharsets.UTF_8), message);
    }

    private void refused(byte[] bytes, String message) throws IOException {
        Path file = file(bytes);
        assertThatThrownBy(() -> WeatherReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + message);
    }

    private static String line(String text, int number, UnaryOperator<String> change) {
        String[] lines = text.split("\n", -1);
        lines[number - 1] = change.apply(lines[number - 1]);
        return String.join("\n", lines);
    }

    private static String shortened(String text, int lines) {
        return String.join("\n", Arrays.copyOf(text.split("\n", -1), lines));
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatTellsTheSameYearAtTheRightHours(Format format) throws IOException {
        WeatherYear year = WeatherReader.read(file(format.text().getBytes(StandardCharsets.UTF_8)));
        assertThat(year.steps()).isEqualTo(ClearYear.HOURS);
        assertThat(year.days()).isEqualTo(365);
        assertThat(year.stepS()).isEqualTo(3600);
        assertThat(year.isSplit()).isTrue();
        if (format.compareTo(Format.ISO) > 0) {
            assertThat(year.place()).hasValue(ClearYear.PLACE);
        } else {
            assertThat(year.place()).isEmpty();
        }
        Sun sun = new Sun(ClearYear.PLACE);
        for (int step = 0; step < year.steps(); step++) {
            var middle = year.start().plusSeconds(1800 + 3600L * step);
            assertThat(year.ghiWm2(step)).isCloseTo(sun.at(middle).clearSkyGhiWm2(), within(1.5));
            assertThat(year.dhiWm2(step)).isCloseTo(0.15 * year.ghiWm2(step), within(0.1));
            assertThat(year.airC(step)).isEqualTo(12);
        }
    }

    @Test
    void gzipIsSeenByItsBytesAndTheSplitMayBeMissing() throws IOException {
        assertThat(WeatherReader.read(file(zipped(PLAIN))).steps()).isEqualTo(ClearYear.HOURS);
        String unsplit = "time,note,ghi,temp_air\n2021-01-01T00:00Z,dark,-3.2,1.5\n2021-01-01T00:30Z,,10,1.5\n"
                + halfHours(2, 30 * 48);
        WeatherYear year = WeatherReader.read(file(unsplit.getBytes(StandardCharsets.UTF_8)));
        assertThat(year.isSplit()).isFalse();
        assertThat(year.stepS()).isEqualTo(1800);
        assertThat(year.ghiWm2(0)).as("noise of the night").isZero();
    }

    private static String halfHours(int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < to; i++) {
            out.append(1_609_459_200L + 1800L * i).append(",,5,2\n");
        }
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1609462800,1,1,1,x|:3: air temperature is "x", not a number: correct or fill it
            1609462800,1,1,1,NaN|:3: air temperature is "NaN", not a number: correct or fill it
            1609462800,1,,1,0|:3: dni is "", not a number: correct or fill it
            1609462800,1,1,1|:3: 4 columns, the first line names 5: correct the line
            1609462800,-30,1,1,0|:3: ghi is -30.0 W/m², possible is 0 to 1500: correct or fill it
            1609462800,1,1600,1,0|:3: dni is 1600.0 W/m², possible is 0 to 1500: correct or fill it
            1609462800,1,1,1,-300|:3: air temperature is -300.0 °C, possible is -90 to 60: correct or fill it
            soon,1,1,1,0|:3: time is "soon": give seconds since 1970 or 1970-01-01T00:00:00Z
            1609462801,1,1,1,0|:3: is 60 min after the one before: steps that divide an hour are needed, of a minute or longer
            1609461000,1,1,1,0|:4: is 90 min after the one before instead of 30: fill the gap, sort the lines
            """)
    void aBadRowIsNamed(String row, String message) throws IOException {
        refused(line(PLAIN, 3, before -> row), message);
    }

    @Test
    void badPlainFiles() throws IOException {
        refused("", ": is empty: download it again");
        refused(" \r\n", ": is empty: download it again");
        refused(
                "hello\nworld\n",
                ":1: no weather file that is known here: give a CSV with a first line that names time and ghi,"
                        + " a TMY3 CSV, an EPW file, or a typical year of PVGIS");
        refused("when,ghi,tair\n", ":1: no column is named time or epoch: name it");
        refused("time,ghi\n", ":1: no column is named tair or temp_air: add the air temperature in °C");
        refused("time,ghi,tair\n", ": no weather in it: download it again");
        refused(shortened(PLAIN, 1 + 29 * 24), ": 29 days of weather, at least 30 are needed");
        refused(
                line(PLAIN, 9, before -> before + "," + "9".repeat(30_000)),
                ":9: the line has 30028 characters: this is no weather file");
        byte[] zip = zipped(PLAIN);
        refused(Arrays.copyOf(zip, zip.length / 2), ": ends in the middle of its gzip: download it again");
        zip[zip.length - 5]++;
        refused(zip, ": its gzip is damaged: download it again");
        refused(zipped("x".repeat(64_000_001)), ": has more than 64 MB: give one year, in steps of a minute or longer");
    }

    @Test
    void badFilesOfMakers() throws IOException {
        String tmy3 = ClearYear.tmy3();
        refused(
                line(tmy3, 1, before -> before.replace("-105.240", "205")),
                ":1: there is no place at latitude 40.13, longitude 205.0");
        refused(
                line(tmy3, 2, before -> before.replace("DHI (W", "X (W")),
                ":2: no column is named DHI (W/m^2): a TMY3 file has one");
        refused(
                line(tmy3, 4, before -> before.replace("02:00", "25:00")),
                ":4: time is \"01/01/2001,25:00\", expected is MM/DD/YYYY,HH:MM with hours from 01 to 24");
        refused(
                line(tmy3, 5, before -> "01/01/2001,03:00,1"),
                ":5: 3 columns, at least 7 are needed: download it again");
        refused(
                line(tmy3, 5, before -> ""),
                ":6: is 120 min after the one before instead of 60: fill the gap, sort the lines");

        String epw = ClearYear.epw();
        refused(shortened(epw, 5), ":5: the file ends within its head: download it again");
        refused(line(epw, 8, before -> ""), ":8: an EPW file has DATA PERIODS in its line 8: download it again");
        refused(
                line(epw, 9, before -> before.replace(",1,1,1,", ",2,31,1,")),
                ":9: there is no 1995-2-31: correct the date");
        refused(line(epw, 20, before -> "1995,1,1"), ":20: 3 columns, at least 16 are needed: download it again");
        refused(
                line(epw, 20, before -> before.replace(",300,", ",300,9999")),
                ":20: ghi is 9999427.8 W/m², possible is 0 to 1500: correct or fill it");

        String which = ": choose \"TMY\" in PVGIS and download its csv, which tells G(h), Gb(n) and Gd(h)";
        refused("""
                Latitude (decimal degrees): 45.0
                Longitude (decimal degrees): 8.0
                slope: 35 deg.
                time,G(i),H_sun,T2m,WS10m,Int
                20200101:0010,1,2,3,4,0
                """, ":4: no sun on the horizontal in this file of PVGIS" + which);
        refused(
                line(ClearYear.pvgisCsv(), 9, before -> before.replace("20090101:", "2009-01-01 ")),
                ":9: time is \"2009-01-01 0000\", expected is YYYYMMDD:HHMM");
        refused("{\"outputs\": {\"hourly\": []}}", ": no outputs.tmy_hourly in this JSON" + which);
        refused(
                ClearYear.pvgisJson().replaceFirst("\"G\\(h\\)\": [0-9.]+", "\"G(h)\": null"),
                ": outputs.tmy_hourly[0]: G(h) is \"null\", not a number: correct or fill it");
    }
}
