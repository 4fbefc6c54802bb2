package sunpeer.drivers.probe;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The serial ports of this machine under the names that last. */
public final class SerialPorts {
    private static final Path KERNEL = Path.of("/sys/class/tty/console/active");
    /** Ports of the boards themselves: Raspberry Pi, then Jetson. */
    private static final List<String> BOARD = List.of("serial0", "serial1", "ttyAMA*", "ttyTHS*");
    /** Where udev has made no lasting name. */
    private static final List<String> USB = List.of("ttyUSB*", "ttyACM*");

    /**
     * @param path best name of the port
     * @param holder who has it; nothing for a port that may be probed
     */
    public record Port(String path, Optional<String> holder) {}

    private SerialPorts() {}

    /**
     * @param dev the directory of devices, {@code /dev}
     * @param assigned ports that the owner has given to something already
     */
    public static List<Port> list(Path dev, Collection<String> assigned) {
        Set<Path> taken = new HashSet<>();
        assigned.forEach(path -> real(Path.of(path)).ifPresent(taken::add));
        List<Path> names = new ArrayList<>(matching(dev.resolve("serial/by-id"), "*"));
        BOARD.forEach(pattern -> names.addAll(matching(dev, pattern)));
        USB.forEach(pattern -> names.addAll(matching(dev, pattern)));
        List<Port> ports = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path name : names) {
            Optional<Path> port = real(name);
            if (port.isPresent() && seen.add(port.get())) {
                Optional<String> holder = taken.contains(port.get())
                        ? Optional.of("this node, by its configuration")
                        : isConsole(port.get()) ? Optional.of("the kernel's console") : PortHolders.of(name.toString());
                ports.add(new Port(name.toString(), holder));
            }
        }
        return ports;
    }

    private static Optional<Path> real(Path name) {
        try {
            return Optional.of(name.toRealPath());
        } catch (IOException _) {
            return Optional.empty(); // a name whose port is gone
        }
    }

    private static boolean isConsole(Path port) {
        try {
            return List.of(Files.readString(KERNEL).strip().split(" ", -1))
                    .contains(String.valueOf(port.getFileName()));
        } catch (IOException _) {
            return false; // a machine without consoles
        }
    }

    private static List<Path> matching(Path directory, String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException _) {
            return List.of(); // no adapter is plugged in
        }
        found.sort(null);
        return found;
    }
}
