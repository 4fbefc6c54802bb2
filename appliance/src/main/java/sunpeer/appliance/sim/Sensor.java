package sunpeer.appliance.sim;

import java.time.Instant;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.simulator.SimulatedValues;

/** A controller's measuring: gain and offset on the currents, registers of 0.01 V, 0.01 A and 0.01 W. */
public record Sensor(double gain, double offsetA) {
    public static final Sensor EXACT = new Sensor(1, 0);

    public Reading read(Instant at, SimulatedValues values) {
        return new Reading(
                at,
                "simulated",
                Value.good(register(values.batteryV())),
                Value.good(register(values.batteryA() * gain + offsetA)),
                Value.good(register(values.chargeA() * gain)),
                Value.good(register(values.loadA())),
                Value.good(register(values.loadA() * values.batteryV())),
                Value.good(register(values.pvV())),
                Value.good(register(values.pvA())),
                Value.good(register(values.pvV() * values.pvA())),
                Value.good(register(values.batteryC())),
                Value.good(values.socPercent()),
                Value.good(values.pvEnergyTotalWh()),
                values.stage());
    }

    private static double register(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
