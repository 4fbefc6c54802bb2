package sunpeer.drivers.board;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;

/**
 * A line that switches something. The line is taken at the first {@link #set} and shows that level from the start; it is
 * switched off at {@link #close}. After that, and while the board boots, the line floats: what hangs on it must be off
 * then by its own resistor. Confined to one thread.
 */
public final class Output implements AutoCloseable {
    private final Buses buses;
    private final GpioLine line;
    private final boolean activeLow;
    private @Nullable DigitalOutput taken;

    Output(Buses buses, GpioLine line, boolean activeLow) {
        this.buses = buses;
        this.line = line;
        this.activeLow = activeLow;
    }

    /** Switches; a fault when the line is missing, held by somebody else or another than meant. */
    public Optional<Fault> set(boolean on) {
        boolean high = on != activeLow;
        try {
            if (taken == null) {
                taken = buses.output(line, high, activeLow);
            }
            switchTo(taken, high);
            return Optional.empty();
        } catch (Unreadable unreadable) {
            return Optional.of(unreadable.fault());
        }
    }

    private void switchTo(DigitalOutput output, boolean high) throws Unreadable {
        try {
            output.state(DigitalState.getState(high));
        } catch (RuntimeException failed) {
            release();
            throw Unreadable.of(failed, line.describe(), "gpio");
        }
    }

    public String describe() {
        return line.describe();
    }

    @Override
    public void close() {
        release();
    }

    private void release() {
        if (taken != null) {
            taken.close();
            taken = null;
        }
    }
}
