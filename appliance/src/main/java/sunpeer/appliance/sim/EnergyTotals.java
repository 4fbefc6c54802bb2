package sunpeer.appliance.sim;

/**
 * Where the energy went since the start, Wh. Immutable.
 *
 * @param pvWh taken from the panel
 * @param curtailedWh that the panel could have given and nobody could take
 * @param converterLossWh lost between panel and battery
 * @param controllerWh what the charge controller itself lived on
 * @param loadWh delivered to the load
 * @param chargedWh into the terminals of the battery
 * @param dischargedWh out of them
 * @param batteryLossWh become heat or gas inside
 * @param storedWh in the battery now, not since the start
 */
public record EnergyTotals(
        double pvWh,
        double curtailedWh,
        double converterLossWh,
        double controllerWh,
        double loadWh,
        double chargedWh,
        double dischargedWh,
        double batteryLossWh,
        double storedWh) {}
