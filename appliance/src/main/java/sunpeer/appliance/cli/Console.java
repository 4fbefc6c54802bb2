package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import sunpeer.appliance.config.ConfigError;
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.ConfigResult;
import sunpeer.appliance.config.ConfigWarning;
import sunpeer.appliance.config.Defaults;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.drivers.Devices;

/** What the commands have in common: where they print and how they read a configuration. */
record Console(PrintWriter out, PrintWriter err, boolean json) {
    static final String NODE_CONFIG = "/etc/sunpeer/sunpeer.toml";
    static final String GATEWAY_CONFIG = "/etc/sunpeer/gateway.toml";
    /** Device profiles of the owner. */
    static final String PROFILES = "/etc/sunpeer/profiles.d";

    static Console of(CommandSpec spec, boolean json) {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    }

    static Path dataDirectory(String name) {
        String state = System.getenv("STATE_DIRECTORY");
        return state == null || state.isEmpty() ? Path.of("/var/lib", name) : Path.of(state);
    }

    static Defaults defaults() {
        return new Defaults(ZoneId.systemDefault(), dataDirectory("sunpeer"), Devices.profileIds());
    }

    /** The configuration, or empty after all that is wrong with it was printed. */
    Optional<NodeConfig> node(Path file) {
        Devices.profileProblems().forEach(problem -> err.println("note: this profile is not used: " + problem));
        return report(file, ConfigReader.node(file, defaults()));
    }

    <T> Optional<T> report(Path file, ConfigResult<T> result) {
        String name = String.valueOf(file.getFileName());
        return switch (result) {
            case ConfigResult.Ok<T>(T config, List<ConfigWarning> warnings) -> {
                warnings.forEach(warning -> err.println("note: " + warning.text(name)));
                err.flush();
                yield Optional.of(config);
            }
            case ConfigResult.Failed<T>(List<ConfigError> errors) -> {
                errors.forEach(error -> err.println(error.text(name)));
                err.flush();
                yield Optional.empty();
            }
        };
    }

    /** One line that says why a command failed. */
    void failed(String reason) {
        if (json) {
            out.println(JsonWriter.string()
                    .object()
                    .value("ok", false)
                    .value("error", reason)
                    .end()
                    .done());
            out.flush();
        }
        err.println("sunpeer: " + reason);
        err.flush();
    }
}
