package sunpeer.drivers.board;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault.Kind;

/**
 * Opens chips and lines through Pi4J with providers of our own. Pi4J looks at the board with a handful of child processes
 * when its context begins, so that happens when the first chip or line is opened and not before. Thread-safe.
 */
final class Buses implements AutoCloseable {
    private final Sysfs sysfs;
    private final Kernel kernel;
    private @Nullable Context context;

    Buses(Path root, Kernel kernel) {
        this.sysfs = new Sysfs(root);
        this.kernel = kernel;
    }

    Sysfs sysfs() {
        return sysfs;
    }

    I2cChip chip(int bus, int address, String where) throws Unreadable {
        try {
            I2C i2c = context()
                    .create(I2C.newConfigBuilder(context())
                            .id("i2c-" + bus + "-" + address)
                            .bus(bus)
                            .device(address)
                            .build());
            return new I2cChip(kernel, i2c, where);
        } catch (RuntimeException failed) {
            throw Unreadable.of(failed, where, "i2c");
        }
    }

    /** @param offHigh the level at which what hangs on the line is off: the last one that it shows */
    DigitalOutput output(GpioLine line, boolean high, boolean offHigh) throws Unreadable {
        int chip = free(line);
        try {
            return context()
                    .create(DigitalOutput.newConfigBuilder(context())
                            .id("output-" + line.describe())
                            .bcm(line.offset())
                            .initial(DigitalState.getState(high))
                            .shutdown(DigitalState.getState(offHigh))
                            .bus(chip)
                            .build());
        } catch (RuntimeException failed) {
            throw Unreadable.of(failed, line.describe(), "gpio");
        }
    }

    DigitalInput input(GpioLine line, PullResistance pull) throws Unreadable {
        int chip = free(line);
        try {
            return context()
                    .create(DigitalInput.newConfigBuilder(context())
                            .id("input-" + line.describe())
                            .bcm(line.offset())
                            .pull(pull)
                            .bus(chip)
                            .build());
        } catch (RuntimeException failed) {
            throw Unreadable.of(failed, line.describe(), "gpio");
        }
    }

    /** The number of the line's chip today, when the line is the one that is meant and nobody holds it. */
    private int free(GpioLine line) throws Unreadable {
        List<String> labels = new ArrayList<>();
        for (Map.Entry<Integer, Path> entry :
                sysfs.numbered(sysfs.path("dev"), "gpiochip").entrySet()) {
            Path file = entry.getValue();
            int fd = kernel.open(file.toString());
            if (fd < 0) {
                throw Unreadable.of(-fd, file.toString(), "gpio");
            }
            try {
                String label = Gpio.chipLabel(kernel, fd);
                labels.add(label);
                if (label.equals(line.chipLabel())) {
                    check(line, Gpio.lineState(kernel, fd, line.offset()));
                    return entry.getKey();
                }
            } catch (KernelFailure failed) {
                throw Unreadable.of(failed, line.describe(), "gpio");
            } finally {
                kernel.close(fd);
            }
        }
        throw new Unreadable(
                Kind.PORT_MISSING,
                "no GPIO chip is called " + line.chipLabel() + ": there are "
                        + (labels.isEmpty() ? "none in " + sysfs.path("dev") : String.join(", ", labels)));
    }

    private static void check(GpioLine line, Gpio.LineState state) throws Unreadable {
        if (!line.name().isEmpty() && !state.name().isEmpty() && !line.name().equals(state.name())) {
            throw new Unreadable(
                    Kind.IMPLAUSIBLE,
                    line.describe() + " is called " + state.name()
                            + " by this kernel: the table of pins does not fit it," + " nothing is switched");
        }
        if (!state.consumer().isEmpty()) {
            throw new Unreadable(
                    Kind.PORT_BUSY,
                    line.describe() + " is used by \"" + state.consumer() + "\": choose another pin or free this one");
        }
    }

    private synchronized Context context() {
        if (context == null) {
            Path dev = sysfs.path("dev");
            context = Pi4J.newContextBuilder()
                    .noAutoDetect()
                    .disableShutdownHook()
                    .add(new I2cProvider(kernel, dev), new OutputProvider(kernel, dev), new InputProvider(kernel, dev))
                    .build();
        }
        return context;
    }

    @Override
    public synchronized void close() {
        if (context != null) {
            context.shutdown();
            context = null;
        }
    }
}
