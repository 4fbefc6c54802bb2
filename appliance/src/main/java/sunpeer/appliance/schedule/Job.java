package sunpeer.appliance.schedule;

/**
 * A piece of work that wants to run. Immutable.
 *
 * @param name what it is, for people: {@code "forecast for 10:00"}
 * @param hours it is expected to take
 * @param energyWh what it is expected to draw above the resting board
 */
public record Job(String name, Tier tier, double hours, double energyWh) {
    /** What it brings for each watt-hour, in hours of the best work. */
    public double valuePerWh() {
        return energyWh <= 0 ? Double.MAX_VALUE : tier.valuePerHour() * hours / energyWh;
    }
}
