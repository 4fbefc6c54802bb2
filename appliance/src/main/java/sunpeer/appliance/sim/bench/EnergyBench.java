package sunpeer.appliance.sim.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import sunpeer.appliance.schedule.WorkLadder;

/** Every policy on every site, size and workload, against the clairvoyant optimum. */
public final class EnergyBench {
    /** Error of the day-ahead forecast in the columns that have one. */
    static final double FORECAST_SD = 0.12;

    private static final long SEED = 1;

    /**
     * One policy on one case.
     *
     * @param size U, F, G or W
     * @param clearness mean of the site's days
     * @param share value over the clairvoyant's
     * @param darkHours above those that were unavoidable
     */
    public record Row(
            String site,
            String size,
            boolean sleeps,
            String work,
            String policy,
            double clearness,
            double share,
            double darkHours,
            int reserveHours,
            double lowestSoc) {}

    private EnergyBench() {}

    /**
     * Runs all cases of a folder of irradiance.
     *
     * @param progress hears each case when it is done
     * @throws IOException when the folder cannot be read; the message says what and where
     */
    public static List<Row> run(Path data, Consumer<String> progress) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Site site : SiteReader.readAll(data)) {
            for (boolean sleeps : new boolean[] {true, false}) {
                for (BenchCase.Size size : BenchCase.Size.values()) {
                    BenchCase of = BenchCase.of(site, size, sleeps);
                    rows.addAll(ladder(of, "count", WorkLadder.EVEN));
                    rows.addAll(ladder(of, "ladder", WorkLadder.TIERS));
                    if (sleeps && size.factor <= 1) {
                        rows.addAll(deadlines(of));
                    }
                }
                progress.accept(site.name() + (sleeps ? ", may sleep" : ", always on"));
            }
        }
        return rows;
    }

    private static List<Row> ladder(BenchCase of, String work, WorkLadder ladder) {
        Outcome best = Clairvoyant.of(of, ladder);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        Outcome own = of.run(ladder, new PlannedPolicy(of, ladder, 0, SEED));
        outcomes.put("plan, own history", own);
        outcomes.put("plan, forecast 0.12", of.run(ladder, new PlannedPolicy(of, ladder, FORECAST_SD, SEED)));
        Baselines.all().forEach((name, policy) -> outcomes.put(name, of.run(ladder, policy.apply(of))));
        outcomes.put("threshold by hindsight", Baselines.hindsight(of, ladder, own.darkHours()));
        List<Row> rows = new ArrayList<>();
        outcomes.forEach((name, outcome) -> rows.add(new Row(
                of.site().name(),
                of.size().letter,
                of.sleeps(),
                work,
                name,
                of.site().meanClearness(),
                outcome.value() / best.value(),
                outcome.darkHours() - best.darkHours(),
                outcome.reserveHours(),
                outcome.lowestSoc())));
        return rows;
    }

    private static List<Row> deadlines(BenchCase of) {
        double best = DeadlineWork.clairvoyant(of);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("plan, own history", DeadlineWork.byPrice(of, 0));
        values.put("plan, forecast 0.12", DeadlineWork.byPrice(of, FORECAST_SD));
        values.put("SoC 50/40", DeadlineWork.behindThreshold(of));
        List<Row> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(new Row(
                of.site().name(),
                of.size().letter,
                true,
                "deadline",
                name,
                of.site().meanClearness(),
                value / best,
                0,
                0,
                Double.NaN)));
        return rows;
    }
}
