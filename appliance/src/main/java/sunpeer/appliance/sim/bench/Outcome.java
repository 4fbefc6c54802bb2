package sunpeer.appliance.sim.bench;

/**
 * What a year came to. Immutable.
 *
 * @param darkHours without power
 * @param reserveHours that ended below the reserve
 * @param lowestSoc lowest state of charge, 0 to 1
 * @param starts of work after rest
 */
record Outcome(double value, double darkHours, int reserveHours, double lowestSoc, int starts) {}
