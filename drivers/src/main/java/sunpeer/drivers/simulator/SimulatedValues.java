package sunpeer.drivers.simulator;

import sunpeer.drivers.ChargeStage;

/**
 * What the simulated copper carries at one moment; a simulated controller turns it into registers or text.
 *
 * <p>Immutable. Signs as in {@link sunpeer.drivers.Reading}: {@code batteryA} is net and positive while charging.
 *
 * @param socPercent what the controller shows as its own estimate, 0 to 100
 * @param pvEnergyTotalWh lifetime yield
 */
public record SimulatedValues(
        double batteryV,
        double batteryA,
        double chargeA,
        double loadA,
        double pvV,
        double pvA,
        double batteryC,
        double socPercent,
        double pvEnergyTotalWh,
        ChargeStage stage) {
    /** The same moment with the load output switched off: what it drew flows into the battery. */
    SimulatedValues withoutLoad() {
        return new SimulatedValues(
                batteryV, batteryA + loadA, chargeA, 0, pvV, pvA, batteryC, socPercent, pvEnergyTotalWh, stage);
    }
}
