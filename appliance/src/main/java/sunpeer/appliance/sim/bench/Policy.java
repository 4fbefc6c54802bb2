package sunpeer.appliance.sim.bench;

/** Decides how much of an hour is worked, from what a node can know. */
interface Policy {
    /** @return share of the hour at full work, 0 to 1 */
    double duty(int hour, double storedWh);

    /**
     * What the panel could have given, known afterwards.
     *
     * @param harvest of a panel of one watt, W
     * @param curtailed whether the battery was full, so that a real node would not know the harvest
     */
    default void observe(int hour, double harvest, boolean curtailed) {}
}
