package sunpeer.appliance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Observer;
import sunpeer.appliance.Patience;
import sunpeer.appliance.gateway.GatewayCore;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.node.Command.Publish;
import sunpeer.appliance.node.Event;
import sunpeer.appliance.node.NodeCore;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.sim.Household;

/** Anybody in the house may write to the broker: garbage on every topic must not end or fool a link. */
class HostileClientTest {
    private static final String ID = "0123456789ab";
    private static final List<String> OURS =
            List.of("leaves", "receipt", "refusal", "entry", "want", "status", "state");
    private static final List<String> ODD_IDS =
            List.of("", "x", "gateway", "0123456789AB", "0123456789abc", "$SYS", "..", "ünïcödé", "\uD83C\uDF1E");

    @TempDir
    private Path directory;

    @Test
    void garbageIsParsedOrDropped() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory);
                Observer enemy = Observer.on(broker.port());
                Links.Gateway gateway = Links.Gateway.start("gw", Links.broker(broker.port()));
                Links.Node node = Links.Node.start(ID, Links.broker(broker.port()))) {
            node.awaitUps(1);
            Random random = new Random(19);
            for (int length : new int[] {0, 1, 7, 12, 100, 5_000, 150_000}) {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                for (String leaf : OURS) {
                    enemy.send(Topics.of(ID, leaf), noise, length == 100);
                }
                enemy.send(Topics.CHECKPOINT, noise, true);
            }
            for (String id : ODD_IDS) {
                enemy.send(Topics.of(id, "entry"), new byte[] {1}, false);
                enemy.send(Topics.of(id, "want"), new byte[] {'1'}, false);
            }
            for (String want : List.of("-1", "+1", "1.0", "99999999999999999999", "999999999999999", "١", " 1", "")) {
                enemy.send(Topics.of(ID, "want"), want.getBytes(StandardCharsets.UTF_8), false);
            }
            enemy.send(Topics.of(ID, "leaves/deeper"), new byte[] {1}, false);
            // More than any message of ours: the broker must not even bring it to a board with little memory.
            for (String leaf : OURS) {
                enemy.send(Topics.of(ID, leaf), new byte[3_000_000], false);
            }

            node.link().publish(new Publish.Want(4711));
            enemy.send(Topics.of(ID, "refusal"), "the end".getBytes(StandardCharsets.UTF_8), false);
            Patience.until(
                    "gateway still hears",
                    Links.LIMIT,
                    () -> gateway.events().stream()
                            .anyMatch(event -> event instanceof GatewayEvent.Wanted wanted && wanted.from() == 4711));
            Patience.until(
                    "node still hears",
                    Links.LIMIT,
                    () -> node.events().stream()
                            .anyMatch(event -> event instanceof Event.RefusalReceived refusal
                                    && refusal.reason().equals("the end")));
            assertThat(node.whys()).isEmpty();
            assertThat(node.ups()).isEqualTo(1);
            assertThat(gateway.events()).noneMatch(GatewayEvent.LinkDown.class::isInstance);
            judge(node.events(), gateway.events());
        }
    }

    private static void judge(List<Event> toNode, List<GatewayEvent> toGateway) {
        assertThat(toNode.stream()
                        .mapToInt(event -> event instanceof Event.LeavesReceived leaves
                                ? leaves.leaves().length()
                                : 0)
                        .max())
                .hasValue(150_000);
        assertThat(toGateway).allSatisfy(event -> {
            switch (event) {
                case GatewayEvent.Submitted submitted -> {
                    assertThat(submitted.peerId()).isEqualTo(ID);
                    assertThat(submitted.entry().length()).isLessThanOrEqualTo(150_000);
                }
                case GatewayEvent.Wanted wanted -> assertThat(wanted.from()).isIn(1L, 999_999_999_999_999L, 4711L);
                default -> assertThat(event).isInstanceOf(GatewayEvent.LinkUp.class);
            }
        });
        NodeCore node = new NodeCore(
                Household.THREE.getFirst().profile(ZoneOffset.UTC, Duration.ofMinutes(1), Optional.empty()),
                Signer.fromSeed(Bytes.zeros(32)),
                NodeMemory.NONE);
        toNode.forEach(node::handle);
        assertThat(node.view().market().ledgerSize()).isZero();
        assertThat(node.view().market().alarm()).isEmpty();
        GatewayCore gateway = new GatewayCore(
                Signer.fromSeed(Bytes.zeros(32)),
                Rules.standard(Instant.parse("2026-06-20T04:00:00Z"), Duration.ofHours(1)),
                NodeMemory.NONE);
        toGateway.forEach(gateway::handle);
    }
}
