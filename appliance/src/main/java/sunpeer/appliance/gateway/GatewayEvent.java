package sunpeer.appliance.gateway;

import java.time.Instant;
import sunpeer.appliance.ledger.Bytes;

/** What happens to a gateway. All immutable; {@code peerId} is the sender as the broker's topic names it. */
public sealed interface GatewayEvent {
    Instant at();

    /** Time passed: close what is over. */
    record Tick(Instant at) implements GatewayEvent {}

    record Submitted(Instant at, String peerId, Bytes entry) implements GatewayEvent {}

    record Wanted(Instant at, String peerId, long from) implements GatewayEvent {}

    /** All events that were waiting are handled: sign one checkpoint for them together. */
    record Seal(Instant at) implements GatewayEvent {}

    record LinkUp(Instant at) implements GatewayEvent {}

    /** @param why one sentence for people */
    record LinkDown(Instant at, String why) implements GatewayEvent {}
}
