package sunpeer.appliance.sim.weather;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.energy.Place;

/** Collects the steps of a file and holds them to what a year of weather is. Confined to one thread. */
final class Series {
    static final int DAY_S = 86_400;
    static final int HOUR_S = 3600;
    static final int DAYS_MIN = 30;
    /** A year by the minute, and a little. */
    private static final int STEPS_MAX = 600_000;

    private static final int MINUTE_S = 60;
    /** Pyranometers show some watts less than nothing at night. */
    private static final double NOISE_WM2 = -20;

    private static final double IRRADIANCE_MAX_WM2 = 1500;
    private static final double AIR_MIN_C = -90;
    private static final double AIR_MAX_C = 60;
    private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);
    // Years that stand for any other: the sun is the same within a quarter of a day's way.
    private static final int COMMON_YEAR = 2021;
    private static final int LEAP_YEAR = 2024;

    private final String file;
    private final List<Sample> samples = new ArrayList<>();

    Series(String file) {
        this.file = file;
    }

    /** @param dni NaN, like {@code dhi}, where the file does not tell them apart */
    void add(Where where, long beginS, double ghi, double dni, double dhi, double airC) throws IOException {
        if (samples.size() >= STEPS_MAX) {
            throw where.wrong("more than " + STEPS_MAX + " steps: give one year, in steps of a minute or longer");
        }
        if (!(airC >= AIR_MIN_C && airC <= AIR_MAX_C)) {
            throw where.wrong("air temperature is " + airC + " °C, possible is -90 to 60: correct or fill it");
        }
        samples.add(new Sample(
                where, beginS, light(where, "ghi", ghi), light(where, "dni", dni), light(where, "dhi", dhi), airC));
    }

    private static double light(Where where, String name, double wm2) throws IOException {
        if (wm2 < NOISE_WM2 || wm2 > IRRADIANCE_MAX_WM2) {
            throw where.wrong(name + " is " + wm2 + " W/m², possible is 0 to 1500: correct or fill it");
        }
        return Math.max(0, wm2);
    }

    /**
     * A year put together from months of different years: their years are forgotten.
     *
     * @param shiftS from the times that the file names to the beginnings of its steps
     */
    WeatherYear typical(Optional<Place> place, ZoneOffset zone, long shiftS) throws IOException {
        boolean leap = samples.stream()
                .anyMatch(sample -> MonthDay.from(date(sample.beginS())).equals(LEAP_DAY));
        int year = leap ? LEAP_YEAR : COMMON_YEAR;
        int month = 0;
        for (int i = 0; i < samples.size(); i++) {
            LocalDate own = date(samples.get(i).beginS());
            if (own.getMonthValue() < month) {
                year++;
            }
            month = own.getMonthValue();
            LocalDate stands = LocalDate.of(year, month, 1).plusDays(own.getDayOfMonth() - 1L);
            long secondOfDay = Math.floorMod(samples.get(i).beginS(), (long) DAY_S);
            samples.set(i, samples.get(i).beginningAt(stands.toEpochDay() * DAY_S + secondOfDay + shiftS));
        }
        return year(place, zone);
    }

    private static LocalDate date(long secondsOf) {
        return LocalDate.ofEpochDay(Math.floorDiv(secondsOf, (long) DAY_S));
    }

    WeatherYear year(Optional<Place> place, ZoneOffset zone) throws IOException {
        if (samples.size() < 2) {
            throw new IOException(file + ": no weather in it: download it again");
        }
        long stepS = samples.get(1).beginS() - samples.get(0).beginS();
        if (stepS < MINUTE_S || HOUR_S % stepS != 0) {
            throw samples.get(1)
                    .where()
                    .wrong("is " + Duration.ofSeconds(stepS).toMinutes()
                            + " min after the one before: steps that divide an hour are needed, of a minute or longer");
        }
        for (int i = 1; i < samples.size(); i++) {
            long gapS = samples.get(i).beginS() - samples.get(i - 1).beginS();
            if (gapS != stepS) {
                throw samples.get(i)
                        .where()
                        .wrong("is " + gapS / MINUTE_S + " min after the one before instead of " + stepS / MINUTE_S
                                + ": fill the gap, sort the lines");
            }
        }
        int days = (int) (samples.size() * stepS / DAY_S);
        if (days < DAYS_MIN) {
            throw new IOException(file + ": " + days + " days of weather, at least " + DAYS_MIN + " are needed");
        }
        boolean split = samples.stream().noneMatch(sample -> Double.isNaN(sample.dni() + sample.dhi()));
        Instant start = Instant.ofEpochSecond(samples.get(0).beginS() - zone.getTotalSeconds());
        return new WeatherYear(place, start, (int) stepS, split, samples.subList(0, (int) (days * (DAY_S / stepS))));
    }
}
