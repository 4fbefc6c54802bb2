package sunpeer.appliance.energy;

/**
 * A quarter of an hour as it was seen, and where the sun stood in its middle. Immutable.
 *
 * @param solarDay epoch day of the place's own solar time
 */
record Quarter(ClearSkyState.Bin bin, SunPosition position, long solarDay) {
    boolean tellsTheSky() {
        return bin.tellsTheSky();
    }
}
