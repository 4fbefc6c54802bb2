package sunpeer.appliance.node;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.schedule.Stage;

/**
 * Who this node is and what it runs on: what the owner wrote into the configuration. Immutable.
 *
 * @param controlPeriod between two polls of the controller
 * @param activeW what the board draws from the battery while it computes
 * @param gatewayKey the only gateway to trust; empty to trust the first one seen and remember it
 * @param sleep how far it may rest to save energy
 */
public record Profile(
        String name,
        ZoneId zone,
        EnergyMonitor.Setup energy,
        Duration controlPeriod,
        double activeW,
        Optional<PeerKey> gatewayKey,
        Sleep sleep) {
    /**
     * @param deepest stage of rest
     * @param asleepW what the board takes from the battery while it sleeps
     */
    public record Sleep(Stage deepest, double asleepW) {
        public static final Sleep NEVER = new Sleep(Stage.AWAKE, 0);
    }

    /** Of a node that never rests. */
    public Profile(
            String name,
            ZoneId zone,
            EnergyMonitor.Setup energy,
            Duration controlPeriod,
            double activeW,
            Optional<PeerKey> gatewayKey) {
        this(name, zone, energy, controlPeriod, activeW, gatewayKey, Sleep.NEVER);
    }

    public Profile resting(Sleep other) {
        return new Profile(name, zone, energy, controlPeriod, activeW, gatewayKey, other);
    }
}
