package sunpeer.appliance.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the file of a node or of a gateway. Whatever is in the file, the answer is a configuration or all that is wrong with
 * it, never an exception. Thread-safe: it keeps nothing.
 */
public final class ConfigReader {
    private ConfigReader() {}

    public static ConfigResult<NodeConfig> node(Path file, Defaults defaults) {
        return node(SourceText.of(file), directoryOf(file), defaults);
    }

    /** @param directory that paths in the text count from */
    static ConfigResult<NodeConfig> node(SourceText source, Path directory, Defaults defaults) {
        return read(source, text -> {
            NodeKeys keys = new NodeKeys(defaults);
            Settings settings = Settings.of(keys.schema, text);
            NodeTables tables = new NodeTables(settings, keys, defaults, directory);
            tables.check();
            return settings.hasErrors()
                    ? new ConfigResult.Failed<>(settings.errors())
                    : new ConfigResult.Ok<>(tables.build(), settings.warnings());
        });
    }

    /** @param data where the gateway keeps the ledger unless the file says otherwise */
    public static ConfigResult<GatewayConfig> gateway(Path file, Path data) {
        return read(SourceText.of(file), text -> {
            GatewayKeys keys = new GatewayKeys(data);
            Path directory = directoryOf(file);
            Settings settings = Settings.of(keys.schema, text);
            SharedTables.check(settings, keys.broker, keys.clock, directory);
            if (settings.hasErrors()) {
                return new ConfigResult.Failed<>(settings.errors());
            }
            GatewayConfig config = new GatewayConfig(
                    settings.given(keys.data).map(directory::resolve).orElse(data),
                    Duration.ofMinutes(settings.must(keys.tempoMin)),
                    SharedTables.broker(settings, keys.broker, directory),
                    SharedTables.clock(settings, keys.clock));
            return new ConfigResult.Ok<>(config, settings.warnings());
        });
    }

    /** Every key of a node's file with its meaning, its range, its default and an example: plain text, one table a block. */
    public static String describeNode(Defaults defaults) {
        return new NodeKeys(defaults).schema.describe();
    }

    /** The same for a gateway's file. */
    public static String describeGateway(Path data) {
        return new GatewayKeys(data).schema.describe();
    }

    private static <T> ConfigResult<T> read(SourceText source, Function<String, ConfigResult<T>> reader) {
        return switch (source) {
            case SourceText.Refused refused -> new ConfigResult.Failed<>(List.of(refused.error()));
            case SourceText.Decoded decoded -> reader.apply(decoded.text());
        };
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
