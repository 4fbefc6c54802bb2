package sunpeer.drivers.board;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.PullResistance;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;

/** A line that is looked at, wired to ground through a contact: closed reads as on. Confined to one thread. */
public final class Input implements AutoCloseable {
    /** What a look at the line gave. */
    public sealed interface Level {
        record Is(boolean on) implements Level {}

        record Failed(Fault fault) implements Level {}
    }

    private final Buses buses;
    private final GpioLine line;
    private @Nullable DigitalInput taken;

    Input(Buses buses, GpioLine line) {
        this.buses = buses;
        this.line = line;
    }

    /** The level now, without any debouncing. */
    public Level read() {
        try {
            if (taken == null) {
                taken = buses.input(line, PullResistance.PULL_UP);
            }
            return new Level.Is(isLow(taken));
        } catch (Unreadable unreadable) {
            return new Level.Failed(unreadable.fault());
        }
    }

    private boolean isLow(DigitalInput input) throws Unreadable {
        try {
            return input.state().isLow();
        } catch (RuntimeException failed) {
            close();
            throw Unreadable.of(failed, line.describe(), "gpio");
        }
    }

    public String describe() {
        return line.describe();
    }

    @Override
    public void close() {
        if (taken != null) {
            taken.close();
            taken = null;
        }
    }
}
