package sunpeer.appliance.sim.year;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a system must do: never lose power, never fall below its reserve, and do its share of the essential work. Immutable.
 *
 * @param service least share of the essential work that is done in its hour, 0 to 1
 */
public record Goal(double service) {
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final int HOURS = 24;

    public Goal {
        if (!(service >= 0 && service <= 1)) {
            throw new IllegalArgumentException("a share of the essential work is from 0 to 1, not " + service);
        }
    }

    /** A run that needs not go on when the goal is lost; for one run. */
    Predicate<Day> watch(int days) {
        double allowed = allowed(days);
        int[] missed = new int[1];
        return day -> {
            missed[0] += day.missed();
            return day.darkHours() == 0 && day.reserveHours() == 0 && missed[0] <= allowed;
        };
    }

    private double allowed(int days) {
        // A job is an hour's worth of essential work.
        return (1 - service) * days * HOURS + 1e-9;
    }

    /**
     * Why a run does not reach the goal; empty if it does.
     *
     * @param days that were to be run; a run that was ended early failed on its last day
     */
    public Optional<String> missedBy(Report report, int days) {
        Day last = report.days().getLast();
        String on = DATE.format(last.date());
        boolean ended = report.days().size() < days;
        if (report.darkHours() > 0) {
            return Optional.of(ended ? "no power on " + on : hours(report.darkHours()) + " without power");
        }
        if (report.reserveHours() > 0) {
            return Optional.of(
                    ended ? "below the reserve on " + on : hours(report.reserveHours()) + " below the reserve");
        }
        if (report.sum(Day::missed) > allowed(days)) {
            String share = String.format(Locale.ROOT, "%.1f %%", 100 * (1 - service));
            return Optional.of(
                    ended
                            ? "more than " + share + " of the essential work not done by " + on
                            : String.format(
                                    Locale.ROOT,
                                    "%.1f %% of the essential work not done",
                                    100 * (1 - report.service())));
        }
        return Optional.empty();
    }

    private static String hours(double hours) {
        return String.format(Locale.ROOT, hours < 10 ? "%.1f h" : "%.0f h", hours);
    }
}
