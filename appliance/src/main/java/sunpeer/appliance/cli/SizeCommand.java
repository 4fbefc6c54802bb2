package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.sim.year.Goal;
import sunpeer.appliance.sim.year.ReportJson;
import sunpeer.appliance.sim.year.Sizing;
import sunpeer.appliance.sim.year.Sizing.Candidate;

/** {@code sunpeer size}. */
@Command(
        name = "size",
        description = {
            "Looks for the cheapest panel (10 to 400 W) and battery (7 to 200 Ah) with which",
            "a node never loses power, keeps its reserve and does its essential work, by",
            "running years of weather; see sunpeer simulate. Exit code 1 if none is enough."
        },
        mixinStandardHelpOptions = true)
final class SizeCommand implements Callable<Integer> {
    private static final int FAILING_SHOWN = 5;
    /** All inferences are counted alike. */
    private static final double INFERENCES_PER_JOB = 72;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SystemOptions system;

    @Option(
            names = "--service",
            paramLabel = "SHARE",
            defaultValue = "0.99",
            description = "least share of the essential work that is done (${DEFAULT-VALUE})")
    private double service;

    @Option(
            names = "--panel-price",
            paramLabel = "PER_W",
            defaultValue = "1.0",
            description = "assumed price of a watt of panel (${DEFAULT-VALUE})")
    private double panelPrice;

    @Option(
            names = "--battery-price",
            paramLabel = "PER_WH",
            defaultValue = "0.4",
            description = "assumed price of a watt-hour of battery (${DEFAULT-VALUE})")
    private double batteryPrice;

    @Option(names = "--json", description = "print as JSON")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Console.of(spec, json);
        Goal goal;
        Sizing.Prices prices;
        try {
            goal = new Goal(service);
            prices = new Sizing.Prices(panelPrice, batteryPrice);
        } catch (IllegalArgumentException wrong) {
            console.failed(String.valueOf(wrong.getMessage()));
            return Exit.USAGE;
        }
        return switch (system.choose(console)) {
            case SystemOptions.Choice.Failed(int exit) -> exit;
            case SystemOptions.Choice.Ok chosen -> run(console, chosen, goal, prices);
        };
    }

    private int run(Console console, SystemOptions.Choice.Ok chosen, Goal goal, Sizing.Prices prices) {
        List<Candidate> candidates =
                Sizing.search(chosen.plant(), goal, prices, chosen.first(), chosen.days(), done -> progress(console));
        boolean found = candidates.stream().anyMatch(pair -> pair.fails().isEmpty());
        if (json) {
            console.out().println(json(chosen, candidates));
        } else {
            if (Terminal.here().isThere()) {
                console.err().println();
            }
            text(console, chosen, candidates, found);
        }
        console.err().flush();
        console.out().flush();
        return found ? Exit.OK : Exit.FAILED;
    }

    private void progress(Console console) {
        if (!json && Terminal.here().isThere()) {
            console.err().print(".");
            console.err().flush();
        }
    }

    private void text(Console console, SystemOptions.Choice.Ok chosen, List<Candidate> candidates, boolean found) {
        console.out().println(chosen.where());
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s%nprices assumed: %.2f a W of panel, %.2f a Wh of battery%n%n",
                        chosen.what().replaceFirst(" [0-9]+ Ah", "").replaceFirst(" [0-9]+ W", ""),
                        panelPrice,
                        batteryPrice);
        console.out().printf(Locale.ROOT, "%7s %9s %7s  %s%n", "panel W", "battery Ah", "price", "");
        int failing = 0;
        for (Candidate pair : candidates) {
            if (pair.fails().isPresent() && failing++ == FAILING_SHOWN) {
                break;
            }
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%7.0f %9.0f %7.0f  %s%n",
                            pair.panelW(),
                            pair.batteryAh(),
                            pair.price(),
                            pair.fails().orElseGet(() -> enough(pair)));
        }
        if (!found) {
            console.out().println();
            console.out().println("None is enough" + (chosen.plant().board().sleeps() ? "." : ": try --sleep."));
        }
    }

    private static String enough(Candidate pair) {
        return String.format(
                Locale.ROOT,
                "enough: battery never below %.0f %%, essential work %.1f %%, value %.0f",
                100 * pair.report().lowestSoc(),
                100 * pair.report().service(),
                pair.report().value());
    }

    private String json(SystemOptions.Choice.Ok chosen, List<Candidate> candidates) {
        var out = JsonWriter.string()
                .object()
                .value("where", chosen.where())
                .value("what", chosen.what())
                .value("service", service)
                .value("panel_price_per_w", panelPrice)
                .value("battery_price_per_wh", batteryPrice)
                .array("candidates");
        for (Candidate pair : candidates) {
            out.object()
                    .value("panel_w", pair.panelW())
                    .value("battery_ah", pair.batteryAh())
                    .value("price", pair.price())
                    .value("enough", pair.fails().isEmpty());
            pair.fails().ifPresent(reason -> out.value("reason", reason));
            if (pair.fails().isEmpty()) {
                ReportJson.write(out, pair.report(), INFERENCES_PER_JOB);
            }
            out.end();
        }
        return out.end().end().done();
    }
}
