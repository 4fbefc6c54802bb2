package sunpeer.appliance.energy;

/** What is wrong with battery or panel, or with what is known of them; the gravest first. */
public enum Concern {
    /** The controller charges a lithium battery below 0 °C. */
    CHARGED_IN_FROST,
    /** A lithium battery below 0 °C, which must not be charged. */
    FROST,
    /** The panel has given next to nothing for days. */
    PANEL_DARK,
    /** The current sensor stands still. */
    CURRENT_STUCK,
    /** Charge went unseen: an outage, or a clock that jumped. */
    UNSEEN,
    /** The battery holds something else than its label says. */
    CAPACITY;

    /** Whether somebody has to come. */
    public boolean isAlarm() {
        return this == CHARGED_IN_FROST;
    }
}
