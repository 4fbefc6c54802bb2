package sunpeer.appliance.market;

import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.PeerKey;

/** A member of the subnet as the ledger knows it. Immutable. */
public record Peer(int uid, PeerKey key, String name, Place place, long joinedEpoch) {}
