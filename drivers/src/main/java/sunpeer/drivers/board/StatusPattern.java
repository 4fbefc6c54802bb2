package sunpeer.drivers.board;

import java.util.Arrays;

/**
 * What the status light says. It is dark most of the time: a lit LED at 10 mW costs a quarter of a watt-hour a day.
 *
 * <table>
 * <caption>Patterns</caption>
 * <tr><th>pattern</th><th>what one sees</th><th>what it says</th></tr>
 * <tr><td>{@link #OFF}</td><td>dark</td><td>the program does not run</td></tr>
 * <tr><td>{@link #RUNNING}</td><td>two short flashes every two seconds, like a heart</td><td>a job runs</td></tr>
 * <tr><td>{@link #WAITING_FOR_SUN}</td><td>one short flash every four seconds</td><td>all is well, the battery is saved</td></tr>
 * <tr><td>{@link #FAULT}</td><td>on and off, twice a second</td><td>somebody should look at the log</td></tr>
 * </table>
 */
public enum StatusPattern {
    OFF(1000),
    RUNNING(2000),
    WAITING_FOR_SUN(4000),
    FAULT(500);

    private final int periodMillis;

    StatusPattern(int periodMillis) {
        this.periodMillis = periodMillis;
    }

    /** Begin and end of each flash in the period. */
    private int[] edgesMillis() {
        return switch (this) {
            case OFF -> new int[0];
            case RUNNING -> new int[] {0, 80, 240, 320};
            case WAITING_FOR_SUN -> new int[] {0, 80};
            case FAULT -> new int[] {0, 250};
        };
    }

    /** @param millis time since any fixed moment, not negative */
    public boolean isLitAt(long millis) {
        long phase = millis % periodMillis;
        return Arrays.stream(edgesMillis()).filter(edge -> edge <= phase).count() % 2 == 1;
    }

    /** How long the light stays as it is, so that its thread can sleep until then; at least 1 ms. */
    public long millisToChange(long millis) {
        long phase = millis % periodMillis;
        for (int edge : edgesMillis()) {
            if (edge > phase) {
                return edge - phase;
            }
        }
        return periodMillis - phase;
    }
}
