package sunpeer.appliance.sim;

import sunpeer.appliance.schedule.BoardDraw;

/**
 * What a board draws at its 5 V input. Immutable.
 *
 * @param idleW system up, nothing to do
 * @param activeW inference running
 * @param sleepW powered down, waiting for the alarm of the clock
 */
public record BoardPower(double idleW, double activeW, double sleepW) {
    // Idle of Zero 2 W and Pi 4 by published meters; active of Pi 5 and Orin Nano are engineering values.
    public static final BoardPower ZERO_2_W = new BoardPower(0.6, 2.2, 0.25);
    public static final BoardPower PI_4 = new BoardPower(2.7, 6.0, 0.25);
    public static final BoardPower PI_5 = new BoardPower(3.0, 8.0, 0.25);
    public static final BoardPower ORIN_NANO = new BoardPower(4.5, 12.0, 0.25);

    /** A fair step-down converter from battery voltage to 5 V. */
    private static final double CONVERTER_EFFICIENCY = 0.90;

    /** Draw from the battery side for {@code boardW} at the board. */
    public static double atBatteryW(double boardW) {
        return boardW / CONVERTER_EFFICIENCY;
    }

    /** What a board that never sleeps draws from the battery. */
    public BoardDraw draw() {
        return new BoardDraw(atBatteryW(idleW), atBatteryW(activeW), atBatteryW(sleepW), false);
    }
}
