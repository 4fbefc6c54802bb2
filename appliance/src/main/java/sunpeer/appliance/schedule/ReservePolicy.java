package sunpeer.appliance.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import sunpeer.appliance.energy.Supply;

/**
 * Admits a job when the battery, judged cautiously, stays above what its tier must leave untouched.
 *
 * <p>Pure: the same supply and job give the same decision. The cautious state of charge is the estimate less two standard
 * errors (measured: an error of 5 % costs nothing that way, 10 to 20 % must widen the reserve).
 */
public final class ReservePolicy {
    /** What backfill leaves above the night's need, so that it never makes a better job wait. */
    private static final double BACKFILL_MARGIN = 0.10;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final ZoneId zone;

    /** @param zone in which the sentences tell the time */
    public ReservePolicy(ZoneId zone) {
        this.zone = zone;
    }

    public Decision decide(Supply supply, Job job) {
        return switch (supply) {
            case Supply.Unknown unknown -> new Decision.Wait(Reason.of(unknown));
            case Supply.Known known -> decide(known, job);
        };
    }

    private Decision decide(Supply.Known supply, Job job) {
        if (supply.surplus() && supply.cautious() > supply.reserve()) {
            return run(String.format(Locale.ROOT, "%s: the battery is full, this sun would be lost", job.name()));
        }
        double floor = floor(supply, job.tier());
        double left = supply.cautious() - job.energyWh() / supply.capacityWh();
        if (left >= floor) {
            return run(String.format(
                    Locale.ROOT,
                    "%s: battery at %s, needed are %s",
                    job.name(),
                    percent(supply.soc().fraction()),
                    percent(floor)));
        }
        String text = String.format(
                Locale.ROOT,
                "%s waits: battery at %s (at least %s), needed are %s%s",
                job.name(),
                percent(supply.soc().fraction()),
                percent(supply.cautious()),
                percent(floor),
                because(supply, job.tier()));
        Instant sunrise = supply.nextSunrise();
        if (!supply.sunUp() && sunrise != null) {
            return new Decision.Wait(new Reason(
                    Reason.Code.WAITING_FOR_SUN, text + "; the sun rises at " + CLOCK.format(sunrise.atZone(zone))));
        }
        return new Decision.Wait(new Reason(Reason.Code.BATTERY_LOW, text));
    }

    private static double floor(Supply.Known supply, Tier tier) {
        double night = supply.nightWh() / supply.capacityWh();
        return switch (tier) {
            case ESSENTIAL -> supply.reserve();
            case STANDARD -> supply.reserve() + night;
            case BACKFILL -> supply.reserve() + night + BACKFILL_MARGIN;
        };
    }

    private static String because(Supply.Known supply, Tier tier) {
        String reserve = ": " + percent(supply.reserve()) + " reserve";
        String night = supply.nightWh() > 0
                ? String.format(Locale.ROOT, " and %s for the night", percent(supply.nightWh() / supply.capacityWh()))
                : "";
        return switch (tier) {
            case ESSENTIAL -> reserve;
            case STANDARD -> reserve + night;
            case BACKFILL -> reserve + night + " and a margin for better work";
        };
    }

    private static Decision run(String text) {
        return new Decision.Run(new Reason(Reason.Code.RUNNING, text));
    }

    private static String percent(double fraction) {
        return Math.round(100 * fraction) + " %";
    }
}
