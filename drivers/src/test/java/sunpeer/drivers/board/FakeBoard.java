package sunpeer.drivers.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A board in a directory, its tree laid out as the kernel lays it out, with a kernel in memory behind its device files. */
final class FakeBoard {
    static final String PI_5 = "Raspberry Pi 5 Model B Rev 1.0";

    private final Path root;
    final FakeKernel kernel = new FakeKernel();

    FakeBoard(Path root) {
        this.root = root;
    }

    Board board() {
        return Board.at(root, kernel);
    }

    /** Writes a file of the kernel. */
    FakeBoard file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    FakeBoard model(String model) {
        return file("sys/firmware/devicetree/base/model", model + "\0");
    }

    /** An adapter under its controller, with the link by which the kernel lists it. */
    FakeBoard i2cBus(String controller, int number, String adapter) {
        String device = "sys/devices/platform/soc/" + controller + "/i2c-" + number;
        file(device + "/name", adapter + "\n");
        link("sys/bus/i2c/devices/i2c-" + number, device);
        kernel.bus(root.resolve("dev/i2c-" + number).toString());
        return this;
    }

    void chip(int bus, int address, FakeChip chip) {
        kernel.bus(root.resolve("dev/i2c-" + bus).toString()).put(address, chip);
    }

    void unplug(int bus, int address) {
        kernel.bus(root.resolve("dev/i2c-" + bus).toString()).remove(address);
    }

    FakeLines gpioChip(int number, String label, int lines) {
        file("dev/gpiochip" + number, "");
        return kernel.gpioChip(root.resolve("dev/gpiochip" + number).toString(), label, lines);
    }

    void refuse(String path, int errno) {
        kernel.refuse(root.resolve(path).toString(), errno);
    }

    private void link(String from, String to) {
        try {
            Path link = root.resolve(from);
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, root.resolve(to));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
