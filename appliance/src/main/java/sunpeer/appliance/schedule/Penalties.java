package sunpeer.appliance.schedule;

/**
 * What the planner takes for a lost hour and for an hour below the reserve, in hours of the best work. A board that sleeps can
 * keep its reserve, so breaking it costs much; one that cannot has winters in which it must be broken. Immutable.
 */
record Penalties(PowerSystem system, double darkHour, double reserveHour) {
    private static final double DARK = 60;
    private static final double RESERVE = 6;
    private static final double DARK_IF_SLEEPS = 300;
    private static final double RESERVE_IF_SLEEPS = 60;

    /** A board that sleeps keeps its reserve through so long without any light: snow on the panel, or a broken wire. */
    private static final double DARK_HOURS = 72;

    static Penalties of(PowerSystem system) {
        return system.sleeps()
                ? new Penalties(system, DARK_IF_SLEEPS, RESERVE_IF_SLEEPS)
                : new Penalties(system, DARK, RESERVE);
    }

    /** Whether no work may draw the store down there. */
    boolean forbids(double storedWh) {
        return storedWh < leastWh();
    }

    /** What must be in store after any work. */
    double leastWh() {
        double darkWh = system.sleeps() ? DARK_HOURS * system.restingW() / system.dischargeEfficiency() : 0;
        return system.reserve() * system.capacityWh() + darkWh;
    }

    /** For an hour that ends with so much in store, below zero by what was missing. */
    double of(double storedWh, double loadW) {
        double penalty = storedWh < system.reserve() * system.capacityWh() ? reserveHour : 0;
        double missing = system.disconnect() * system.capacityWh() - storedWh;
        if (missing > 0) {
            penalty += darkHour * Math.min(1, missing * system.dischargeEfficiency() / loadW);
        }
        return penalty;
    }
}
