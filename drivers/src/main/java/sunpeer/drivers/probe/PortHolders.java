package sunpeer.drivers.probe;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who has a port open, as far as this user may see it: by the files of processes, and by locks, of which the numbers can be
 * seen of everybody.
 */
final class PortHolders {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path PSEUDO_TERMINALS = Path.of("/dev/pts");
    private static final Path LOCKS = Path.of("/proc/locks");
    /** {@code 1: FLOCK ADVISORY WRITE 1234 00:06:512 0 EOF}: process, then device and inode of the file. */
    private static final Pattern LOCK = Pattern.compile(".* (\\d+) [0-9a-f]+:[0-9a-f]+:(\\d+) .*");

    private PortHolders() {}

    /** {@code "minicom (process 1234)"}; nothing when nobody is seen. */
    static Optional<String> of(String path) {
        Path port;
        try {
            port = Path.of(path).toRealPath();
        } catch (IOException _) {
            return Optional.empty(); // to open it will tell why
        }
        // Who made a pseudo-terminal has it open himself; there a lock tells more.
        Optional<Long> opener = port.startsWith(PSEUDO_TERMINALS) ? Optional.empty() : opener(port);
        return opener.or(() -> locker(port)).map(PortHolders::named);
    }

    private static String named(long process) {
        try {
            return Files.readString(PROCESSES.resolve(process + "/comm")).strip() + " (process " + process + ")";
        } catch (IOException _) {
            return "process " + process;
        }
    }

    private static Optional<Long> opener(Path port) {
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                long id = Long.parseLong(process.getFileName().toString());
                if (id != self && holds(process.resolve("fd"), port)) {
                    return Optional.of(id);
                }
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException _) {
            return Optional.empty(); // no /proc: the lock at opening still protects
        }
        return Optional.empty();
    }

    private static boolean holds(Path descriptors, Path port) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).equals(port)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            return false; // of another user, or gone meanwhile
        }
        return false;
    }

    private static Optional<Long> locker(Path port) {
        try {
            Map<String, Object> file = Files.readAttributes(port, "unix:ino");
            String inode = String.valueOf(file.get("ino"));
            for (String line : Files.readAllLines(LOCKS)) {
                Matcher lock = LOCK.matcher(line);
                if (lock.matches() && lock.group(2).equals(inode)) {
                    return Optional.of(Long.parseLong(lock.group(1)));
                }
            }
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty(); // not Linux, or the port has just gone
        }
        return Optional.empty();
    }
}
