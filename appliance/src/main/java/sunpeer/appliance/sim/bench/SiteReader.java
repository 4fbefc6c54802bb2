package sunpeer.appliance.sim.bench;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.Sun;
import sunpeer.appliance.energy.SunPosition;
import sunpeer.appliance.sim.weather.WeatherReader;
import sunpeer.appliance.sim.weather.WeatherYear;

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
        WeatherYear year = WeatherReader.read(file);
        if (year.stepS() != stepMin * 60 || !year.isSplit()) {
            throw new IOException(file + ": not epoch,ghi,dni,dhi,tair every " + stepMin + " min");
        }
        long firstSolarHour = Math.floorDiv(
                year.start().getEpochSecond() + place.solarOffset().getTotalSeconds(), (long) HOUR_S);
        int skip = (int) Math.floorMod(-firstSolarHour, (long) Site.DAY);
        int perHour = HOUR_S / year.stepS();
        int days = (year.steps() / perHour - skip) / Site.DAY;
        if (days < 30) {
            throw new IOException(file + ": fewer than 30 whole days");
        }
        return new Hours(place, year, skip * perHour, days).of(name);
    }

    /** Sums steps up to hours. */
    private static final class Hours {
        private final Sun sun;
        private final Panel panel;
        private final WeatherYear year;
        private final int first;
        private final int days;

        Hours(Place place, WeatherYear year, int first, int days) {
            this.sun = new Sun(place);
            this.panel = Panel.facingEquator(place, 1);
            this.year = year;
            this.first = first;
            this.days = days;
        }

        Site of(String name) {
            int hours = days * Site.DAY;
            int perHour = HOUR_S / year.stepS();
            double[] harvest = new double[hours];
            double[] clear = new double[hours];
            double[] batteryC = new double[hours];
            int[] dayOfYear = new int[days];
            double day = year.airC(first);
            for (int hour = 0; hour < hours; hour++) {
                double airC = 0;
                for (int step = first + hour * perHour; step < first + (hour + 1) * perHour; step++) {
                    SunPosition position = sun.at(begin(step).plusSeconds(year.stepS() / 2));
                    double poa = position.poaWm2(year.ghiWm2(step), year.dniWm2(step), year.dhiWm2(step), panel);
                    harvest[hour] += DERATE * panel.powerW(poa, year.airC(step)) / perHour;
                    clear[hour] += DERATE * panel.powerW(position.clearSkyPoaWm2(panel), CLEAR_AIR_C) / perHour;
                    airC += year.airC(step) / perHour;
                }
                day += (airC - day) / Site.DAY;
                batteryC[hour] = day + BOX_K;
                if (hour % Site.DAY == Site.DAY / 2) {
                    dayOfYear[hour / Site.DAY] = begin(first + hour * perHour)
                            .atOffset(ZoneOffset.UTC)
                            .getDayOfYear();
                }
            }
            return new Site(name, harvest, clear, batteryC, dayOfYear);
        }

        private Instant begin(int step) {
            return year.start().plusSeconds((long) step * year.stepS());
        }
    }
}
