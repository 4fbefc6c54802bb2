package sunpeer.drivers.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Whether a load output may be switched now. */
sealed interface LoadDecision {
    /** It is so already; nothing is to be written. */
    record Already() implements LoadDecision {}

    record Write() implements LoadDecision {}

    /** @param reason one line that says what to do */
    record Refused(String reason) implements LoadDecision {}

    Duration INTERVAL_MIN = Duration.ofSeconds(60);
    int A_DAY_MAX = 24;
    Duration DAY = Duration.ofDays(1);

    /** Pure: the same arguments give the same decision. */
    static LoadDecision of(
            boolean wantOn, LoadState state, LoadRules rules, LoadFamily family, Past past, Instant now) {
        if (!rules.allowed()) {
            return new Refused("switching the load is not allowed: set load_switch = true under [controller]");
        }
        if (state.is(wantOn)) {
            return new Already();
        }
        if (!wantOn && rules.nodeOnLoad()) {
            return new Refused(
                    "this node or its adapter hangs on this load output ([board] supply): it would cut itself"
                            + " off and nobody could switch it on again");
        }
        if (!state.manual()) {
            return new Refused("the controller's load is not in manual mode, so it ignores commands: set it to "
                    + family.manualMode() + " on the controller first");
        }
        // Two owners of an EPEVER lost its RS-485 until the morning, because it went out with the load.
        if (!wantOn && state.pvV() < family.offPvMinV()) {
            return new Refused(String.format(
                    Locale.ROOT,
                    "the panel is at %.1f V: below %.0f V this controller may fall silent with its load off until the sun"
                            + " is back",
                    state.pvV(),
                    family.offPvMinV()));
        }
        return rate(past, now);
    }

    private static LoadDecision rate(Past past, Instant now) {
        // A time that is still to come was written before the clock was set back; it counts as now.
        long today = past.times().stream()
                .filter(time -> time.isAfter(now.minus(DAY)))
                .count();
        if (today >= A_DAY_MAX) {
            return new Refused("it was switched " + today + " times in 24 hours, and that is the most");
        }
        boolean justNow = past.times().stream().anyMatch(time -> time.isAfter(now.minus(INTERVAL_MIN)));
        return justNow
                ? new Refused("it was switched less than " + INTERVAL_MIN.toSeconds() + " s ago: wait")
                : new Write();
    }
}
