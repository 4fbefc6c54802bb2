package sunpeer.appliance.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.control.LoadRules;
import sunpeer.drivers.control.LoadSwitch;
import sunpeer.drivers.control.Written;

/** {@code sunpeer load}: the load output of the controller. */
@Command(
        name = "load",
        description = {
            "Switches the load output of the controller, or tells how it is.",
            "Only for EPEVER and SRNE in their manual mode, only with load_switch = true,",
            "at most once a minute and 24 times a day. Stop the service first."
        },
        footer = "Exit codes: 0 it is so, 1 refused or failed.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private enum Order {
        ON,
        OFF,
        STATUS
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "on|off|status", description = "what it shall be, or status to ask only")
    @SuppressWarnings("NullAway.Init")
    private Order order;

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
            console.failed(node.site().data() + " is not there: it keeps how often the load is switched");
            return Exit.FAILED;
        }
        LoadRules rules = new LoadRules(
                node.controller().loadSwitch(),
                // Where nobody says what feeds the board, it may be this very output.
                node.board().supply().orElse(NodeConfig.FedBy.LOAD_OUTPUT) == NodeConfig.FedBy.LOAD_OUTPUT,
                OptionalDouble.of(node.battery().spec().lowV()));
        Optional<LoadSwitch> found =
                LoadSwitch.at(node.controller().address(), rules, node.site().data(), InstantSource.system());
        if (found.isEmpty()) {
            console.failed("the load output of profile \""
                    + node.controller().address().profile() + "\" is not switched: only those of epever and srne are");
            return Exit.FAILED;
        }
        try (LoadSwitch load = found.get()) {
            Written written = order == Order.STATUS ? load.status() : load.set(order == Order.ON, dryRun);
            int code = WrittenText.show(console, "load", written);
            load.disconnectNote().ifPresent(note -> console.err().println("note: " + note));
            console.err().flush();
            return code;
        }
    }
}
