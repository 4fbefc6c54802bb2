package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.bench.PollBench;
import sunpeer.drivers.bench.PollBench.Fare;
import sunpeer.drivers.bench.PollBench.Result;

/** {@code sunpeer bench poll}. */
@Command(
        name = "poll",
        description = {
            "Polls ten simulated devices on three wires together and tells whether each",
            "had its turn and what a poll costs.",
            "Exit code 0 only if no period was missed, nothing failed and nothing was wrong."
        },
        mixinStandardHelpOptions = true)
final class BenchPollCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "10", description = "how long (${DEFAULT-VALUE})")
    private double minutes;

    @Option(
            names = "--period",
            paramLabel = "S",
            defaultValue = "5",
            description = "seconds from one reading of a device to the next (${DEFAULT-VALUE})")
    private double period;

    @Option(names = "--json", description = "print as JSON")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Console console = Console.of(spec, json);
        if (!(minutes > 0 && minutes <= 10_000 && period >= 0.1 && period <= 3600)) {
            console.failed("--minutes is above 0 and --period from 0.1 to 3600");
            return Exit.USAGE;
        }
        PollBench bench = new PollBench(millis(1000 * period), millis(60_000 * minutes));
        Result result;
        try {
            result = bench.run(plant -> {
                if (!json) {
                    console.out().println(plant);
                    console.out().flush();
                }
            });
        } catch (IOException failure) {
            console.failed(String.valueOf(failure.getMessage()));
            return Exit.FAILED;
        }
        if (json) {
            console.out().println(json(result));
        } else {
            text(console.out(), result);
        }
        console.out().flush();
        boolean right = result.missedPeriods() == 0
                && result.dropped() == 0
                && result.fares().stream().allMatch(fare -> fare.failed() == 0 && fare.wrong() == 0 && fare.good() > 0);
        return right ? Exit.OK : Exit.FAILED;
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis(Math.round(millis));
    }

    private static void text(PrintWriter out, Result result) {
        out.printf(Locale.ROOT, "%n%-22s %6s %6s %6s  %s%n", "device", "good", "failed", "wrong", "longest pause s");
        for (Fare fare : result.fares()) {
            out.printf(
                    Locale.ROOT,
                    "%-22s %6d %6d %6d  %.2f%n",
                    fare.device(),
                    fare.good(),
                    fare.failed(),
                    fare.wrong(),
                    fare.longestMs() / 1000);
        }
        out.printf(
                Locale.ROOT,
                "%n%d polls in %.0f s, %d missed periods, %d dropped%n",
                result.polls(),
                result.seconds(),
                result.missedPeriods(),
                result.dropped());
        out.printf(
                Locale.ROOT,
                "CPU time: %.2f ms a poll by the threads of the wires; %.2f ms by the whole process, simulated devices included%n",
                result.cpuMsPerPoll(),
                result.processCpuMsPerPoll());
    }

    private static String json(Result result) {
        var json = JsonWriter.string()
                .object()
                .value("seconds", result.seconds())
                .value("polls", result.polls())
                .value("missed_periods", result.missedPeriods())
                .value("dropped", result.dropped())
                .value("cpu_ms_per_poll", result.cpuMsPerPoll())
                .value("process_cpu_ms_per_poll", result.processCpuMsPerPoll())
                .array("devices");
        for (Fare fare : result.fares()) {
            json.object()
                    .value("device", fare.device())
                    .value("good", fare.good())
                    .value("failed", fare.failed())
                    .value("wrong", fare.wrong())
                    .value("longest_pause_ms", fare.longestMs())
                    .end();
        }
        return json.end().end().done();
    }
}
