package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Expects the sun of the coming days: by how days have followed each other here, by what has been seen of today, and by what
 * others forecast.
 *
 * <p>Confined to one thread.
 */
final class SunForecaster {
    private static final DaySeen NOTHING = new DaySeen(0, 0);
    /** Days after a long absence that are still looked up. */
    private static final int CATCH_UP_DAYS = 40;

    private static final double CLEARNESS_MAX = ClearnessHistory.clearness(ClearnessHistory.BINS - 1);
    private static final int HOURS = 24;

    private final Sun sun;
    private final ClearSkyMeter sky;
    private final ClearnessHistory history;
    private final ForecastBlend blend;
    private LocalDate learnedTo;

    // for this day
    private @Nullable LocalDate today;
    private @Nullable DayOutlook days;
    private double[] clearW = {};

    // for this quarter of an hour
    private long quarter = Long.MIN_VALUE;
    private @Nullable SunOutlook outlook;

    SunForecaster(Sun sun, ClearSkyMeter sky, SunMemory memory) {
        this.sun = sun;
        this.sky = sky;
        this.history = new ClearnessHistory(memory.pairs());
        this.blend = new ForecastBlend(memory.sources());
        this.learnedTo = memory.learnedTo();
    }

    SunMemory memory() {
        return new SunMemory(history.pairs(), learnedTo, blend.sources());
    }

    /** @return why it is of no use, or null */
    @Nullable
    String told(ToldForecast told, Instant now) {
        LocalDate day = sun.dayOf(now);
        if (told.day().isBefore(day) || told.day().isAfter(day.plusDays(2))) {
            return "forecast of " + told.day() + " by " + told.source() + " not used: today is " + day
                    + ", it may be for today or the two days after";
        }
        double clearness = clearness(told);
        if (!(clearness >= 0 && clearness <= 2)) {
            return "forecast of " + told.day() + " by " + told.source() + " not used: " + told.amount() + " is "
                    + Math.round(100 * clearness) + " % of a clear day here";
        }
        if (!blend.tell(told.source(), told.day(), Math.min(clearness, CLEARNESS_MAX))) {
            return "forecast by " + told.source() + " not used: " + ForecastBlend.SOURCES_MAX
                    + " other sources are known already";
        }
        today = null;
        return null;
    }

    private double clearness(ToldForecast told) {
        Instant start = startOf(told.day());
        return switch (told.kind()) {
            case CLEARNESS -> told.amount();
            case PANEL_WH ->
                told.amount()
                        / Math.max(
                                1e-9,
                                (HOURS * sky.clearW(start, startOf(told.day().plusDays(1)))));
            case HORIZONTAL_WH_M2 -> told.amount() / Math.max(1e-9, horizontalWhM2(start));
        };
    }

    private double horizontalWhM2(Instant start) {
        double sum = 0;
        for (int half = 0; half < 2 * HOURS; half++) {
            sum += sun.at(start.plusSeconds(900 + 1800L * half)).clearSkyGhiWm2() / 2;
        }
        return sum;
    }

    SunOutlook outlook(Instant now) {
        LocalDate day = sun.dayOf(now);
        long at = Math.floorDiv(now.getEpochSecond(), (long) ClearSkyMeter.BIN_S);
        SunOutlook known = outlook;
        if (known != null && day.equals(today) && at == quarter) {
            return known;
        }
        learn(day);
        DayOutlook ahead = days;
        if (ahead == null || !day.equals(today)) {
            today = day;
            clearW = clearW(day);
            ahead = DayOutlook.of(
                    history,
                    day.getDayOfYear(),
                    clearness(day.minusDays(1)),
                    blend.of(day).orElse(null),
                    blend.of(day.plusDays(1)).orElse(null));
            days = ahead;
        }
        quarter = at;
        DaySeen seen = sky.seenSoFar(now).orElse(NOTHING);
        SunOutlook fresh = new SunOutlook(startOf(day), clearW, ahead, ahead.today(seen.clearness(), seen.share()));
        outlook = fresh;
        return fresh;
    }

    private Instant startOf(LocalDate day) {
        return day.atTime(LocalTime.MIDNIGHT)
                .atOffset(sun.place().solarOffset())
                .toInstant();
    }

    private double[] clearW(LocalDate day) {
        double[] clearW = new double[SunOutlook.DAYS * HOURS];
        Instant start = startOf(day);
        for (int hour = 0; hour < clearW.length; hour++) {
            Instant from = start.plus(Duration.ofHours(hour));
            clearW[hour] = sky.clearW(from, from.plus(Duration.ofHours(1)));
        }
        return clearW;
    }

    /** Every day that is over has its turn once, however long nobody asked. */
    private void learn(LocalDate day) {
        LocalDate last = day.minusDays(1);
        if (learnedTo.isAfter(last)) {
            // The clock was set back; what has been learned stays.
            learnedTo = last;
        }
        LocalDate first = learnedTo.isBefore(last.minusDays(CATCH_UP_DAYS))
                ? last.minusDays(CATCH_UP_DAYS)
                : learnedTo.plusDays(1);
        for (LocalDate over = first; !over.isAfter(last); over = over.plusDays(1)) {
            OptionalDouble before = clearness(over.minusDays(1));
            OptionalDouble then = clearness(over);
            if (before.isPresent() && then.isPresent()) {
                history.learn(new ClearnessHistory.Pair(
                        over.minusDays(1).getDayOfYear(), before.getAsDouble(), then.getAsDouble()));
            }
            blend.over(over, then.orElse(Double.NaN));
        }
        learnedTo = last;
    }

    private OptionalDouble clearness(LocalDate day) {
        return sky.daySeen(day).stream()
                .mapToDouble(seen -> Math.min(seen.clearness(), CLEARNESS_MAX))
                .findFirst();
    }
}
