package sunpeer.appliance.energy;

/**
 * How clear a day was, by what the panel gave while the charger took all of it. Immutable.
 *
 * @param clearness energy of the panel over that of a clear sky in the same quarters of an hour, 0 to about 1.25
 * @param share of the day's clear-sky energy that those quarters stand for, 0 to 1
 */
public record DaySeen(double clearness, double share) {
    static final DaySeen NOTHING = new DaySeen(0, 0);
}
