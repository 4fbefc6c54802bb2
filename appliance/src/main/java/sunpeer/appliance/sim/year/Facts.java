package sunpeer.appliance.sim.year;

import java.util.List;
import java.util.Locale;
import sunpeer.appliance.schedule.Tier;

/** What a report says, in words: once, for terminal and page. */
public final class Facts {
    /** One line of it. */
    public record Fact(String name, String value) {}

    private Facts() {}

    /** @param inferencesPerJob of a job of six minutes */
    public static List<Fact> of(Report report, double inferencesPerJob) {
        Report.Week worst = report.worstWeek();
        return List.of(
                new Fact(
                        "inferences",
                        String.format(
                                Locale.ROOT,
                                "%,.0f in %,.0f h of work",
                                report.jobs() * inferencesPerJob,
                                workHours(report.jobs()))),
                new Fact(
                        "value",
                        String.format(
                                Locale.ROOT,
                                "%,.0f: essential %,.0f, standard %,.0f, backfill %,.0f",
                                report.value(),
                                report.value(Tier.ESSENTIAL),
                                report.value(Tier.STANDARD),
                                report.value(Tier.BACKFILL))),
                new Fact("essential work done", String.format(Locale.ROOT, "%.1f %%", 100 * report.service())),
                new Fact(
                        "days without work",
                        String.format(
                                Locale.ROOT,
                                "%d of %d",
                                report.idleDays(),
                                report.days().size())),
                new Fact("without power", hours(report.darkHours())),
                new Fact("below the reserve", hours(report.reserveHours())),
                new Fact("asleep", hours(report.sum(Day::asleepHours))),
                new Fact(
                        "sun used",
                        energy(report.energy().pvWh()) + ", turned away "
                                + energy(report.energy().curtailedWh())),
                new Fact("drawn by the board", energy(report.energy().loadWh())),
                new Fact(
                        "lowest state of charge",
                        String.format(
                                Locale.ROOT,
                                "%.0f %% (reserve %.0f %%)",
                                100 * report.lowestSoc(),
                                100 * report.plant().reserve())),
                new Fact(
                        "error of the estimate",
                        String.format(Locale.ROOT, "%.1f %% (RMS)", 100 * report.socErrorRms())),
                new Fact(
                        "worst week",
                        String.format(
                                Locale.ROOT,
                                "%s to %s: battery down to %.0f %%, %s of sun, %.1f h of work",
                                Goal.DATE.format(worst.first().date()),
                                Goal.DATE.format(worst.last().date()),
                                100 * worst.lowestSoc(),
                                energy(worst.sunWh()),
                                worst.workHours())));
    }

    static double workHours(double jobs) {
        return jobs * SimulatedYear.JOB_HOURS;
    }

    private static String hours(double hours) {
        return String.format(Locale.ROOT, hours > 0 && hours < 10 ? "%.1f h" : "%,.0f h", hours);
    }

    private static String energy(double wattHours) {
        return wattHours < 999.5
                ? String.format(Locale.ROOT, "%.0f Wh", wattHours)
                : String.format(Locale.ROOT, "%.1f kWh", wattHours / 1000);
    }
}
