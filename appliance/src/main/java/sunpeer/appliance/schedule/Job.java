package sunpeer.appliance.schedule;

/**
 * A piece of work that wants to run. Immutable.
 *
 * @param name what it is, for people: {@code "forecast for 10:00"}
 * @param energyWh what it is expected to draw above the idle board
 */
public record Job(String name, Tier tier, double energyWh) {}
