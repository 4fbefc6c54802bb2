package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.sim.year.Facts;
import sunpeer.appliance.sim.year.Goal;
import sunpeer.appliance.sim.year.Remedy;
import sunpeer.appliance.sim.year.Report;
import sunpeer.appliance.sim.year.ReportJson;
import sunpeer.appliance.sim.year.SimulatedYear;
import sunpeer.appliance.web.YearPage;

/** {@code sunpeer simulate}. */
@Command(
        name = "simulate",
        description = {
            "Runs a node through a year of weather and tells what it would do: the real",
            "estimate of the battery and the real decisions, on a simulated sun, charge",
            "controller and battery. The battery is at 90 %% at the start. In each hour",
            "there are ten jobs of six minutes: one essential (worth 1 an hour), three",
            "standard (0.4), six backfill (0.15)."
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    private static final Goal GOAL = new Goal(0.99);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SystemOptions system;

    @Option(
            names = "--inferences-per-job",
            paramLabel = "N",
            defaultValue = "72",
            description = "of a job of six minutes (${DEFAULT-VALUE}: one every 5 s)")
    private double inferencesPerJob;

    @Option(names = "--page", paramLabel = "FILE", description = "write a page with plots of the year")
    private @Nullable Path page;

    @Option(names = "--json", description = "print as JSON")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Console.of(spec, json);
        if (!(inferencesPerJob > 0 && inferencesPerJob <= 1e6)) {
            console.failed("--inferences-per-job is above 0 and at most 1000000");
            return Exit.USAGE;
        }
        return switch (system.choose(console)) {
            case SystemOptions.Choice.Failed(int exit) -> exit;
            case SystemOptions.Choice.Ok chosen -> run(console, chosen);
        };
    }

    private int run(Console console, SystemOptions.Choice.Ok chosen) {
        Report report = SimulatedYear.run(chosen.plant(), chosen.first(), chosen.days(), day -> true);
        if (!json) {
            text(console, chosen, report);
        }
        Optional<Remedy> remedy = GOAL.missedBy(report, chosen.days())
                .map(missed -> Remedy.search(chosen.plant(), GOAL, chosen.first(), chosen.days()));
        String verdict = verdict(report, chosen.days(), remedy);
        if (json) {
            console.out().println(json(chosen, report, verdict, remedy));
        } else {
            console.out().println();
            console.out().println(verdict);
        }
        console.out().flush();
        if (page != null) {
            try {
                Files.writeString(page, YearPage.of(report, chosen.where(), chosen.what(), verdict, inferencesPerJob));
            } catch (IOException failure) {
                console.failed("the page cannot be written: " + failure.getMessage());
                return Exit.FAILED;
            }
        }
        return Exit.OK;
    }

    private void text(Console console, SystemOptions.Choice.Ok chosen, Report report) {
        console.out().println(chosen.where());
        console.out().println(chosen.what());
        console.out().println();
        for (Facts.Fact fact : Facts.of(report, inferencesPerJob)) {
            console.out().printf(Locale.ROOT, "%-24s %s%n", fact.name(), fact.value());
        }
        console.out().flush();
    }

    private static String verdict(Report report, int days, Optional<Remedy> remedy) {
        return GOAL.missedBy(report, days)
                .map(missed -> "Too small: " + missed + ". "
                        + remedy.map(found -> found.text(report.plant())).orElse(""))
                .orElse("Large enough: always powered, reserve kept, essential work done.");
    }

    private String json(SystemOptions.Choice.Ok chosen, Report report, String verdict, Optional<Remedy> remedy) {
        var out = JsonWriter.string().object().value("where", chosen.where()).value("what", chosen.what());
        ReportJson.write(out, report, inferencesPerJob);
        out.value("large_enough", remedy.isEmpty()).value("verdict", verdict);
        remedy.map(Remedy::panelW).ifPresent(found -> found.ifPresent(watts -> out.value("enough_panel_w", watts)));
        remedy.map(Remedy::batteryAh)
                .ifPresent(found -> found.ifPresent(ampereHours -> out.value("enough_battery_ah", ampereHours)));
        ReportJson.writeDays(out, report);
        return out.end().done();
    }
}
