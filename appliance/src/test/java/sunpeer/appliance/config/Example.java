package sunpeer.appliance.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The shipped example as a file that a test may spoil. */
final class Example {
    static final Defaults DEFAULTS =
            new Defaults(ZoneId.of("Europe/Paris"), Path.of("/var/lib/sunpeer"), List.of("epever", "srne", "victron"));

    private Example() {}

    static String text() {
        try (InputStream in = Objects.requireNonNull(ConfigReader.class.getResourceAsStream("sunpeer-example.toml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static ConfigResult<NodeConfig> read(Path directory, byte[] content) {
        return ConfigReader.node(write(directory, content), DEFAULTS);
    }

    static ConfigResult<NodeConfig> read(Path directory, String text) {
        return read(directory, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path directory, byte[] content) {
        try {
            return Files.write(directory.resolve("sunpeer.toml"), content);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static <T> T good(ConfigResult<T> result) {
        return switch (result) {
            case ConfigResult.Ok<T> ok -> ok.config();
            case ConfigResult.Failed<T> failed -> throw new AssertionError(texts(failed));
        };
    }

    /** The errors as an owner reads them; empty if there are none. */
    static String texts(ConfigResult<?> result) {
        return switch (result) {
            case ConfigResult.Ok<?> ok -> "";
            case ConfigResult.Failed<?> failed ->
                failed.errors().stream()
                        .map(error -> error.text("sunpeer.toml"))
                        .collect(Collectors.joining("\n"));
        };
    }

    static List<String> warnings(ConfigResult<?> result) {
        return switch (result) {
            case ConfigResult.Ok<?> ok ->
                ok.warnings().stream()
                        .map(warning -> warning.text("sunpeer.toml"))
                        .toList();
            case ConfigResult.Failed<?> failed -> throw new AssertionError(texts(failed));
        };
    }
}
