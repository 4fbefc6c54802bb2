package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much night a place has before it. Confined to one thread; what it finds holds for a day and is kept so long. */
public final class NightAhead {
    private static final Duration DAY = Duration.ofHours(24);

    private final Sun sun;
    private @Nullable Daylight daylight;
    private @Nullable LocalDate daylightOf;
    private @Nullable Instant sunrise;
    private @Nullable Instant sunriseFrom;

    public NightAhead(Place place) {
        this.sun = new Sun(place);
    }

    public boolean isLight(Instant at) {
        return switch (daylight(sun.dayOf(at))) {
            case Daylight.PolarDay _ -> true;
            case Daylight.PolarNight _ -> false;
            case Daylight.Regular day -> !at.isBefore(day.sunrise()) && at.isBefore(day.sunset());
        };
    }

    /** The begin of the first day after {@code from}; empty where none comes within a year. */
    public Optional<Instant> sunrise(Instant from) {
        boolean known = sunriseFrom != null
                && !from.isBefore(sunriseFrom)
                && from.isBefore(sunrise == null ? sunriseFrom.plus(DAY) : sunrise);
        if (!known) {
            sunriseFrom = from;
            sunrise = sun.nextSunrise(from).orElse(null);
        }
        return Optional.ofNullable(sunrise);
    }

    /** The night counted in as the day wears on: nothing at sunrise, all of it at sunset, at night what remains of it. */
    public Duration dark(Instant now) {
        return switch (daylight(sun.dayOf(now))) {
            case Daylight.PolarDay _ -> Duration.ZERO;
            case Daylight.PolarNight _ -> DAY;
            case Daylight.Regular day -> dark(now, day);
        };
    }

    private Duration dark(Instant now, Daylight.Regular day) {
        if (now.isBefore(day.sunrise())) {
            return Duration.between(now, day.sunrise());
        }
        Instant next = sunrise(now).orElse(day.sunset().plus(DAY));
        if (!now.isBefore(day.sunset())) {
            return Duration.between(now, next);
        }
        double elapsed = (double) Duration.between(day.sunrise(), now).toMillis()
                / Duration.between(day.sunrise(), day.sunset()).toMillis();
        return Duration.ofMillis(
                Math.round(elapsed * Duration.between(day.sunset(), next).toMillis()));
    }

    private Daylight daylight(LocalDate day) {
        if (daylight == null || !day.equals(daylightOf)) {
            daylight = sun.daylight(day);
            daylightOf = day;
        }
        return daylight;
    }
}
