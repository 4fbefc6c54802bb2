package sunpeer.appliance.energy;

/**
 * What a panel gave on a solar day while the controller took all there was. Immutable.
 *
 * @param clearness energy over what a clear sky would have given at the same time, 0 to about 1.3
 * @param share of the clear-sky energy of the whole day that this was, 0 to 1
 */
public record DaySeen(double clearness, double share) {}
