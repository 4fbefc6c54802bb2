package sunpeer.appliance.sync;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.Command;

/** A gateway's connection: its commands become messages, messages become its events. Thread-safe. */
public final class GatewayLink implements AutoCloseable {
    private static final int INDEX_DIGITS_MAX = 15;

    private final MqttLink link;

    /** @param events takes what arrives, without blocking */
    public GatewayLink(
            String id, Broker broker, InstantSource clock, Consumer<GatewayEvent> events, RandomGenerator jitter) {
        var identity = new MqttLink.Identity(
                "sunpeer-gateway-" + id,
                Topics.of(Topics.GATEWAY, "status"),
                List.of(Topics.of("+", "entry"), Topics.of("+", "want")));
        this.link = new MqttLink(broker, identity, new Inbound(clock, events), jitter);
    }

    public void start() {
        link.start();
    }

    public void publish(Command.Publish publish) {
        switch (publish) {
            case Command.Publish.ReceiptTo(String peer, Bytes receipt) ->
                link.send(new Message(Topics.of(peer, "receipt"), receipt, false));
            case Command.Publish.LeavesTo(String peer, Bytes leaves) ->
                link.send(new Message(Topics.of(peer, "leaves"), leaves, false));
            case Command.Publish.RefusalTo(String peer, String reason) ->
                link.send(Message.text(Topics.of(peer, "refusal"), reason, false));
            case Command.Publish.NewCheckpoint(String note) -> link.send(Message.text(Topics.CHECKPOINT, note, true));
            default -> throw new IllegalStateException("a gateway does not send " + publish);
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private record Inbound(InstantSource clock, Consumer<GatewayEvent> events) implements MqttLink.Listener {
        @Override
        public void up() {
            events.accept(new GatewayEvent.LinkUp(clock.instant()));
        }

        @Override
        public void down(String why) {
            events.accept(new GatewayEvent.LinkDown(clock.instant(), why));
        }

        @Override
        public void arrived(String topic, Bytes payload) {
            String peer = Topics.idOf(topic);
            if (!peer.matches("[0-9a-f]{12}")) {
                return;
            }
            if (Topics.leafOf(topic).equals("entry")) {
                events.accept(new GatewayEvent.Submitted(clock.instant(), peer, payload));
            } else if (payload.length() <= INDEX_DIGITS_MAX && payload.text().matches("[0-9]+")) {
                events.accept(new GatewayEvent.Wanted(clock.instant(), peer, Long.parseLong(payload.text())));
            }
        }
    }
}
