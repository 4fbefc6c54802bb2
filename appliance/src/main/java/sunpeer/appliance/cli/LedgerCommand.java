package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.service.LedgerCheck;

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
            return switch (LedgerCheck.of(store)) {
                case LedgerCheck.Result.Unreadable(String reason) -> {
                    console.failed(reason);
                    yield Exit.FAILED;
                }
                case LedgerCheck.Result.Checked checked -> report(console, checked);
            };
        }

        private static int report(Console console, LedgerCheck.Result.Checked checked) {
            if (console.json()) {
                var json = JsonWriter.string()
                        .object()
                        .value("ok", checked.isRight())
                        .value("entries", checked.entries())
                        .value("epochs", checked.epochs())
                        .value("root", checked.root().hex())
                        .array("findings");
                checked.findings()
                        .forEach(finding -> json.object()
                                .value("entry", finding.index())
                                .value("text", finding.text())
                                .end());
                console.out().println(json.end().end().done());
            } else if (checked.isRight()) {
                console.out()
                        .println("verified: " + checked.entries() + " entries, " + checked.epochs()
                                + " epochs recomputed, root " + checked.root().hex());
            } else {
                checked.findings()
                        .forEach(finding -> console.out()
                                .println((finding.index() < 0 ? "ledger: " : "entry " + finding.index() + ": ")
                                        + finding.text()));
            }
            console.out().flush();
            return checked.isRight() ? Exit.OK : Exit.FAILED;
        }
    }
}
