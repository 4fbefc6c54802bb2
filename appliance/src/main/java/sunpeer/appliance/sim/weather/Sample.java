package sunpeer.appliance.sim.weather;

/**
 * One step of weather as it stands in a file. Immutable.
 *
 * @param where its line, or its place in a JSON array, for messages
 * @param beginS its beginning in seconds since 1970, by the clock of the file
 * @param ghi W/m²
 * @param dni W/m²; NaN where the file has none
 * @param dhi W/m²; NaN where the file has none
 */
record Sample(Where where, long beginS, double ghi, double dni, double dhi, double airC) {
    Sample beginningAt(long otherS) {
        return new Sample(where, otherS, ghi, dni, dhi, airC);
    }
}
