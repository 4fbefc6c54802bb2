package sunpeer.appliance.sim.year;

import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.sim.Sky;

/**
 * A node to be simulated: the sky above it, what it was built of. Immutable.
 *
 * @param reserve fraction of the battery that work never touches
 * @param board what it draws from the battery
 */
public record Plant(Sky sky, Panel panel, BatterySpec battery, double reserve, BoardDraw board) {
    public Plant {
        // A node that is planned on paper knows how its panel is mounted.
        panel = panel.known();
    }

    public Plant withPanelW(double watts) {
        return new Plant(sky, new Panel(watts, panel.tiltDeg(), panel.azimuthDeg()), battery, reserve, board);
    }

    public Plant withCapacityAh(double ampereHours) {
        BatterySpec other =
                new BatterySpec(battery.chemistry(), battery.nominalV(), ampereHours, battery.absorptionV());
        return new Plant(sky, panel, other, reserve, board);
    }
}
