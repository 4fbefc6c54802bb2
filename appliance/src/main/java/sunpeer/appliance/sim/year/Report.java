package sunpeer.appliance.sim.year;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import sunpeer.appliance.schedule.Tier;
import sunpeer.appliance.sim.EnergyTotals;

/**
 * What came of a simulated year. Immutable.
 *
 * @param socErrorRms error of the node's own estimate of the state of charge while it had power, 0 to 1
 * @param storedAtStartWh in the battery
 */
public record Report(Plant plant, List<Day> days, EnergyTotals energy, double storedAtStartWh, double socErrorRms) {
    private static final int WEEK = 7;

    /** Seven days in a row, or all there are. */
    public record Week(Day first, Day last, double lowestSoc, double sunWh, double workHours, double value) {}

    public Report {
        days = List.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a year without a day");
        }
    }

    public double sum(ToDoubleFunction<Day> of) {
        return days.stream().mapToDouble(of).sum();
    }

    public double value() {
        return sum(Day::value);
    }

    public double value(Tier tier) {
        return sum(day -> jobs(day, tier)) * SimulatedYear.valueOf(tier);
    }

    private static int jobs(Day day, Tier tier) {
        return switch (tier) {
            case ESSENTIAL -> day.essential();
            case STANDARD -> day.standard();
            case BACKFILL -> day.backfill();
        };
    }

    /** Time worked on a tier in a day. */
    public double workHours(Day day, Tier tier) {
        return jobs(day, tier) * SimulatedYear.JOB_HOURS;
    }

    /** Jobs of all tiers. */
    public int jobs() {
        return days.stream().mapToInt(Day::jobs).sum();
    }

    /** Share of the essential work that was done. */
    public double service() {
        double done = sum(Day::essential);
        return done / (done + sum(Day::missed));
    }

    public double lowestSoc() {
        return days.stream().mapToDouble(Day::lowestSoc).min().orElseThrow();
    }

    public double darkHours() {
        return sum(Day::darkHours);
    }

    public double reserveHours() {
        return sum(Day::reserveHours);
    }

    public long idleDays() {
        return days.stream().filter(day -> day.jobs() == 0).count();
    }

    /** The seven days in a row with the least work, by its value; among equals those with the emptiest battery. */
    public Week worstWeek() {
        int length = Math.min(WEEK, days.size());
        return IntStream.rangeClosed(0, days.size() - length)
                .mapToObj(first -> week(days.subList(first, first + length)))
                .min(Comparator.comparingDouble(Week::value).thenComparingDouble(Week::lowestSoc))
                .orElseThrow();
    }

    private static Week week(List<Day> days) {
        return new Week(
                days.getFirst(),
                days.getLast(),
                days.stream().mapToDouble(Day::lowestSoc).min().orElseThrow(),
                days.stream().mapToDouble(Day::sunWh).sum(),
                days.stream().mapToDouble(Day::jobs).sum() * SimulatedYear.JOB_HOURS,
                days.stream().mapToDouble(Day::value).sum());
    }
}
