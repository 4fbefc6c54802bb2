package sunpeer.appliance.node;

import java.time.Instant;

/**
 * One line of what a node tells people: the log, the demo's terminal and the page print this very text. Immutable.
 *
 * @param text one sentence without a full stop
 */
public record Story(Instant at, Kind kind, String text) {
    public enum Kind {
        START,
        BATTERY,
        CONTROLLER,
        WAIT,
        DONE,
        MARKET,
        REWARD,
        LINK,
        /** What hangs on the computer's own header. */
        BOARD,
        /** Something that needs a person. */
        ALARM
    }
}
