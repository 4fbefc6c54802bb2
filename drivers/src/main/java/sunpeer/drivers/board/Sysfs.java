package sunpeer.drivers.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sunpeer.drivers.Fault.Kind;

/**
 * What the kernel tells in files. Immutable.
 *
 * @param root {@code /} on a board
 */
record Sysfs(Path root) {
    /** No file of ours has more; a wrong path may lead to one that has. */
    private static final int TEXT_BYTES_MAX = 4096;

    Path path(String relative) {
        return root.resolve(relative);
    }

    /** A file without the line end and the closing zero of the device tree. */
    String text(Path file) throws Unreadable {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8)
                    .replace("\0", "")
                    .strip();
        } catch (NoSuchFileException _) {
            throw new Unreadable(
                    Kind.PORT_MISSING, file + " is not there: the kernel has no driver for it, or it is unplugged");
        } catch (AccessDeniedException _) {
            throw new Unreadable(Kind.PORT_DENIED, file + " may not be read by this user");
        } catch (IOException failed) {
            throw new Unreadable(
                    Kind.NO_ANSWER, file + " gives no value (" + failed.getMessage() + "): check the sensor's wires");
        }
    }

    long number(Path file) throws Unreadable {
        String text = text(file);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new Unreadable(Kind.GARBLED, file + " holds \"" + brief(text) + "\" and no number");
        }
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    /** Entries of a directory by name; none when it does not exist. */
    List<Path> list(Path directory, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException _) {
            return List.of(); // what is not there has no entries; the caller says what it missed
        }
        Collections.sort(found);
        return found;
    }

    /** Entries that are called by a prefix and a number; udev's links and ACPI's devices begin alike. */
    SortedMap<Integer, Path> numbered(Path directory, String prefix) {
        SortedMap<Integer, Path> found = new TreeMap<>();
        for (Path entry : list(directory, prefix + "*")) {
            String rest = entry.getFileName().toString().substring(prefix.length());
            if (rest.matches("\\d{1,5}")) {
                found.put(Integer.valueOf(rest), entry);
            }
        }
        return found;
    }

    /**
     * The number of an I²C bus, which changes from kernel to kernel.
     *
     * @param bus name of its controller in the device tree ({@code "fe804000.i2c"}) or of its adapter
     */
    int i2cBus(String bus) throws Unreadable {
        List<String> names = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Map.Entry<Integer, Path> entry :
                numbered(path("sys/bus/i2c/devices"), "i2c-").entrySet()) {
            Path adapter = entry.getValue();
            String name = text(adapter.resolve("name"));
            String controller = controller(adapter);
            names.add(controller + " (" + name + ")");
            if (bus.equals(controller) || bus.equals(name)) {
                numbers.add(entry.getKey());
            }
        }
        if (numbers.size() == 1) {
            return numbers.getFirst();
        }
        String known = names.isEmpty()
                ? "none; on a Raspberry Pi switch it on with `sudo raspi-config`, Interface Options, I2C"
                : String.join(", ", names);
        throw new Unreadable(
                Kind.PORT_MISSING,
                (numbers.isEmpty() ? "no I2C bus is called " : "more than one I2C bus is called ") + bus
                        + ": there are " + known);
    }

    private static String controller(Path adapter) throws Unreadable {
        try {
            Path parent = adapter.toRealPath().getParent();
            return parent == null || parent.getFileName() == null
                    ? ""
                    : parent.getFileName().toString();
        } catch (IOException failed) {
            throw new Unreadable(Kind.PORT_MISSING, adapter + " went away: " + failed.getMessage());
        }
    }

    /** The files of the driver that owns a chip, when there is one. */
    Optional<Path> hwmon(int bus, int address) {
        String device = String.format(Locale.ROOT, "%d-%04x", bus, address);
        return list(path("sys/bus/i2c/devices/" + device + "/hwmon"), "hwmon*").stream()
                .findFirst();
    }
}
