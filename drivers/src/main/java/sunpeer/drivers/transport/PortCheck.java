package sunpeer.drivers.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import sunpeer.drivers.Fault;

/** Tells apart, before opening, what an open would only report as "failed". */
final class PortCheck {
    private PortCheck() {}

    static Optional<Fault> check(String port) {
        Path path;
        try {
            path = Path.of(port);
        } catch (InvalidPathException _) {
            return Optional.of(Faults.missing(port));
        }
        if (!Files.exists(path)) {
            return Optional.of(Faults.missing(port));
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            return Optional.of(Faults.notAPort(port));
        }
        return Files.isReadable(path) && Files.isWritable(path) ? Optional.empty() : Optional.of(denied(port));
    }

    static Fault denied(String port) {
        return Faults.denied(port, group(Path.of(port)), System.getProperty("user.name", "?"));
    }

    private static String group(Path path) {
        try {
            return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
        } catch (IOException | UnsupportedOperationException _) {
            return "dialout"; // what Debian gives serial ports
        }
    }
}
