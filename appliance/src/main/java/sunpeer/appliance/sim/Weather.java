package sunpeer.appliance.sim;

/**
 * The weather of a region in a few numbers. Immutable.
 *
 * @param mean of the daily clear-sky index
 * @param sd of the daily clear-sky index
 * @param lag1 its correlation from one day to the next
 * @param windMps speed at which weather moves over the region
 * @param windFromDeg where it comes from, clockwise from north
 * @param airMeanC mean of the year
 * @param airSeasonC half the difference between the warmest and the coldest month
 * @param airDayC half the difference between afternoon and dawn under a clear sky
 */
public record Weather(
        double mean,
        double sd,
        double lag1,
        double windMps,
        double windFromDeg,
        double airMeanC,
        double airSeasonC,
        double airDayC) {
    // Clearness as measured over years of irradiance at the places named; winds and temperatures are round values.
    /** As Lyngby, Denmark. */
    public static final Weather BALTIC = new Weather(0.46, 0.32, 0.42, 10, 260, 9, 9, 4);
    /** As Turin. */
    public static final Weather TEMPERATE = new Weather(0.68, 0.31, 0.47, 8, 250, 13, 11, 5);
    /** As Golden, Colorado. */
    public static final Weather CONTINENTAL = new Weather(0.81, 0.27, 0.17, 11, 280, 10, 12, 7);
    /** As Hyderabad. */
    public static final Weather MONSOON = new Weather(0.75, 0.20, 0.81, 6, 240, 27, 5, 5);
    /** As Phoenix. */
    public static final Weather DESERT = new Weather(0.88, 0.17, 0.21, 7, 250, 23, 11, 7);

    public Weather {
        boolean clearness = mean > 0.1 && mean < 1 && sd > 0.01 && sd < 0.45 && lag1 >= 0 && lag1 <= 0.95;
        if (!clearness || !(windMps >= 1 && windMps < 60) || !Double.isFinite(windFromDeg + airMeanC)) {
            throw new IllegalArgumentException("no such weather: " + mean + " " + sd + " " + lag1 + " " + windMps);
        }
    }
}
