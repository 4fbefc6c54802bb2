package sunpeer.appliance.sim.weather;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import sunpeer.appliance.energy.Place;

/** EnergyPlus weather: eight lines of head, then rows by position, by the end of the hour in local time without summer time. */
final class Epw {
    private static final int HEAD_LINES = 8;
    private static final int SITE_CELLS = 10;
    private static final int SITE_LATITUDE = 6;
    private static final int SITE_LONGITUDE = 7;
    private static final int SITE_ZONE = 8;
    private static final int PER_HOUR = 2;

    private static final int YEAR = 0;
    private static final int MONTH = 1;
    private static final int DAY = 2;
    private static final int HOUR = 3;
    private static final int MINUTE = 4;
    private static final int AIR = 6;
    private static final int GHI = 13;
    private static final int DNI = 14;
    private static final int DHI = 15;

    private Epw() {}

    static WeatherYear read(Lines lines, String location) throws IOException {
        String[] about = Lines.cells(location);
        Where first = lines.here();
        if (about.length < SITE_CELLS) {
            throw first.wrong(about.length + " columns, LOCATION of an EPW file has 10");
        }
        Place place = Head.place(first, about[SITE_LATITUDE], about[SITE_LONGITUDE]);
        var zone = Head.zone(first, about[SITE_ZONE]);
        String periods = "";
        for (int i = 1; i < HEAD_LINES; i++) {
            periods = lines.head();
        }
        String[] period = Lines.cells(periods);
        if (!period[0].equals("DATA PERIODS") || period.length <= PER_HOUR) {
            throw lines.here().wrong("an EPW file has DATA PERIODS in its line 8: download it again");
        }
        int perHour = lines.here().whole("records per hour", period[PER_HOUR], 1, 60);
        Series series = new Series(lines.file());
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                continue;
            }
            Where here = lines.here();
            String[] cells = Lines.cells(line);
            if (cells.length <= DHI) {
                throw here.wrong(cells.length + " columns, at least 16 are needed: download it again");
            }
            series.add(
                    here,
                    beginS(here, cells, perHour),
                    here.number("global horizontal radiation", cells[GHI]),
                    here.number("direct normal radiation", cells[DNI]),
                    here.number("diffuse horizontal radiation", cells[DHI]),
                    here.number("dry bulb temperature", cells[AIR]));
        }
        return series.typical(Optional.of(place), zone, 0);
    }

    private static long beginS(Where here, String[] cells, int perHour) throws IOException {
        int year = here.whole("year", cells[YEAR], 1900, 2200);
        int month = here.whole("month", cells[MONTH], 1, 12);
        int day = here.whole("day", cells[DAY], 1, 31);
        int hour = here.whole("hour", cells[HOUR], 1, 24);
        int minute = here.whole("minute", cells[MINUTE], 0, 60);
        try {
            long dayS = LocalDate.of(year, month, day).toEpochDay() * Series.DAY_S;
            // Hourly files write 0, 30 or 60 and mean the same.
            long inHourS = perHour == 1 ? 0 : minute * 60L - Series.HOUR_S / perHour;
            return dayS + (hour - 1L) * Series.HOUR_S + inHourS;
        } catch (DateTimeException _) {
            throw here.wrong("there is no " + year + "-" + month + "-" + day + ": correct the date");
        }
    }
}
