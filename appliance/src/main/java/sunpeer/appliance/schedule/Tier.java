package sunpeer.appliance.schedule;

/** How much stored energy a kind of work may touch. */
public enum Tier {
    /** Down to the reserve: what peers wait for. */
    ESSENTIAL,
    /** Down to the reserve and what the coming night takes. */
    STANDARD,
    /** Only what is left above that with a margin, or what a full battery would refuse. */
    BACKFILL
}
