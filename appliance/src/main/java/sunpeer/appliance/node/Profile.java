package sunpeer.appliance.node;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.schedule.BoardDraw;

/**
 * Who this node is and what it runs on: what the owner wrote into the configuration. Immutable.
 *
 * @param controlPeriod between two polls of the controller
 * @param gatewayKey the only gateway to trust; empty to trust the first one seen and remember it
 */
public record Profile(
        String name,
        ZoneId zone,
        EnergyMonitor.Setup energy,
        Duration controlPeriod,
        BoardDraw board,
        Optional<PeerKey> gatewayKey) {}
