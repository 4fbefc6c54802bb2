package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sunpeer.appliance.market.Audit;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.store.LogRead;
import sunpeer.appliance.store.StoreReader;

/** {@code sunpeer ledger}. */
@Command(
        name = "ledger",
        description = "Works on the ledger in a store.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = LedgerCommand.Verify.class)
final class LedgerCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command: verify.");
    }

    @Command(
            name = "verify",
            description = {
                "Checks every signature, every epoch and the root of a stored ledger.",
                "Exit code 0 if all is right, 1 with the name of the first wrong entry if not."
            },
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(
                paramLabel = "STORE",
                arity = "0..1",
                description = {"the store of a node or gateway: a file, or its data directory", "(/var/lib/sunpeer)"})
        private @Nullable Path given;

        @Option(names = "--json", description = "print as JSON")
        private boolean json;

        @Override
        public Integer call() {
            Console console = Console.of(spec, json);
            Path store = given != null ? given : Console.dataDirectory("sunpeer");
            Path file = Files.isDirectory(store) ? store.resolve("sunpeer.db") : store;
            return switch (StoreReader.open(file)) {
                case StoreReader.Opened.Failed(String reason) -> {
                    console.failed(reason);
                    yield Exit.FAILED;
                }
                case StoreReader.Opened.Ok(StoreReader reader) -> {
                    try (reader) {
                        yield verify(reader, console);
                    }
                }
            };
        }

        private static int verify(StoreReader reader, Console console) {
            Audit audit = new Audit();
            return switch (reader.readLog(audit::take)) {
                case LogRead.Failed(String reason) -> {
                    console.failed(reason);
                    yield Exit.FAILED;
                }
                case LogRead.Gap(long missing, long found) ->
                    report(console, audit, List.of(new Audit.Finding(missing, "missing, as all up to entry " + found)));
                case LogRead.Stopped stopped -> report(console, audit, audit.findings(Optional.empty()));
                case LogRead.Whole(long size, Optional<String> checkpoint) ->
                    report(console, audit, audit.findings(checkpoint));
            };
        }

        private static int report(Console console, Audit audit, List<Audit.Finding> findings) {
            if (console.json()) {
                var json = JsonWriter.string()
                        .object()
                        .value("ok", findings.isEmpty())
                        .value("entries", audit.size())
                        .value("epochs", audit.epochs())
                        .value("root", audit.root().hex())
                        .array("findings");
                findings.forEach(finding -> json.object()
                        .value("entry", finding.index())
                        .value("text", finding.text())
                        .end());
                console.out().println(json.end().end().done());
            } else if (findings.isEmpty()) {
                console.out()
                        .println("verified: " + audit.size() + " entries, " + audit.epochs()
                                + " epochs recomputed, root " + audit.root().hex());
            } else {
                findings.forEach(finding -> console.out()
                        .println((finding.index() < 0 ? "ledger: " : "entry " + finding.index() + ": ")
                                + finding.text()));
            }
            console.out().flush();
            return findings.isEmpty() ? Exit.OK : Exit.FAILED;
        }
    }
}
