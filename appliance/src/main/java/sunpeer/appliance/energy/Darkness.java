package sunpeer.appliance.energy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Days on which the panel gave next to nothing, up to the last one: snow lies on it, or a wire is broken. Such days say
 * nothing of the sky. The thickest cloud still lets some light through at its thinnest. Immutable.
 *
 * @param days how many were seen, one after the other
 * @param firstDay solar epoch day of the first of them
 * @param share of a clear sky that the panel gave on them
 */
record Darkness(int days, long firstDay, double share) {
    static final Darkness NONE = new Darkness(0, Long.MAX_VALUE, 0);
    /** Fewer may be weather. */
    static final int TELLING_DAYS = 5;

    /** Clear-sky index that even a dull day reaches in its best quarter of an hour. */
    private static final double DARK_INDEX = 0.06;
    /** Quarters of an hour that were seen, or there is nothing to be said of a day. */
    private static final int MIN_QUARTERS = 6;

    /** The dark days at the end of these. */
    static Darkness of(NavigableMap<Long, List<Quarter>> byDay, PanelModel model) {
        int days = 0;
        long first = Long.MAX_VALUE;
        double gaveW = 0;
        double clearW = 0;
        for (Map.Entry<Long, List<Quarter>> day : byDay.descendingMap().entrySet()) {
            List<Quarter> quarters = day.getValue();
            if (quarters.stream().anyMatch(quarter -> isBright(quarter, model))) {
                break;
            }
            if (quarters.stream().filter(Darkness::wasOpen).count() < MIN_QUARTERS) {
                continue;
            }
            days++;
            first = day.getKey();
            for (Quarter quarter : quarters) {
                gaveW += quarter.bin().meanPvW();
                clearW += model.clearPowerW(quarter);
            }
        }
        return days == 0 ? NONE : new Darkness(days, first, gaveW / Math.max(1e-9, clearW));
    }

    boolean isTelling() {
        return days >= TELLING_DAYS;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "the panel has given %.0f %% of a clear sky for %d days: snow, dirt or a broken wire?",
                100 * share,
                days);
    }

    /** More than dark, or a full battery turned away who knows how much. */
    static boolean isBright(Quarter quarter, PanelModel model) {
        double darkW = model.powerW(quarter.position(), DARK_INDEX * quarter.clearGhiWm2(), quarter.airC());
        return quarter.bin().curtailed() > quarter.bin().samples()
                || quarter.bin().meanPvW() > darkW;
    }

    /** Whether the controller took all there was, be it nothing. */
    private static boolean wasOpen(Quarter quarter) {
        return quarter.bin().curtailed() <= quarter.bin().samples();
    }
}
