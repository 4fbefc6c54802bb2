package sunpeer.drivers;

/** How far a measured value may be trusted. */
public enum Quality {
    /** Read in this poll and plausible. */
    GOOD,
    /** Read in this poll, but implausible by range or against another value: show it, decide nothing on it. */
    SUSPECT,
    /** Read in an earlier poll, not in this one. */
    STALE,
    /** The device does not offer it, or marks it as not available. */
    ABSENT
}
