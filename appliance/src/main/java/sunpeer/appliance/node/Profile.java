package sunpeer.appliance.node;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.ledger.PeerKey;

/**
 * Who this node is and what it runs on: what the owner wrote into the configuration. Immutable.
 *
 * @param controlPeriod between two polls of the controller
 * @param activeW what the board draws from the battery while it computes
 * @param gatewayKey the only gateway to trust; empty to trust the first one seen and remember it
 */
public record Profile(
        String name,
        ZoneId zone,
        EnergyMonitor.Setup energy,
        Duration controlPeriod,
        double activeW,
        Optional<PeerKey> gatewayKey) {}
