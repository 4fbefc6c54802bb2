package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sunpeer.appliance.config.ConfigError;
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.ConfigResult;
import sunpeer.appliance.config.ConfigWarning;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.Devices;

/** {@code sunpeer config}. */
@Command(
        name = "config",
        description = "Works on configuration files.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Keys.class})
final class ConfigCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command: check or keys.");
    }

    @Command(
            name = "check",
            description = "Checks a configuration and says all that is wrong with it.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = {
                    "the configuration to check (" + Console.NODE_CONFIG + ",",
                    "with --gateway " + Console.GATEWAY_CONFIG + ")"
                })
        private @Nullable Path given;

        @Option(names = "--gateway", description = "it is a gateway's configuration")
        private boolean gateway;

        @Option(
                names = "--profiles",
                paramLabel = "DIR",
                description = "the device profiles of your own to check too (" + Console.PROFILES + ")",
                defaultValue = Console.PROFILES)
        @SuppressWarnings("NullAway.Init")
        private Path profiles;

        @Option(names = "--json", description = "print as JSON")
        private boolean json;

        @Override
        public Integer call() {
            Console console = Console.of(spec, json);
            List<String> broken = gateway ? List.of() : Devices.takeProfiles(profiles);
            Path file = given != null ? given : Path.of(gateway ? Console.GATEWAY_CONFIG : Console.NODE_CONFIG);
            ConfigResult<?> result = gateway
                    ? ConfigReader.gateway(file, Console.dataDirectory("sunpeer-gateway"))
                    : ConfigReader.node(file, Console.defaults());
            boolean ok = result instanceof ConfigResult.Ok<?> && broken.isEmpty();
            if (json) {
                console.out().println(json(result, broken));
            } else {
                broken.forEach(console.err()::println);
                console.report(file, result);
                if (ok) {
                    console.out().println(file + " is well");
                }
            }
            console.out().flush();
            return ok ? Exit.OK : Exit.FAILED;
        }

        private static String json(ConfigResult<?> result, List<String> broken) {
            boolean ok = result instanceof ConfigResult.Ok<?> && broken.isEmpty();
            var json = JsonWriter.string().object().value("ok", ok);
            List<ConfigError> errors = result instanceof ConfigResult.Failed<?> failed ? failed.errors() : List.of();
            List<ConfigWarning> warnings = result instanceof ConfigResult.Ok<?> ok ? ok.warnings() : List.of();
            json.array("errors");
            errors.forEach(error -> json.object()
                    .value("line", error.line())
                    .value("key", error.key())
                    .value("reason", error.reason())
                    .value("example", error.example())
                    .end());
            json.end().array("warnings");
            warnings.forEach(warning -> json.object()
                    .value("line", warning.line())
                    .value("key", warning.key())
                    .value("reason", warning.reason())
                    .end());
            json.end().array("profiles");
            broken.forEach(json::value);
            return json.end().end().done();
        }
    }

    @Command(
            name = "keys",
            description = "Lists every key that a configuration may hold.",
            mixinStandardHelpOptions = true)
    static final class Keys implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(names = "--gateway", description = "the keys of a gateway's configuration")
        private boolean gateway;

        @Override
        public Integer call() {
            spec.commandLine()
                    .getOut()
                    .println(
                            gateway
                                    ? ConfigReader.describeGateway(Console.dataDirectory("sunpeer-gateway"))
                                    : ConfigReader.describeNode(Console.defaults()));
            spec.commandLine().getOut().flush();
            return Exit.OK;
        }
    }
}
