package sunpeer.appliance.store;

/** How much the file may hold of what nobody needs forever. The log itself has no limit: peers verify it from its beginning. */
final class StoreLimits {
    /** 400 days of a row each 15 minutes: a year for training, and a month to compare it with the year before. About 6 MB. */
    static final int READINGS_MAX = 400 * 96;

    /** Three years of 40 own entries a day. Older ones prove what the log has long been checked for. */
    static final int RECEIPTS_MAX = 3 * 365 * 40;

    /** Old rows go in lumps, once in so many new ones: a row each time would rewrite the oldest page with every commit. */
    static final int PRUNE_EVERY = 96;

    private StoreLimits() {}
}
