package sunpeer.appliance.schedule;

import sunpeer.appliance.energy.Chemistry;

/**
 * Battery and board as the planner sees them. Immutable.
 *
 * @param capacityWh of the whole battery, by its label or as learned
 * @param reserve fraction of it that work never touches
 * @param disconnect fraction at which the load is cut off
 * @param chargeEfficiency of what goes in, 0 to 1
 * @param dischargeEfficiency of what comes out, 0 to 1
 * @param lossPerHour fraction of what is stored that is lost by standing
 * @param chargeLimitW most that the battery takes
 * @param restingW what the board draws without work: idle, or asleep where it may sleep
 * @param workingW what it draws at full work
 * @param sleeps whether the board goes to sleep between work; then the reserve can be kept whatever comes
 */
public record PowerSystem(
        double capacityWh,
        double reserve,
        double disconnect,
        double chargeEfficiency,
        double dischargeEfficiency,
        double lossPerHour,
        double chargeLimitW,
        double restingW,
        double workingW,
        boolean sleeps) {
    public PowerSystem {
        // Written so that NaN fails too.
        if (!(capacityWh > 0
                && disconnect >= 0
                && reserve >= disconnect
                && reserve < 1
                && chargeEfficiency > 0
                && chargeEfficiency <= 1
                && dischargeEfficiency > 0
                && dischargeEfficiency <= 1
                && lossPerHour >= 0
                && lossPerHour < 1
                && chargeLimitW > 0
                && restingW >= 0
                && workingW > restingW)) {
            throw new IllegalArgumentException("no such system: capacity " + capacityWh + " Wh, reserve " + reserve
                    + ", disconnect " + disconnect + ", draws " + restingW + " to " + workingW + " W");
        }
    }

    private static final double HOURS_PER_MONTH = 730;

    /**
     * A system by the kind of its battery: usual efficiencies, 3 to 4 % a month lost by standing.
     *
     * @param capacityWh as it is believed to be, at its temperature
     */
    public static PowerSystem of(Chemistry chemistry, double capacityWh, double reserve, BoardDraw board) {
        boolean lead = chemistry.isLead();
        return new PowerSystem(
                capacityWh,
                reserve,
                Math.min(reserve, lead ? 0.20 : 0.05),
                lead ? 0.85 : 0.97,
                lead ? 0.95 : 0.98,
                (lead ? 0.04 : 0.03) / HOURS_PER_MONTH,
                (lead ? 0.2 : 0.5) * capacityWh,
                board.restingW(),
                board.activeW(),
                board.sleeps());
    }

    /** Draw at a share of full work, W. */
    public double loadW(double duty) {
        return restingW + duty * (workingW - restingW);
    }

    /**
     * Stored energy an hour later, Wh; below zero by what was missing.
     *
     * @param fullWh what the battery holds when full at its present temperature
     */
    public double anHourLater(double storedWh, double harvestW, double loadW, double fullWh) {
        return afterChange(restedWh(storedWh), changeWh(harvestW, loadW), fullWh);
    }

    /** What standing leaves of a store within an hour. */
    double restedWh(double storedWh) {
        return storedWh * (1 - lossPerHour);
    }

    /** What an hour adds to the store or takes from it, while there is room. */
    double changeWh(double harvestW, double loadW) {
        double netW = harvestW - loadW;
        return netW < 0 ? netW / dischargeEfficiency : Math.min(netW, chargeLimitW) * chargeEfficiency;
    }

    static double afterChange(double restedWh, double changeWh, double fullWh) {
        double then = restedWh + changeWh;
        // A battery that cooled down with more in it than it now takes keeps what it has.
        return changeWh < 0 ? then : Math.min(then, Math.max(fullWh, restedWh));
    }
}
