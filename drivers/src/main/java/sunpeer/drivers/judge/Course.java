package sunpeer.drivers.judge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One measured quantity over time: what was last believed, and what was seen since and could not follow it. Confined. */
final class Course {
    /** Seen all that time without a contradiction in itself: another device, or new settings, and the past is no measure. */
    private static final Duration NEW_WORLD = Duration.ofMinutes(15);

    /** What is possible for a quantity. Stateless. */
    interface Limits {
        /** Whether {@code after} may come {@code seconds} after {@code before}. */
        boolean follows(double before, double after, double seconds);

        /** Whether {@code after}, which does not follow, is believed as soon as it was seen twice. */
        boolean secondSampleSuffices(double before, double after);
    }

    private record Sample(double number, Instant at) {}

    private final Limits limits;
    private @Nullable Sample believed;
    private @Nullable Sample doubted;
    private @Nullable Instant doubtedSince;

    Course(Limits limits) {
        this.limits = limits;
    }

    /** Whether the next sample is to be believed. */
    boolean believes(double number, Instant at) {
        Sample sample = new Sample(number, at);
        if (believed == null || follows(believed, sample)) {
            believe(sample);
            return true;
        }
        if (doubted == null || doubtedSince == null || !follows(doubted, sample)) {
            doubtedSince = at;
        } else if (doubtedSince.isAfter(at)) {
            doubtedSince = at; // the clock was set back
        } else if (limits.secondSampleSuffices(believed.number(), number)
                || Duration.between(doubtedSince, at).compareTo(NEW_WORLD) >= 0) {
            believe(sample);
            return true;
        }
        doubted = sample;
        return false;
    }

    private void believe(Sample sample) {
        believed = sample;
        doubted = null;
        doubtedSince = null;
    }

    private boolean follows(Sample before, Sample after) {
        // A clock that was set back is no time at all.
        double seconds = Math.max(0, Duration.between(before.at(), after.at()).toMillis() / 1000.0);
        return limits.follows(before.number(), after.number(), seconds);
    }
}
