package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What the sun is expected to give in the coming days, as known at one moment. Immutable.
 *
 * <p>Hours are counted from {@link #dayStart}, the last solar midnight.
 */
public final class SunOutlook {
    public static final int DAYS = 8;

    private final Instant dayStart;
    private final double[] clearW;
    private final DayOutlook days;
    private final double[] belief;

    SunOutlook(Instant dayStart, double[] clearW, DayOutlook days, double[] belief) {
        this.dayStart = dayStart;
        this.clearW = clearW;
        this.days = days;
        this.belief = belief;
    }

    public Instant dayStart() {
        return dayStart;
    }

    /** Hours of this day that have begun before {@code at}. */
    public int hourOf(Instant at) {
        return (int) Math.floorDiv(Duration.between(dayStart, at).toMinutes(), 60L);
    }

    /** Power of the panel at the battery under a clear sky, W, for each hour of so many days; a copy. */
    public double[] clearW(int count) {
        return Arrays.copyOf(clearW, count * 24);
    }

    /** The same object until a day has passed, a forecast has come or the panel is known better. */
    public DayOutlook days() {
        return days;
    }

    /** Probability of each bin of this day's clearness, see {@link ClearnessHistory}. Not to be changed. */
    public double[] belief() {
        return belief;
    }
}
