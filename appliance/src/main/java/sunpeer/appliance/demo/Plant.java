package sunpeer.appliance.demo;

import java.time.InstantSource;
import java.util.function.Supplier;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.EnergyTotals;
import sunpeer.appliance.sim.Household;
import sunpeer.appliance.sim.SolarSystem;
import sunpeer.drivers.simulator.SimulatedValues;

/**
 * The simulated sun, battery and copper of one household, moved on whenever its controller is asked.
 *
 * <p>Thread-safe: the wire's thread asks, the demo's thread sets the load.
 */
final class Plant implements Supplier<SimulatedValues> {
    private final InstantSource clock;
    private final SolarSystem system;
    private double loadW;

    Plant(Household household, Climate climate, InstantSource clock) {
        this.clock = clock;
        this.system = household.system(climate, clock.instant());
        this.loadW = household.draw().idleW();
    }

    /** What the board draws from now on. */
    synchronized void load(double watts) {
        system.advance(clock.instant(), loadW);
        loadW = watts;
    }

    @Override
    public synchronized SimulatedValues get() {
        system.advance(clock.instant(), loadW);
        return system.values();
    }

    synchronized EnergyTotals totals() {
        return system.truth().energy();
    }

    synchronized double soc() {
        return system.truth().soc();
    }
}
