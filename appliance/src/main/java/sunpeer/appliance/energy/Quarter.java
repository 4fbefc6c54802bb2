package sunpeer.appliance.energy;

/**
 * A quarter of an hour as it was seen, and where the sun stood in its middle. Immutable.
 *
 * @param hour of the solar day, 0 to 23; see {@link PanelModel#hour}
 * @param airC usual for the season and hour
 * @param clearGhiWm2 what the horizontal gets under a clear sky
 * @param solarDay epoch day of the place's own solar time
 */
record Quarter(ClearSkyState.Bin bin, SunPosition position, int hour, double airC, double clearGhiWm2, long solarDay) {
    Quarter with(ClearSkyState.Bin newer) {
        return new Quarter(newer, position, hour, airC, clearGhiWm2, solarDay);
    }
}
