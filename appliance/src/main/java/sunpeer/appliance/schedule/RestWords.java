package sunpeer.appliance.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sentences of {@link RestPolicy}. Immutable. */
final class RestWords {
    static final String UNKNOWN = "the charge controller is silent and the battery not known";
    static final String STUCK = "; it would sleep now, but nothing would wake it";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final ZoneId zone;

    RestWords(ZoneId zone) {
        this.zone = zone;
    }

    String asleep(Instant until) {
        return "sleeps until " + clock(until) + ": ";
    }

    String radio(Optional<Instant> back) {
        return back.map(at -> "offline until " + clock(at) + ": ").orElse("online for some minutes only: ");
    }

    String upTo(Stage stage) {
        return switch (stage) {
            case AWAKE -> "awake: ";
            case INFERENCE_OFF -> "begins no work: ";
            case SLOW_POLLING -> "looks at the battery every few minutes only: ";
            case RADIO_WINDOWS, ASLEEP -> throw new IllegalArgumentException(stage + " has a time to tell");
        };
    }

    String why(RestPolicy.Need need, double lastsHours, boolean silent) {
        String battery = (silent ? "the charge controller is silent, " : "") + "battery at least "
                + percent(need.cautious()) + ", ";
        String reserve = need.spareWh() > 0
                ? "the reserve of " + percent(need.reserve()) + " would be touched in " + hours(lastsHours)
                : "the reserve of " + percent(need.reserve()) + " is touched";
        String sun = need.trusted() ? "" : "; the panel has not carried the board for hours of light";
        return battery + reserve + (need.carried() ? "; now the sun carries the board" : sun);
    }

    String sunrise(@Nullable Instant at) {
        return at == null ? "" : "; sun expected from " + clock(at);
    }

    private String clock(Instant at) {
        return CLOCK.format(at.atZone(zone));
    }

    private static String hours(double hours) {
        return hours < 1.5 ? Math.round(60 * hours) + " min" : Math.round(hours) + " h";
    }

    private static String percent(double fraction) {
        return Math.round(100 * fraction) + " %";
    }
}
