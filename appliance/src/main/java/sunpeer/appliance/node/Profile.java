package sunpeer.appliance.node;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.schedule.Stage;

/**
 * Who this node is and what it runs on: what the owner wrote into the configuration. Immutable.
 *
 * @param controlPeriod between two polls of the controller
 * @param gatewayKey the only gateway to trust; empty to trust the first one seen and remember it
 * @param deepest how far it may rest to save energy
 */
public record Profile(
        String name,
        ZoneId zone,
        EnergyMonitor.Setup energy,
        Duration controlPeriod,
        BoardDraw board,
        Optional<PeerKey> gatewayKey,
        Stage deepest) {
    /** The same node, if it may rest so far. */
    public Profile resting(Stage other) {
        BoardDraw draw = board.sleeping(other == Stage.ASLEEP);
        return new Profile(name, zone, energy, controlPeriod, draw, gatewayKey, other);
    }
}
