package sunpeer.drivers.control;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A load output as the controller tells it. Immutable.
 *
 * @param on what its command and its status agree on; see {@link #agreed}
 * @param agreed whether command and status say the same
 * @param manual whether it obeys a command at all, and not the dusk or a timer
 * @param loadV volts at the output
 * @param pvV volts of the panel
 * @param disconnectV where the controller itself cuts the output off; empty when it does not tell
 */
public record LoadState(
        boolean on, boolean agreed, boolean manual, double loadV, double pvV, OptionalDouble disconnectV) {
    /** Between an output that carries a battery's voltage and one that is off, with what a capacitor holds. */
    private static final double LIVE_V = 5;

    /** Whether it is switched so in every respect, the voltage included. */
    boolean is(boolean wanted) {
        return agreed && on == wanted && (loadV >= LIVE_V) == wanted;
    }

    /** For people, one line. */
    public String text() {
        String disconnect = disconnectV.isPresent()
                ? String.format(Locale.ROOT, ", low-voltage disconnect at %.2f V", disconnectV.getAsDouble())
                : "";
        return String.format(
                Locale.ROOT,
                "%s, %.2f V at the output, %s%s, panel at %.2f V",
                agreed ? (on ? "on" : "off") : "in between (command and status differ)",
                loadV,
                manual ? "manual mode" : "not in manual mode",
                disconnect,
                pvV);
    }
}
