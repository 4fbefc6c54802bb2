package sunpeer.appliance.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.service.NodeService;

/** {@code sunpeer run}: the service on a board. */
@Command(
        name = "run",
        description = "Runs this board as a solar peer, until it is stopped.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
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

    @Option(names = "--json", description = "log as JSON, one object a line (as SUNPEER_LOG=json does)")
    private boolean json;

    @Override
    public Integer call() {
        LogForm.choose(json);
        Console console = Console.of(spec, json);
        Optional<NodeConfig> read = console.node(config);
        if (read.isEmpty()) {
            return Exit.CONFIG;
        }
        return switch (NodeService.start(read.get(), InstantSource.system(), new SecureRandom())) {
            case NodeService.Started.Failed(String reason) -> {
                console.failed(reason);
                yield Exit.FAILED;
            }
            case NodeService.Started.Ok(NodeService service) -> Until.stopped(service, service::awaitEnd);
        };
    }
}
