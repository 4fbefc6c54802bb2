package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much night a place has before it. Confined to one thread; what it finds holds for a day and is kept so long. */
public final class NightAhead {
    private static final Duration BACK_MAX = Duration.ofDays(2);

    private static final Duration HALF_DAY = Duration.ofHours(12);
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

    /** When the sun stands highest after {@code from}. */
    public Instant noon(Instant from) {
        LocalDate day = sun.dayOf(from);
        Instant noon = daylight(day).noon();
        return noon.isAfter(from) ? noon : sun.daylight(day.plusDays(1)).noon();
    }

    /** How long it was light between two moments; of more than two days only of the last two. */
    public Duration lightBetween(Instant from, Instant to) {
        Instant first = from.isBefore(to.minus(BACK_MAX)) ? to.minus(BACK_MAX) : from;
        Duration light = Duration.ZERO;
        for (LocalDate day = sun.dayOf(first); !day.isAfter(sun.dayOf(to)); day = day.plusDays(1)) {
            light = light.plus(
                    switch (sun.daylight(day)) {
                        case Daylight.PolarDay(Instant noon) ->
                            overlap(noon.minus(HALF_DAY), noon.plus(HALF_DAY), first, to);
                        case Daylight.PolarNight _ -> Duration.ZERO;
                        case Daylight.Regular regular -> overlap(regular.sunrise(), regular.sunset(), first, to);
                    });
        }
        return light;
    }

    private static Duration overlap(Instant begin, Instant end, Instant from, Instant to) {
        Instant later = begin.isAfter(from) ? begin : from;
        Instant earlier = end.isBefore(to) ? end : to;
        return later.isBefore(earlier) ? Duration.between(later, earlier) : Duration.ZERO;
    }

    private Daylight daylight(LocalDate day) {
        if (daylight == null || !day.equals(daylightOf)) {
            daylight = sun.daylight(day);
            daylightOf = day;
        }
        return daylight;
    }
}
