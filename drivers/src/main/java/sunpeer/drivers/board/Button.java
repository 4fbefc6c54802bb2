package sunpeer.drivers.board;

import java.util.Optional;

/**
 * A button that bounces, from looks at its line every 5 to 20 ms. A button that is held down when the program begins, or
 * whose wire is shorted, presses nothing. Confined to one thread.
 */
public final class Button {
    /** Contacts come to rest within 10 ms, cheap ones within 30. */
    public static final int STABLE_MILLIS = 30;

    public static final int LONG_MILLIS = 3000;

    public enum Press {
        /** Let go before {@link #LONG_MILLIS}. */
        SHORT,
        /** Still held after {@link #LONG_MILLIS}; told once, and letting go tells nothing more. */
        LONG
    }

    private boolean seen = true;
    private long seenSince;
    private boolean down = true;
    private long downSince;
    private boolean told = true;
    private boolean begun;

    /**
     * One look.
     *
     * @param closed whether the contact is closed now
     * @param millis time since any fixed moment; must not go back
     */
    public Optional<Press> look(boolean closed, long millis) {
        if (!begun || closed != seen) {
            begun = true;
            seen = closed;
            seenSince = millis;
        }
        boolean settled = millis - seenSince >= STABLE_MILLIS;
        if (settled && seen != down) {
            down = seen;
            if (down) {
                downSince = seenSince;
                told = false;
            } else if (!told) {
                told = true;
                return Optional.of(Press.SHORT);
            }
        }
        if (down && !told && millis - downSince >= LONG_MILLIS) {
            told = true;
            return Optional.of(Press.LONG);
        }
        return Optional.empty();
    }
}
