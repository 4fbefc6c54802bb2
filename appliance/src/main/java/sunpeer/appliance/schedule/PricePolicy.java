package sunpeer.appliance.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.DayOutlook;
import sunpeer.appliance.energy.SunOutlook;
import sunpeer.appliance.energy.Supply;

/**
 * Admits a job when it brings more than its energy is worth: when its value for each watt-hour is above the price of stored
 * energy, and the reserve stays whole even if no sun comes at all.
 *
 * <p>The state of charge that counts is the estimate less two standard errors. Deterministic: the same supplies, outlooks and
 * jobs give the same decisions. Confined to one thread.
 */
public final class PricePolicy {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY_CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    /** A plan for a battery that has changed by less is still good. */
    private static final double SAME_CAPACITY = 0.03;

    private static final Duration AHEAD_EVERY = Duration.ofMinutes(10);

    private final ZoneId zone;
    private final Chemistry chemistry;
    private final BoardDraw board;

    // for this day, until the outlook changes
    private @Nullable Plan plan;
    private @Nullable DayOutlook plannedFor;

    // for some minutes
    private Instant aheadAt = Instant.MIN;
    private @Nullable Plan aheadOf;

    // for this look
    private @Nullable Prices prices;

    /**
     * What energy is worth now and what the next two days will look like. Immutable.
     *
     * @param perWh what a watt-hour drawn now will be missed by, in hours of the best work
     * @param hours from the present one on, see {@link Plan#HOURS_AHEAD}
     */
    public record Prices(Instant at, double perWh, List<Ahead> hours) {
        public Prices {
            hours = List.copyOf(hours);
        }
    }

    /**
     * One hour as it is planned and expected.
     *
     * @param socFraction at its end; what is sure, not what is hoped
     */
    public record Ahead(Instant start, double loadW, double harvestW, double socFraction, double perWh) {}

    /** @param zone in which the sentences tell the time */
    public PricePolicy(ZoneId zone, Chemistry chemistry, BoardDraw board) {
        this.zone = zone;
        this.chemistry = chemistry;
        this.board = board;
    }

    /** Takes a fresh picture of battery and sky: the decisions that follow go by it. */
    public void look(Instant now, Supply supply, SunOutlook outlook) {
        if (!(supply instanceof Supply.Known known)) {
            prices = null;
            return;
        }
        Plan current = plan;
        if (current == null
                || plannedFor != outlook.days()
                || Math.abs(current.system().capacityWh() / known.capacityWh() - 1) > SAME_CAPACITY) {
            PowerSystem system = PowerSystem.of(chemistry, known.capacityWh(), known.reserve(), board);
            double[] clearW = outlook.clearW(Planner.horizonDays(system, board.idleW()));
            current = Planner.plan(system, WorkLadder.TIERS, clearW, outlook.days(), system.capacityWh());
            plan = current;
            plannedFor = outlook.days();
        }
        int hour = outlook.hourOf(now);
        double storedWh = Math.max(0, known.cautious()) * known.capacityWh();
        prices = new Prices(
                now,
                current.pricePerWh(hour, storedWh, outlook.belief()),
                ahead(now, known, outlook, current, storedWh));
    }

    /** The course of two days is looked at more often than it changes. */
    private List<Ahead> ahead(Instant now, Supply.Known known, SunOutlook outlook, Plan current, double storedWh) {
        Prices before = prices;
        boolean fresh = before != null
                && !now.isBefore(aheadAt)
                && now.isBefore(aheadAt.plus(AHEAD_EVERY))
                && aheadOf == current;
        if (before != null && fresh) {
            return before.hours();
        }
        aheadAt = now;
        aheadOf = current;
        return Arrays.stream(current.ahead(outlook.hourOf(now), storedWh, outlook.belief()))
                .map(next -> new Ahead(
                        outlook.dayStart().plus(Duration.ofHours(next.hour())),
                        next.loadW(),
                        next.harvestW(),
                        next.storedWh() / known.capacityWh(),
                        next.pricePerWh()))
                .toList();
    }

    /** Empty while the battery is unknown. */
    public Optional<Prices> prices() {
        return Optional.ofNullable(prices);
    }

    public Decision decide(Supply supply, Job job) {
        return switch (supply) {
            case Supply.Unknown unknown -> new Decision.Wait(Reason.of(unknown));
            case Supply.Known known -> decide(known, job);
        };
    }

    private Decision decide(Supply.Known supply, Job job) {
        Plan current = plan;
        Prices now = prices;
        if (current == null || now == null) {
            throw new IllegalStateException("decided before looking");
        }
        if (supply.surplus() && supply.cautious() > supply.reserve()) {
            return run(job.name() + ": the battery is full, this sun would be lost");
        }
        double leastWh = current.untouchableWh();
        double leftWh = supply.cautious() * supply.capacityWh() - job.energyWh();
        if (leftWh < leastWh) {
            return belowReserve(supply, job, leastWh / supply.capacityWh());
        }
        if (job.valuePerWh() < now.perWh()) {
            return tooDear(supply, job, now);
        }
        return run(String.format(
                Locale.ROOT,
                "%s: battery at %s, worth %.2f a Wh where stored energy is worth %.2f",
                job.name(),
                percent(supply.soc().fraction()),
                job.valuePerWh(),
                now.perWh()));
    }

    private Decision belowReserve(Supply.Known supply, Job job, double least) {
        String dark = least - supply.reserve() > 0.005
                ? " and " + percent(least - supply.reserve()) + " to sleep through dark days"
                : "";
        String text = String.format(
                Locale.ROOT,
                "%s waits: battery at %s (at least %s), kept are %s: %s reserve%s",
                job.name(),
                percent(supply.soc().fraction()),
                percent(supply.cautious()),
                percent(least),
                percent(supply.reserve()),
                dark);
        Instant sunrise = supply.nextSunrise();
        return !supply.sunUp() && sunrise != null
                ? new Decision.Wait(new Reason(
                        Reason.Code.WAITING_FOR_SUN, text + "; the sun rises at " + CLOCK.format(sunrise.atZone(zone))))
                : new Decision.Wait(new Reason(Reason.Code.BATTERY_LOW, text));
    }

    private Decision tooDear(Supply.Known supply, Job job, Prices now) {
        String text = String.format(
                Locale.ROOT,
                "%s waits: worth %.2f a Wh, stored energy will be worth %.2f (battery at %s, at least %s)",
                job.name(),
                job.valuePerWh(),
                now.perWh(),
                percent(supply.soc().fraction()),
                percent(supply.cautious()));
        String when = now.hours().stream()
                .skip(1)
                .filter(hour -> hour.perWh() <= job.valuePerWh())
                .findFirst()
                .map(hour -> "; expected to run from " + clock(hour.start(), now.at()))
                .orElse("; not expected to run within two days");
        return new Decision.Wait(
                new Reason(supply.sunUp() ? Reason.Code.BATTERY_LOW : Reason.Code.WAITING_FOR_SUN, text + when));
    }

    private String clock(Instant at, Instant now) {
        Instant hour = at.truncatedTo(ChronoUnit.MINUTES);
        boolean today = hour.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (today ? CLOCK : DAY_CLOCK).format(hour.atZone(zone));
    }

    private static Decision run(String text) {
        return new Decision.Run(new Reason(Reason.Code.RUNNING, text));
    }

    private static String percent(double fraction) {
        return Math.round(100 * fraction) + " %";
    }
}
