package sunpeer.appliance.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.control.ClockSync;

/** {@code sunpeer clock}: the clock of the controller. */
@Command(
        name = "clock",
        description = {
            "Sets the clock of an EPEVER controller to the time of this system.",
            "Only with clock_sync = true, if this system's clock is synchronised, the",
            "controller's is wrong by more than a minute, at most once a day and not",
            "around midnight. Stop the service first."
        },
        footer = "Exit codes: 0 it is right, 1 refused or failed.",
        mixinStandardHelpOptions = true)
final class ClockCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Console.NODE_CONFIG,
            description = "the node's configuration (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--dry-run", description = "check all conditions and write nothing")
    private boolean dryRun;

    @Option(names = "--json", description = "print as JSON")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Console.of(spec, json);
        Optional<NodeConfig> read = console.node(config);
        if (read.isEmpty()) {
            return Exit.CONFIG;
        }
        NodeConfig node = read.get();
        if (!Files.isDirectory(node.site().data())) {
            console.failed(node.site().data() + " is not there: it keeps when the clock was set");
            return Exit.FAILED;
        }
        Optional<ClockSync> found = ClockSync.at(
                node.controller().address(),
                node.controller().clockSync(),
                node.site().data(),
                InstantSource.system(),
                node.site().zone());
        if (found.isEmpty()) {
            console.failed("the clock of profile \""
                    + node.controller().address().profile() + "\" is not set: only that of epever is");
            return Exit.FAILED;
        }
        try (ClockSync sync = found.get()) {
            return WrittenText.show(console, "clock", sync.sync(dryRun));
        }
    }
}
