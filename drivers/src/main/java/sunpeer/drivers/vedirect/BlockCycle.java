package sunpeer.drivers.vedirect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which blocks a device sends in turn: an MPPT has one, a battery monitor two. A read is over when all of them were heard.
 * Confined to the thread that reads the line.
 */
final class BlockCycle {
    /** No device is known with more than two; one whose labels come and go has no cycle. */
    private static final int KINDS_MAX = 4;

    /** A kind that was not heard among so many blocks does not come any more. */
    private static final int FORGET_AFTER = 8;

    private final Map<Set<String>, Long> lastHeard = new HashMap<>();
    private long count;
    /** Whether a kind has come a second time, so that the number of kinds is known. */
    private boolean round;

    /** How many blocks were heard so far: a mark for {@link #completeSince}. */
    long mark() {
        return count;
    }

    void heard(Set<String> labels) {
        count++;
        round |= lastHeard.put(Set.copyOf(labels), count) != null;
        lastHeard.values().removeIf(at -> at <= count - FORGET_AFTER);
        if (lastHeard.size() > KINDS_MAX) {
            lastHeard.clear();
            lastHeard.put(Set.copyOf(labels), count);
            round = true;
        }
    }

    boolean completeSince(long mark) {
        return round && lastHeard.values().stream().allMatch(at -> at > mark);
    }
}
