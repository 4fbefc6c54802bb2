package sunpeer.appliance.schedule;

import java.util.Locale;

/** How much of itself a node has put to rest, from nothing to all; each stage contains those before it. */
public enum Stage {
    AWAKE,
    /** No job begins; forecasts are answered without the model. */
    INFERENCE_OFF,
    /** The controller is polled every few minutes. */
    SLOW_POLLING,
    /** The broker is only connected some minutes in an hour. */
    RADIO_WINDOWS,
    /** The board is off or suspended until the alarm of its clock. */
    ASLEEP;

    boolean isDeeperThan(Stage other) {
        return compareTo(other) > 0;
    }

    Stage atMost(Stage deepest) {
        return isDeeperThan(deepest) ? deepest : this;
    }

    /** As it stands in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
