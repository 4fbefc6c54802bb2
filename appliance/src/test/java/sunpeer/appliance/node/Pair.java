package sunpeer.appliance.node;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.gateway.GatewayCore;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.schedule.Stage;
import sunpeer.appliance.sim.Household;
import sunpeer.appliance.sim.MemoryStore;

/** A gateway and a peer on the real cores, with nothing between them but the test. */
final class Pair {
    static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
    static final Rules RULES = Rules.standard(START, Duration.ofHours(1));
    static final Signer GATEWAY = Signer.fromSeed(Bytes.ofText("gateway").sha256());
    static final Signer PEER = Signer.fromSeed(Bytes.ofText("peer").sha256());

    final MemoryStore store = new MemoryStore();
    final MemoryStore gatewayStore = new MemoryStore();
    final GatewayCore gateway = new GatewayCore(GATEWAY, RULES, gatewayStore.load());
    final Optional<PeerKey> pinned;
    private Stage deepest = Stage.AWAKE;
    NodeCore node;
    Instant now = START;

    Pair(Optional<PeerKey> pinned) {
        this.pinned = pinned;
        this.node = newCore();
    }

    /** The peer is in the log and knows it. */
    static Pair joined() {
        Pair pair = new Pair(Optional.empty());
        pair.settle(pair.give(new Event.LinkUp(pair.now)));
        return pair;
    }

    /** The same with a board that may sleep. */
    static Pair joined(Stage deepest) {
        Pair pair = joined();
        pair.deepest = deepest;
        pair.restart();
        pair.settle(pair.give(new Event.LinkUp(pair.now)));
        return pair;
    }

    private NodeCore newCore() {
        Profile profile = Household.THREE.getFirst().profile(ZoneOffset.UTC, Duration.ofMinutes(2), pinned);
        return new NodeCore(profile.resting(deepest), PEER, store.load());
    }

    /** A power cut. */
    void restart() {
        node = newCore();
    }

    List<Command> give(Event event) {
        List<Command> commands = node.handle(event);
        commands.forEach(command -> {
            if (command instanceof Command.Keep keep) {
                store.keep(keep);
            }
        });
        return commands;
    }

    /** What the gateway answers to what the peer says. */
    List<Event> toGateway(List<Command> commands) {
        List<Command> said = new ArrayList<>();
        String id = PEER.peerKey().id();
        for (Command command : commands) {
            switch (command) {
                case Command.Publish.Submit(Bytes entry) ->
                    said.addAll(gateway.handle(new GatewayEvent.Submitted(now, id, entry)));
                case Command.Publish.Want(long from) ->
                    said.addAll(gateway.handle(new GatewayEvent.Wanted(now, id, from)));
                default -> {}
            }
        }
        said.addAll(gateway.handle(new GatewayEvent.Seal(now)));
        return heard(said);
    }

    /** What of the gateway's commands reaches the peer. */
    List<Event> heard(List<Command> said) {
        List<Event> events = new ArrayList<>();
        for (Command command : said) {
            switch (command) {
                case Command.Keep keep -> gatewayStore.keep(keep);
                case Command.Publish.NewCheckpoint(String note) -> events.add(new Event.CheckpointSeen(now, note));
                case Command.Publish.LeavesTo(String peer, Bytes leaves) ->
                    events.add(new Event.LeavesReceived(now, leaves));
                case Command.Publish.ReceiptTo(String peer, Bytes receipt) ->
                    events.add(new Event.ReceiptReceived(now, receipt));
                default -> {}
            }
        }
        return events;
    }

    /** Lets both talk until they have nothing more to say. */
    void settle(List<Command> commands) {
        Deque<Event> events = new ArrayDeque<>(toGateway(commands));
        while (!events.isEmpty()) {
            events.addAll(toGateway(give(events.remove())));
        }
    }
}
