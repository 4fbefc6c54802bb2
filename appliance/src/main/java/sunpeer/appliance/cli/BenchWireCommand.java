package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.bench.WireBench;
import sunpeer.drivers.bench.WireBench.Result;
import sunpeer.drivers.bench.WireBench.Who;

/** {@code sunpeer bench wire}. */
@Command(
        name = "wire",
        description = {
            "Measures how much of the time of a poll is spent on the wire, over a",
            "simulated serial line of exact speed: our Modbus beside j2mod and libmodbus",
            "in the same run. Takes some minutes; means little on a busy machine.",
            "",
            "Efficiency is the theoretical time of the planned reads divided by the",
            "median time of a poll. The theoretical time counts ten bit times for each",
            "byte of each request and answer, and the device's turnaround once a request.",
            "It does not count the silence between two requests, which we and \"libmodbus,",
            "silence\" keep and libmodbus by itself does not. A poll is measured from",
            "before its first request until its last answer was checked."
        },
        mixinStandardHelpOptions = true)
final class BenchWireCommand implements Callable<Integer> {
    /** What the project asks of itself, without turnaround. */
    private static final double AT_9600 = 0.93;

    private static final double AT_115200 = 0.85;
    private static final double OF_LIBMODBUS = 0.97;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "25",
            description = "polls of each master in each case (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--json", description = "print JSON, one object a result")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = Console.of(spec, json);
        if (rounds < 1 || rounds > 10_000) {
            console.failed("--rounds is from 1 to 10000");
            return Exit.USAGE;
        }
        Path directory = Files.createTempDirectory("sunpeer-bench-");
        try {
            if (!json) {
                legend(console.out());
            }
            List<Result> results = new WireBench(rounds, directory).run(some -> print(console, some));
            if (!json) {
                verdict(console.out(), results);
            }
            if (results.stream().noneMatch(result -> result.who() == Who.LIBMODBUS)) {
                console.err()
                        .println("note: libmodbus was not measured:"
                                + " `sudo apt install gcc libmodbus-dev` and run again");
                console.err().flush();
            }
            return Exit.OK;
        } catch (IOException failure) {
            console.failed(String.valueOf(failure.getMessage()));
            return Exit.FAILED;
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static void legend(PrintWriter out) {
        for (Who who : Who.values()) {
            out.printf(Locale.ROOT, "%-23s %s%n", who.label(), who.meaning());
        }
        out.printf(
                Locale.ROOT,
                "%n%-8s %8s %8s %6s  %-23s %9s %9s  %10s  %s%n",
                "plan",
                "requests",
                "turn ms",
                "baud",
                "master",
                "theory ms",
                "median ms",
                "efficiency",
                "10..90 % of polls");
        out.flush();
    }

    private static void print(Console console, List<Result> results) {
        for (Result result : results) {
            console.out().println(console.json() ? json(result) : text(result));
        }
        if (!console.json()) {
            console.out().println();
        }
        console.out().flush();
    }

    private static String text(Result result) {
        return String.format(
                Locale.ROOT,
                "%-8s %8d %8d %6d  %-23s %9.2f %9.2f  %10.3f  %.3f..%.3f",
                result.plan(),
                result.requests(),
                result.turnaroundMs(),
                result.baud(),
                result.who().label(),
                result.theoryMs(),
                result.medianMs(),
                result.efficiency(),
                result.theoryMs() / result.highMs(),
                result.theoryMs() / result.lowMs());
    }

    private static String json(Result result) {
        return JsonWriter.string()
                .object()
                .value("plan", result.plan())
                .value("requests", result.requests())
                .value("baud", result.baud())
                .value("turnaround_ms", result.turnaroundMs())
                .value("master", result.who().label())
                .value("polls", result.polls())
                .value("theory_ms", result.theoryMs())
                .value("median_ms", result.medianMs())
                .value("p10_ms", result.lowMs())
                .value("p90_ms", result.highMs())
                .value("efficiency", result.efficiency())
                .value("boundary_with_silence", result.boundary())
                .end()
                .done();
    }

    private static void verdict(PrintWriter out, List<Result> results) {
        for (Result ours : results) {
            if (ours.who() != Who.SUNPEER) {
                continue;
            }
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%s at %d baud, turnaround %d ms: %.3f",
                    ours.plan(),
                    ours.baud(),
                    ours.turnaroundMs(),
                    ours.efficiency()));
            double asked = ours.baud() == 9600 ? AT_9600 : AT_115200;
            if (ours.turnaroundMs() == 0) {
                line.append(asked(ours.efficiency(), asked));
            }
            if (ours.boundary() < 1) {
                line.append(String.format(
                        Locale.ROOT, "; %.3f is the most with the silences it contains", ours.boundary()));
            }
            for (Who foreign : List.of(Who.LIBMODBUS, Who.LIBMODBUS_SILENCE)) {
                of(results, ours, foreign).ifPresent(theirs -> {
                    double part = ours.efficiency() / theirs.efficiency();
                    line.append(String.format(Locale.ROOT, "; %.3f of %s", part, foreign.label()))
                            .append(asked(part, OF_LIBMODBUS));
                });
            }
            out.println(line);
        }
        out.flush();
    }

    private static String asked(double reached, double asked) {
        return String.format(Locale.ROOT, reached >= asked ? " (>= %.2f)" : " (not %.2f)", asked);
    }

    private static Optional<Result> of(List<Result> results, Result same, Who who) {
        return results.stream()
                .filter(result -> result.who() == who
                        && result.plan().equals(same.plan())
                        && result.baud() == same.baud()
                        && result.turnaroundMs() == same.turnaroundMs())
                .findFirst();
    }
}
