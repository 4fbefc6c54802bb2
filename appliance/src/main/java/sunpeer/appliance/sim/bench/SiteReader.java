package sunpeer.appliance.sim.bench;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.Sun;
import sunpeer.appliance.energy.SunPosition;

/**
 * Reads a folder of irradiance: {@code sites.json} with {@code lat}, {@code lon} and {@code step_min} by name, and for each a
 * {@code NAME.csv.gz} of epoch seconds, GHI, DNI and DHI in W/m² and air temperature in °C, without gaps.
 */
final class SiteReader {
    /** Dirt, mismatch and age; converter and wiring. */
    private static final double DERATE = 0.90 * 0.95;

    private static final double CLEAR_AIR_C = 15;
    /** A box in the shade is a little warmer than the mean of the day's air. */
    private static final double BOX_K = 3;

    private static final int HOUR_S = 3600;
    private static final int COLUMNS = 5;

    private SiteReader() {}

    /**
     * All sites of a folder, by name.
     *
     * @throws IOException with file, line and reason when one cannot be read
     */
    static List<Site> readAll(Path folder) throws IOException {
        Path index = folder.resolve("sites.json");
        List<Site> sites = new ArrayList<>();
        try {
            JsonObject root = JsonParser.object().from(Files.readString(index));
            for (String name : new TreeSet<>(root.keySet())) {
                JsonObject site = root.getObject(name);
                Path file = folder.resolve(name + ".csv.gz");
                if (Files.exists(file)) {
                    Place place = new Place(site.getDouble("lat", Double.NaN), site.getDouble("lon", Double.NaN));
                    sites.add(read(name, file, place, site.getInt("step_min")));
                }
            }
        } catch (JsonParserException | IllegalArgumentException wrong) {
            throw new IOException(index + ": " + wrong.getMessage(), wrong);
        }
        if (sites.isEmpty()) {
            throw new IOException(folder + " holds no NAME.csv.gz of a site in sites.json");
        }
        return sites;
    }

    private static Site read(String name, Path file, Place place, int stepMin) throws IOException {
        if (stepMin < 1 || 60 % stepMin != 0) {
            throw new IllegalArgumentException(name + ": step_min is " + stepMin + ", it must divide 60");
        }
        List<double[]> rows = rows(file, stepMin);
        int perHour = 60 / stepMin;
        long firstSolarHour =
                Math.floorDiv((long) rows.getFirst()[0] + place.solarOffset().getTotalSeconds(), (long) HOUR_S);
        int skip = (int) Math.floorMod(-firstSolarHour, (long) Site.DAY);
        int days = (rows.size() / perHour - skip) / Site.DAY;
        if (days < 30) {
            throw new IOException(file + ": fewer than 30 whole days");
        }
        return new Hours(place, stepMin * 60, days).of(name, rows.subList(skip * perHour, rows.size()));
    }

    private static List<double[]> rows(Path file, int stepMin) throws IOException {
        List<double[]> rows = new ArrayList<>();
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            int number = 1;
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                double[] row = row(line);
                if (row.length != COLUMNS || !Double.isFinite(row[0])) {
                    throw new IOException(file + ":" + number + ": not epoch,ghi,dni,dhi,tair");
                }
                if (!rows.isEmpty() && row[0] - rows.getLast()[0] != stepMin * 60.0) {
                    throw new IOException(file + ":" + number + ": not " + stepMin + " min after the line before");
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static double[] row(String line) {
        String[] cells = line.split(",", -1);
        double[] row = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            try {
                row[i] = cells[i].isEmpty() ? 0 : Double.parseDouble(cells[i]);
            } catch (NumberFormatException _) {
                return new double[0];
            }
        }
        return row;
    }

    /** Sums steps up to hours. */
    private static final class Hours {
        private final Sun sun;
        private final Panel panel;
        private final int stepS;
        private final int days;

        Hours(Place place, int stepS, int days) {
            this.sun = new Sun(place);
            this.panel = Panel.facingEquator(place, 1);
            this.stepS = stepS;
            this.days = days;
        }

        Site of(String name, List<double[]> rows) {
            int hours = days * Site.DAY;
            int perHour = HOUR_S / stepS;
            double[] harvest = new double[hours];
            double[] clear = new double[hours];
            double[] batteryC = new double[hours];
            int[] dayOfYear = new int[days];
            double day = rows.getFirst()[4];
            for (int hour = 0; hour < hours; hour++) {
                double airC = 0;
                for (double[] row : rows.subList(hour * perHour, (hour + 1) * perHour)) {
                    SunPosition position = sun.at(Instant.ofEpochSecond((long) row[0] + stepS / 2));
                    double poa = position.poaWm2(row[1], row[2], row[3], panel);
                    harvest[hour] += DERATE * panel.powerW(poa, row[4]) / perHour;
                    clear[hour] += DERATE * panel.powerW(position.clearSkyPoaWm2(panel), CLEAR_AIR_C) / perHour;
                    airC += row[4] / perHour;
                }
                day += (airC - day) / Site.DAY;
                batteryC[hour] = day + BOX_K;
                if (hour % Site.DAY == Site.DAY / 2) {
                    long epochS = (long) rows.get(hour * perHour)[0];
                    dayOfYear[hour / Site.DAY] = Instant.ofEpochSecond(epochS)
                            .atOffset(ZoneOffset.UTC)
                            .getDayOfYear();
                }
            }
            return new Site(name, harvest, clear, batteryC, dayOfYear);
        }
    }
}
