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
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.GatewayConfig;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.service.GatewayService;

/** {@code sunpeer gateway}: the peer that orders entries. */
@Command(
        name = "gateway",
        description = "Runs a gateway peer beside an MQTT broker, until it is stopped.",
        mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Console.GATEWAY_CONFIG,
            description = "the gateway's configuration (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--json", description = "log as JSON, one object a line (as SUNPEER_LOG=json does)")
    private boolean json;

    @Override
    public Integer call() {
        LogForm.choose(json);
        Console console = Console.of(spec, json);
        Path data = Console.dataDirectory("sunpeer-gateway");
        Optional<GatewayConfig> read = console.report(config, ConfigReader.gateway(config, data));
        if (read.isEmpty()) {
            return Exit.CONFIG;
        }
        return switch (GatewayService.start(read.get(), InstantSource.system(), new SecureRandom())) {
            case GatewayService.Started.Failed(String reason) -> {
                console.failed(reason);
                yield Exit.FAILED;
            }
            case GatewayService.Started.Ok(GatewayService service) -> Until.stopped(service, service::awaitEnd);
        };
    }
}
