package sunpeer.appliance.energy;

import java.time.LocalDate;

/**
 * What somebody says of a day's sun: a weather service, a neighbour, the market. Immutable.
 *
 * @param source who says so; its errors are counted under this name
 * @param day by the date at the place
 * @param amount what is expected, by {@link Kind}
 */
public record ToldForecast(String source, LocalDate day, Kind kind, double amount) {
    public static final int SOURCE_LENGTH_MAX = 32;
    /** More than any panel that feeds a board gives in a day. */
    private static final double AMOUNT_MAX = 1e6;

    public enum Kind {
        /** Share of a clear day's sun. */
        CLEARNESS,
        /** Energy of this panel in the day, Wh. */
        PANEL_WH,
        /** Sun on the horizontal in the day, Wh/m². */
        HORIZONTAL_WH_M2
    }

    public ToldForecast {
        if (source.isBlank() || source.length() > SOURCE_LENGTH_MAX) {
            throw new IllegalArgumentException("the source of a forecast has 1 to 32 characters");
        }
        if (!(amount >= 0 && amount <= AMOUNT_MAX)) {
            throw new IllegalArgumentException("no forecast of a day's sun: " + amount);
        }
    }
}
