package sunpeer.appliance.sim.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import sunpeer.appliance.sim.bench.EnergyBench.Row;

/** The rows of the bench, a line for each policy on each size: mean and worst over the sites, and the plan against its bounds. */
public final class EnergyTable {
    /**
     * One goal.
     *
     * @param sky which sites count, by their mean clearness
     * @param dark hours a year above the unavoidable, mean over the sites
     * @param mostDark the same at the worst site
     */
    private record Goal(
            boolean sleeps,
            String work,
            String sizes,
            String policy,
            Sky sky,
            double mean,
            double worst,
            double dark,
            double mostDark) {
        boolean covers(Row row) {
            return row.sleeps() == sleeps
                    && row.work().equals(work)
                    && sizes.contains(row.size())
                    && row.policy().equals(policy)
                    && sky.covers(row);
        }

        static Goal asleep(String work, String sizes, String policy, double mean, double worst) {
            return new Goal(true, work, sizes, policy, Sky.ANY, mean, worst, 0, 0);
        }
    }

    private enum Sky {
        ANY,
        SUNNY,
        CLOUDY;

        boolean covers(Row row) {
            return this == ANY || (this == SUNNY) == (row.clearness() > SUNNY_CLEARNESS);
        }
    }

    /** Mean daily clearness that parts sunny places from cloudy ones. */
    private static final double SUNNY_CLEARNESS = 0.75;

    private static final String OWN = "plan, own history";
    private static final String FORECAST = "plan, forecast 0.12";

    private static final List<Goal> GOALS = List.of(
            Goal.asleep("count", "UFGW", OWN, 0.98, 0),
            Goal.asleep("ladder", "UFGW", OWN, 0.95, 0.93),
            Goal.asleep("deadline", "UF", OWN, 0.93, 0),
            Goal.asleep("count", "UFGW", FORECAST, 0.985, 0),
            Goal.asleep("ladder", "UFGW", FORECAST, 0.985, 0),
            new Goal(false, "count", "FGW", OWN, Sky.SUNNY, 0.96, 0, 1, 4),
            new Goal(false, "count", "F", OWN, Sky.SUNNY, 0.96, 0, 1, 4),
            new Goal(false, "count", "G", OWN, Sky.SUNNY, 0.96, 0, 0, 0),
            new Goal(false, "count", "W", OWN, Sky.SUNNY, 0.96, 0, 0, 0),
            new Goal(false, "count", "F", OWN, Sky.CLOUDY, 0.84, 0, 46, 92),
            new Goal(false, "count", "W", OWN, Sky.CLOUDY, 0.95, 0, 7, 17),
            new Goal(false, "count", "F", FORECAST, Sky.CLOUDY, 0.94, 0, 24, 92),
            new Goal(false, "count", "W", FORECAST, Sky.CLOUDY, 0.98, 0, 0, 17));

    private EnergyTable() {}

    /** Lines for people. */
    public static List<String> lines(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-9s %-8s %s %-22s %6s %6s %7s %7s %7s",
                "board",
                "work",
                "S",
                "policy",
                "mean",
                "worst",
                "dark h",
                "res. h",
                "min SoC"));
        Map<String, List<Row>> groups = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> String.format(
                                Locale.ROOT,
                                "%-9s %-8s %s %-22s",
                                board(row.sleeps()),
                                row.work(),
                                row.size(),
                                row.policy()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        groups.forEach((name, group) -> lines.add(name
                + String.format(
                        Locale.ROOT,
                        " %6.3f %6.3f %7.0f %7d %7s",
                        mean(group),
                        worst(group),
                        group.stream().mapToDouble(Row::darkHours).average().orElse(0),
                        group.stream().mapToInt(Row::reserveHours).sum(),
                        soc(group))));
        lines.add("");
        lines.add(
                "mean and worst: value over the clairvoyant's; dark h: a year and site above the unavoidable; res. h: all sites");
        lines.add("");
        GOALS.forEach(goal -> goal(goal, rows).ifPresent(lines::add));
        lines.add(PlanCost.line());
        return lines;
    }

    private static Optional<String> goal(Goal goal, List<Row> rows) {
        List<Row> covered = rows.stream().filter(goal::covers).toList();
        if (covered.isEmpty()) {
            return Optional.empty();
        }
        int reserve = covered.stream().mapToInt(Row::reserveHours).sum();
        double dark = covered.stream().mapToDouble(Row::darkHours).average().orElse(0);
        double mostDark = covered.stream().mapToDouble(Row::darkHours).max().orElse(0);
        // Tables are read in whole hours.
        boolean lit = Math.round(dark) <= goal.dark() && Math.round(mostDark) <= goal.mostDark();
        boolean worth = mean(covered) >= goal.mean() && worst(covered) >= goal.worst();
        return Optional.of(String.format(
                Locale.ROOT,
                "%-7s %s, %s, %s, %s, %s: mean %.3f (>= %.3f), worst %.3f%s; dark %.0f h, at worst %.0f (<= %.0f, %.0f)%s",
                worth && lit && (!goal.sleeps() || reserve == 0) ? "reached" : "MISSED",
                board(goal.sleeps()),
                goal.work(),
                goal.sizes(),
                goal.policy(),
                goal.sky().name().toLowerCase(Locale.ROOT),
                mean(covered),
                goal.mean(),
                worst(covered),
                goal.worst() > 0 ? String.format(Locale.ROOT, " (>= %.2f)", goal.worst()) : "",
                dark,
                mostDark,
                goal.dark(),
                goal.mostDark(),
                goal.sleeps() ? "; " + reserve + " reserve hours (0)" : ""));
    }

    private static String board(boolean sleeps) {
        return sleeps ? "may sleep" : "always on";
    }

    private static double mean(List<Row> rows) {
        return rows.stream().mapToDouble(Row::share).average().orElse(0);
    }

    private static double worst(List<Row> rows) {
        return rows.stream().mapToDouble(Row::share).min().orElse(0);
    }

    private static String soc(List<Row> rows) {
        double lowest = rows.stream().mapToDouble(Row::lowestSoc).min().orElse(Double.NaN);
        return Double.isNaN(lowest) ? "" : String.format(Locale.ROOT, "%.2f", lowest);
    }
}
