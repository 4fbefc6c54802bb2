package sunpeer.appliance.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.node.Profile;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.schedule.Stage;

/**
 * A place with a panel, a battery and a board: what is simulated behind one peer. Immutable.
 *
 * @param boardInput power at the board's own input, as its maker states it
 * @param startSoc true state of charge when the simulation begins, 0 to 1
 */
public record Household(
        String name, Place place, Panel panel, BatterySpec battery, BoardPower boardInput, double startSoc) {
    /** Three neighbours around Turin, 30 to 40 km apart, each with a fair system that is not full every day. */
    public static final List<Household> THREE = List.of(
            of("roof", new Place(45.07, 7.69), 40, BatterySpec.of(Chemistry.LFP, 12.8, 15), BoardPower.PI_4, 0.28),
            of("barn", new Place(45.35, 7.42), 45, BatterySpec.of(Chemistry.LFP, 12.8, 20), BoardPower.PI_4, 0.30),
            of(
                    "mill",
                    new Place(44.80, 7.35),
                    16,
                    BatterySpec.of(Chemistry.LEAD_ACID, 12, 14),
                    BoardPower.ZERO_2_W,
                    0.47));

    private static Household of(
            String name, Place place, double panelW, BatterySpec battery, BoardPower board, double startSoc) {
        return new Household(name, place, Panel.facingEquator(place, panelW).known(), battery, board, startSoc);
    }

    /** What the board draws from the battery; nobody has given it a clock that wakes it. */
    public BoardDraw draw() {
        return boardInput.draw();
    }

    public double reserve() {
        return battery.chemistry().usualReserve();
    }

    /** What this household's node is told of itself. */
    public Profile profile(ZoneId zone, Duration controlPeriod, Optional<PeerKey> gatewayKey) {
        var setup = new EnergyMonitor.Setup(
                place, panel, battery, draw().idleW(), reserve(), false, controlPeriod.multipliedBy(6));
        return new Profile(name, zone, setup, controlPeriod, draw(), gatewayKey, Stage.AWAKE);
    }

    public SolarSystem system(Climate climate, Instant start) {
        return new SolarSystem(SolarSystem.Setup.usual(panel, battery), climate.site(place), start, startSoc);
    }
}
