package sunpeer.appliance.sim.weather;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.energy.Place;

/** TMY3 of NREL: a line about the site, one with the names, then hours by their end in the local time without summer time. */
final class Tmy3 {
    private static final int SITE_CELLS = 7;
    private static final int SITE_ZONE = 3;
    private static final int SITE_LATITUDE = 4;
    private static final int SITE_LONGITUDE = 5;

    private Tmy3() {}

    static WeatherYear read(Lines lines, Where siteLine, String site, String head) throws IOException {
        String[] about = Lines.cells(site);
        if (about.length < SITE_CELLS) {
            throw siteLine.wrong(about.length + " columns, a TMY3 site has 7: number, name, state, zone, latitude,"
                    + " longitude, elevation");
        }
        Place place = Head.place(siteLine, about[SITE_LATITUDE], about[SITE_LONGITUDE]);
        var zone = Head.zone(siteLine, about[SITE_ZONE]);
        List<String> names = List.of(Lines.cells(head));
        int ghi = column(lines, names, "GHI (W/m^2)");
        int dni = column(lines, names, "DNI (W/m^2)");
        int dhi = column(lines, names, "DHI (W/m^2)");
        int air = column(lines, names, "Dry-bulb (C)");
        int needed = Math.max(Math.max(ghi, dni), Math.max(dhi, air)) + 1;
        Series series = new Series(lines.file());
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                continue;
            }
            Where here = lines.here();
            String[] cells = Lines.cells(line);
            if (cells.length < needed) {
                throw here.wrong(cells.length + " columns, at least " + needed + " are needed: download it again");
            }
            series.add(
                    here,
                    beginS(here, cells[0], cells[1]),
                    here.number("GHI", cells[ghi]),
                    here.number("DNI", cells[dni]),
                    here.number("DHI", cells[dhi]),
                    here.number("dry-bulb temperature", cells[air]));
        }
        return series.typical(Optional.of(place), zone, 0);
    }

    private static int column(Lines lines, List<String> names, String name) throws IOException {
        int column = names.indexOf(name);
        if (column < 0) {
            throw lines.here().wrong("no column is named " + name + ": a TMY3 file has one");
        }
        return column;
    }

    private static long beginS(Where here, String date, String time) throws IOException {
        try {
            String[] parts = date.split("/", -1);
            LocalDate day =
                    LocalDate.of(Integer.parseInt(parts[2]), Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            int hour = Integer.parseInt(time.split(":", -1)[0]);
            if (hour >= 1 && hour <= 24) {
                return day.toEpochDay() * Series.DAY_S + (hour - 1L) * Series.HOUR_S;
            }
        } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException _) {
            // said below
        }
        throw here.wrong("time is \"" + Where.shortened(date + "," + time) + "\", expected is MM/DD/YYYY,HH:MM with"
                + " hours from 01 to 24");
    }
}
