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
import java.util.OptionalDouble;
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
    private List<Ahead> ahead = List.of();

    // for this look
    private @Nullable Look look;

    /** What was seen, and the price that follows. */
    private record Look(
            Instant at, SunOutlook outlook, Plan plan, double capacityWh, double storedWh, double pricePerWh) {}

    /** Why a job runs or waits, before it is put into words. */
    private enum Verdict {
        FULL,
        WORTH_IT,
        BELOW_RESERVE,
        TOO_DEAR
    }

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
            look = null;
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
        double storedWh = Math.max(0, known.cautious()) * known.capacityWh();
        double pricePerWh = current.pricePerWh(outlook.hourOf(now), storedWh, outlook.belief());
        look = new Look(now, outlook, current, known.capacityWh(), storedWh, pricePerWh);
    }

    /** The course of two days is looked at less often than the price, and only when somebody asks. */
    private List<Ahead> ahead(Look now) {
        boolean fresh =
                !now.at().isBefore(aheadAt) && now.at().isBefore(aheadAt.plus(AHEAD_EVERY)) && aheadOf == now.plan();
        if (!fresh) {
            aheadAt = now.at();
            aheadOf = now.plan();
            SunOutlook outlook = now.outlook();
            ahead = Arrays.stream(now.plan().ahead(outlook.hourOf(now.at()), now.storedWh(), outlook.belief()))
                    .map(next -> new Ahead(
                            outlook.dayStart().plus(Duration.ofHours(next.hour())),
                            next.loadW(),
                            next.harvestW(),
                            next.storedWh() / now.capacityWh(),
                            next.pricePerWh()))
                    .toList();
        }
        return ahead;
    }

    /** Empty while the battery is unknown. */
    public Optional<Prices> prices() {
        return Optional.ofNullable(look).map(now -> new Prices(now.at(), now.pricePerWh(), ahead(now)));
    }

    /** What a watt-hour drawn now will be missed by, see {@link Prices#perWh}; empty while the battery is unknown. */
    public OptionalDouble pricePerWh() {
        Look now = look;
        return now == null ? OptionalDouble.empty() : OptionalDouble.of(now.pricePerWh());
    }

    public Decision decide(Supply supply, Job job) {
        return switch (supply) {
            case Supply.Unknown unknown -> new Decision.Wait(Reason.of(unknown));
            case Supply.Known known -> worded(known, job, looked());
        };
    }

    /** Whether {@link #decide} lets the job run, without the words. */
    public boolean admits(Supply supply, Job job) {
        if (!(supply instanceof Supply.Known known)) {
            return false;
        }
        return switch (verdict(known, job, looked())) {
            case FULL, WORTH_IT -> true;
            case BELOW_RESERVE, TOO_DEAR -> false;
        };
    }

    private Look looked() {
        Look now = look;
        if (now == null) {
            throw new IllegalStateException("decided before looking");
        }
        return now;
    }

    private static Verdict verdict(Supply.Known supply, Job job, Look now) {
        if (supply.surplus() && supply.cautious() > supply.reserve()) {
            return Verdict.FULL;
        }
        double leftWh = supply.cautious() * supply.capacityWh() - job.energyWh();
        // Written so that what is no number lets nothing run.
        if (!(leftWh >= now.plan().untouchableWh())) {
            return Verdict.BELOW_RESERVE;
        }
        return job.valuePerWh() >= now.pricePerWh() ? Verdict.WORTH_IT : Verdict.TOO_DEAR;
    }

    private Decision worded(Supply.Known supply, Job job, Look now) {
        return switch (verdict(supply, job, now)) {
            case FULL -> run(job.name() + ": the battery is full, this sun would be lost");
            case BELOW_RESERVE -> belowReserve(supply, job, now.plan().untouchableWh() / supply.capacityWh());
            case TOO_DEAR -> tooDear(supply, job, now);
            case WORTH_IT ->
                run(String.format(
                        Locale.ROOT,
                        "%s: battery at %s, worth %.2f a Wh where stored energy is worth %.2f",
                        job.name(),
                        percent(supply.soc().fraction()),
                        job.valuePerWh(),
                        now.pricePerWh()));
        };
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

    private Decision tooDear(Supply.Known supply, Job job, Look now) {
        String text = String.format(
                Locale.ROOT,
                "%s waits: worth %.2f a Wh, stored energy will be worth %.2f (battery at %s, at least %s)",
                job.name(),
                job.valuePerWh(),
                now.pricePerWh(),
                percent(supply.soc().fraction()),
                percent(supply.cautious()));
        String when = ahead(now).stream()
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
