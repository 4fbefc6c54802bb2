package sunpeer.drivers.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import sunpeer.drivers.Fault;

/** Tells apart, before opening, what an open would only report as "failed". */
final class PortCheck {
    private static final Set<PosixFilePermission> GROUP =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);

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

    /** The device that the path leads to just now; empty when it leads nowhere. */
    static String device(String port) {
        try {
            return Path.of(port).toRealPath().toString();
        } catch (IOException _) {
            return "";
        }
    }

    static Fault denied(String port) {
        String user = System.getProperty("user.name", "?");
        try {
            PosixFileAttributes file = Files.readAttributes(Path.of(port), PosixFileAttributes.class);
            return file.permissions().containsAll(GROUP)
                    ? Faults.denied(port, file.group().getName(), user)
                    : Faults.deniedToGroups(
                            port, file.owner().getName(), PosixFilePermissions.toString(file.permissions()), user);
        } catch (IOException | UnsupportedOperationException _) {
            return Faults.denied(port, "dialout", user); // what Debian gives serial ports
        }
    }
}
