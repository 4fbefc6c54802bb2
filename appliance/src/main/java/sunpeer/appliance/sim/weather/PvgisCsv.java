package sunpeer.appliance.sim.weather;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The typical year of PVGIS as CSV. Its values are of the moment named, plus the "irradiance time offset" of the head; each is
 * taken for the mean of the hour around it.
 */
final class PvgisCsv {
    static final String WHICH = ": choose \"TMY\" in PVGIS and download its csv, which tells G(h), Gb(n) and Gd(h)";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd:HHmm", Locale.ROOT);
    private static final String OFFSET = "Irradiance Time Offset (h)";
    private static final String HEAD = "time";
    /** Twelve months with their years and a few lines more. */
    private static final int HEAD_LINES_MAX = 40;

    private PvgisCsv() {}

    static WeatherYear read(Lines lines, String latitude) throws IOException {
        Where first = lines.here();
        String longitude = lines.head();
        if (!longitude.startsWith("Longitude (decimal degrees)")) {
            throw lines.here().wrong("the longitude is expected in line 2: download it again");
        }
        var place = Head.place(first, behindColon(latitude), behindColon(longitude));
        double offsetH = 0;
        String line = lines.head();
        for (int i = 0; !line.startsWith(HEAD) && i < HEAD_LINES_MAX; i++) {
            if (line.startsWith(OFFSET)) {
                offsetH = lines.here().number("irradiance time offset", behindColon(line));
            }
            line = lines.head();
        }
        List<String> names = List.of(Lines.cells(line));
        int time = names.indexOf("time(UTC)");
        int ghi = names.indexOf("G(h)");
        int dni = names.indexOf("Gb(n)");
        int dhi = names.indexOf("Gd(h)");
        int air = names.indexOf("T2m");
        if (Math.min(Math.min(time, ghi), Math.min(Math.min(dni, dhi), air)) < 0) {
            throw lines.here().wrong("no sun on the horizontal in this file of PVGIS" + WHICH);
        }
        Series series = new Series(lines.file());
        // Behind an empty line the columns are explained.
        for (line = lines.next(); line != null && !line.isEmpty(); line = lines.next()) {
            Where here = lines.here();
            String[] cells = Lines.cells(line);
            if (cells.length != names.size()) {
                throw here.wrong(cells.length + " columns, the head names " + names.size() + ": download it again");
            }
            series.add(
                    here,
                    timeS(here, cells[time]),
                    here.number("G(h)", cells[ghi]),
                    here.number("Gb(n)", cells[dni]),
                    here.number("Gd(h)", cells[dhi]),
                    here.number("T2m", cells[air]));
        }
        return series.typical(Optional.of(place), ZoneOffset.UTC, shiftS(first, offsetH));
    }

    static long timeS(Where here, String text) throws IOException {
        try {
            return LocalDateTime.parse(text, TIME).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw here.wrong("time is \"" + Where.shortened(text) + "\", expected is YYYYMMDD:HHMM");
        }
    }

    /** From the moment named to the beginning of the hour around what was seen. */
    static long shiftS(Where where, double offsetH) throws IOException {
        if (!(Math.abs(offsetH) <= 1)) {
            throw where.wrong("irradiance time offset is " + offsetH + " h, possible is -1 to 1");
        }
        return Math.round(offsetH * Series.HOUR_S) - Series.HOUR_S / 2;
    }

    private static String behindColon(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
