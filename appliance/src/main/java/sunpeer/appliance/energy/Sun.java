package sunpeer.appliance.energy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import net.e175.klaus.solarpositioning.Grena3;
import net.e175.klaus.solarpositioning.SPA;
import net.e175.klaus.solarpositioning.SolarPosition;
import net.e175.klaus.solarpositioning.SunriseResult;

/** The sun as seen from one place: a function of time. Immutable. */
public final class Sun {
    /**
     * Earth's rotation against atomic time, s. 69 in 2025 and changing by less than a second a year, which moves the sun by
     * 0.004 degrees: a constant is enough.
     */
    private static final double DELTA_T_S = 69;

    private static final double SOLAR_CONSTANT_WM2 = 1361;
    /** Sunrise and sunset by convention: refraction of 34' and a radius of 16'. */
    private static final double RISING_ELEVATION_DEG = -0.833;
    /** A year and a little: beyond it no place waits for a sunrise. */
    private static final int SEARCH_DAYS = 370;

    private final Place place;

    public Sun(Place place) {
        this.place = place;
    }

    public Place place() {
        return place;
    }

    public SunPosition at(Instant at) {
        ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
        SolarPosition position =
                Grena3.calculateSolarPosition(utc, place.latitudeDeg(), place.longitudeDeg(), DELTA_T_S);
        // The earth passes nearest on about 3 January.
        double orbit = 2 * Math.PI * (utc.getDayOfYear() - 3) / 365.25;
        double normalWm2 = SOLAR_CONSTANT_WM2 * (1 + 0.0334 * Math.cos(orbit));
        return new SunPosition(90 - position.zenithAngle(), position.azimuth(), normalWm2);
    }

    /**
     * Air temperature that is usual there at that season and hour, °C, for want of a thermometer: round values of latitude
     * alone. Against a year of measured daytime temperatures at eight places it is off by 3 to 8 K, where a constant 15 °C is
     * off by 8 to 16 K; 3 K are one per cent of a panel's power.
     */
    public double usualAirC(Instant at) {
        double latitude = Math.abs(place.latitudeDeg());
        OffsetDateTime local = at.atOffset(place.solarOffset());
        double season = Math.cos(2 * Math.PI * (local.getDayOfYear() - 202) / 365.25);
        double hour = Math.cos(2 * Math.PI * (local.toLocalTime().toSecondOfDay() / 3600.0 - 15) / 24);
        double north = place.latitudeDeg() >= 0 ? 1 : -1;
        return 27 - 0.0075 * latitude * latitude + north * 0.23 * latitude * season + 5 * hour;
    }

    /** The solar day (see {@link Place#solarOffset}) that {@code at} falls into. */
    public LocalDate dayOf(Instant at) {
        return at.atOffset(place.solarOffset()).toLocalDate();
    }

    public Daylight daylight(LocalDate solarDay) {
        ZonedDateTime noon = ZonedDateTime.of(solarDay, LocalTime.NOON, place.solarOffset());
        SunriseResult result =
                SPA.calculateSunriseTransitSet(noon, place.latitudeDeg(), place.longitudeDeg(), DELTA_T_S);
        return switch (result) {
            case SunriseResult.RegularDay day ->
                new Daylight.Regular(
                        day.sunrise().toInstant(),
                        day.transit().toInstant(),
                        day.sunset().toInstant());
            case SunriseResult.AllDay day -> new Daylight.PolarDay(day.transit().toInstant());
            case SunriseResult.AllNight day ->
                new Daylight.PolarNight(day.transit().toInstant());
        };
    }

    /**
     * First sunrise later than {@code after}, through a polar night or a polar day if need be; empty only where none comes
     * within a year.
     */
    public Optional<Instant> nextSunrise(Instant after) {
        LocalDate first = dayOf(after);
        Daylight before = daylight(first.minusDays(1));
        for (int i = 0; i < SEARCH_DAYS; i++) {
            Daylight day = daylight(first.plusDays(i));
            Optional<Instant> sunrise = sunrise(before, day);
            if (sunrise.isPresent() && sunrise.get().isAfter(after)) {
                return sunrise;
            }
            before = day;
        }
        return Optional.empty();
    }

    private Optional<Instant> sunrise(Daylight before, Daylight day) {
        if (day instanceof Daylight.Regular regular) {
            return Optional.of(regular.sunrise());
        }
        if (before instanceof Daylight.PolarNight && day instanceof Daylight.PolarDay) {
            // Next to a pole the sun comes up once a year, with no regular day between night and day.
            return Optional.of(crossing(before.noon(), day.noon()));
        }
        return Optional.empty();
    }

    private Instant crossing(Instant below, Instant above) {
        long low = below.getEpochSecond();
        long high = above.getEpochSecond();
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (at(Instant.ofEpochSecond(middle)).elevationDeg() < RISING_ELEVATION_DEG) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Instant.ofEpochSecond(high);
    }
}
