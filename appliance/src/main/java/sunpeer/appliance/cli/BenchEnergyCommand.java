package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.sim.bench.EnergyBench;
import sunpeer.appliance.sim.bench.EnergyBench.Row;
import sunpeer.appliance.sim.bench.EnergyTable;

/** {@code sunpeer bench energy}. */
@Command(
        name = "energy",
        description = {
            "Runs every energy policy through years of weather, four sizes of panel and",
            "battery and three kinds of work, against one who knew the weather before.",
            "The folder holds sites.json (lat, lon, step_min by name) and NAME.csv.gz files",
            "of epoch,ghi,dni,dhi,tair."
        },
        mixinStandardHelpOptions = true)
final class BenchEnergyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "folder of irradiance")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--json", description = "print as JSON")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Console.of(spec, json);
        List<Row> rows;
        try {
            rows = EnergyBench.run(data, done -> {
                if (!json) {
                    console.err().println(done);
                    console.err().flush();
                }
            });
        } catch (IOException failure) {
            console.failed(String.valueOf(failure.getMessage()));
            return Exit.FAILED;
        }
        if (json) {
            console.out().println(json(rows));
        } else {
            EnergyTable.lines(rows).forEach(console.out()::println);
        }
        console.out().flush();
        return Exit.OK;
    }

    private static String json(List<Row> rows) {
        var json = JsonWriter.string().object().array("rows");
        for (Row row : rows) {
            json.object()
                    .value("site", row.site())
                    .value("size", row.size())
                    .value("may_sleep", row.sleeps())
                    .value("work", row.work())
                    .value("policy", row.policy())
                    .value("share_of_clairvoyant", row.share())
                    .value("dark_hours_above_unavoidable", row.darkHours())
                    .value("reserve_hours", row.reserveHours())
                    .end();
        }
        return json.end().end().done();
    }
}
