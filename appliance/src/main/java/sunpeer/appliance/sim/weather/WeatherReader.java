package sunpeer.appliance.sim.weather;

import java.io.IOException;
import java.nio.file.Path;

/** Reads weather files of several makers, plain or gzip; see the package. Stateless. */
public final class WeatherReader {
    private WeatherReader() {}

    /**
     * Reads a file.
     *
     * @throws IOException with file, line, what is wrong there and what to do
     */
    public static WeatherYear read(Path path) throws IOException {
        Lines lines = Lines.of(path);
        if (lines.text().stripLeading().startsWith("{")) {
            return PvgisJson.read(lines);
        }
        String first = lines.head();
        while (first.isEmpty()) {
            first = lines.head();
        }
        if (first.startsWith("LOCATION,")) {
            return Epw.read(lines, first);
        }
        if (first.startsWith("Latitude (decimal degrees)")) {
            return PvgisCsv.read(lines, first);
        }
        if (PlainCsv.isHead(first)) {
            return PlainCsv.read(lines, first);
        }
        Where head = lines.here();
        String second = lines.next();
        if (second != null && second.startsWith("Date (MM/DD/YYYY),")) {
            return Tmy3.read(lines, head, first, second);
        }
        throw head.wrong("no weather file that is known here: give a CSV with a first line that names time and ghi,"
                + " a TMY3 CSV, an EPW file, or a typical year of PVGIS");
    }
}
