package sunpeer.appliance.energy;

import java.time.Instant;

/** The sun's course on one solar day of a place. */
public sealed interface Daylight {
    /** When the sun stands highest, be it above or below the horizon. */
    Instant noon();

    /** The upper limb of the refracted sun crosses the horizon twice. */
    record Regular(Instant sunrise, Instant noon, Instant sunset) implements Daylight {}

    /** The sun does not set. */
    record PolarDay(Instant noon) implements Daylight {}

    /** The sun does not rise. */
    record PolarNight(Instant noon) implements Daylight {}
}
