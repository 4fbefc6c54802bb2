package sunpeer.drivers.board;

import sunpeer.drivers.Value;

/**
 * When a fan runs. Pure.
 *
 * @param onC it starts at this temperature
 * @param offC it stops at this one, lower by enough that it does not start again at once
 */
public record Thermostat(double onC, double offC) {
    private static final double HYSTERESIS_C_MIN = 2;

    public Thermostat {
        if (!(onC - offC >= HYSTERESIS_C_MIN)) {
            throw new IllegalArgumentException("a fan that starts at " + onC + " °C must stop at least "
                    + HYSTERESIS_C_MIN + " °C lower, not at " + offC);
        }
    }

    /** Whether the fan runs next; without a temperature to trust it does. */
    public boolean next(boolean running, Value celsius) {
        return !celsius.isGood() || celsius.number() >= onC || (running && celsius.number() > offC);
    }
}
