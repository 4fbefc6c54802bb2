package sunpeer.appliance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Observer;
import sunpeer.appliance.Patience;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.Command.Publish;
import sunpeer.appliance.node.Event;
import sunpeer.appliance.node.NodeView;

/** Links against a real broker, with the faults that brokers and networks have. */
class LinkTest {
    private static final String ID = "0123456789ab";
    private static final String BASE = "sunpeer/1/" + ID + "/";

    @TempDir
    private Path directory;

    @Test
    void birthCloseAndDeathAreRetained() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory);
                Observer observer = Observer.on(broker.port())) {
            Process child = LinkLoop.start(ID, broker.port());
            try {
                assertThat(child.inputReader().readLine()).isEqualTo("up");
                assertThat(Observer.retained(broker.port(), BASE + "status").map(Observer.Seen::text))
                        .contains("online");
                child.destroyForcibly().waitFor();
            } finally {
                child.destroyForcibly();
            }
            observer.await(BASE + "status", "offline");
            assertThat(Observer.retained(broker.port(), BASE + "status").map(Observer.Seen::text))
                    .contains("offline");

            observer.forget();
            try (Links.Node node = Links.Node.start(ID, Links.broker(broker.port()));
                    Links.Gateway _ = Links.Gateway.start("gw", Links.broker(broker.port()))) {
                node.awaitUps(1);
                observer.await(BASE + "status", "online");
                observer.await("sunpeer/1/gateway/status", "online");
            }
            observer.await(BASE + "status", "offline");
            observer.await("sunpeer/1/gateway/status", "offline");
            assertThat(Observer.retained(broker.port(), BASE + "status").map(Observer.Seen::text))
                    .contains("offline");
            assertThat(Observer.retained(broker.port(), "sunpeer/1/gateway/status")
                            .map(Observer.Seen::text))
                    .contains("offline");
        }
    }

    @Test
    void aRestIsAnnouncedAndIsNoDeath() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory);
                Observer observer = Observer.on(broker.port())) {
            try (Links.Node node = Links.Node.start(ID, Links.broker(broker.port()))) {
                node.awaitUps(1);
                for (int rest = 1; rest <= 3; rest++) {
                    observer.forget();
                    node.link().publish(new Publish.Want(rest));
                    node.link().rest();
                    node.link().awaitRest(Links.LIMIT);
                    observer.await(BASE + "want", Integer.toString(rest));
                    observer.await(BASE + "status", "sleeping");
                    node.awaitDowns(rest);
                    assertThat(node.whys().getLast()).isEqualTo("the radio rests to save energy");
                    node.link().publish(new Publish.Want(-1));
                    node.link().resume();
                    node.awaitUps(rest + 1);
                    observer.await(BASE + "status", "online");
                    assertThat(observer.seen().stream().map(Observer.Seen::text))
                            .as("neither the will nor what was said meanwhile")
                            .doesNotContain("offline", "-1");
                }
                node.link().rest();
                node.link().awaitRest(Links.LIMIT);
            }
            assertThat(Observer.retained(broker.port(), BASE + "status").map(Observer.Seen::text))
                    .as("a service that ends while it rests stays asleep for the others")
                    .contains("sleeping");
        }
    }

    @Test
    void everyMessageGoesWhereItsTopicSays() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory);
                Observer observer = Observer.on(broker.port());
                Links.Gateway gateway = Links.Gateway.start("gw", Links.broker(broker.port()));
                Links.Node node = Links.Node.start(ID, Links.broker(broker.port()));
                Links.Node other = Links.Node.start("ba9876543210", Links.broker(broker.port()))) {
            node.awaitUps(1);
            other.awaitUps(1);
            byte[] entry = {1, 0, (byte) 0xFF, 2};
            node.link().publish(new Publish.Submit(Bytes.of(entry)));
            node.link().publish(new Publish.Want(77));
            node.link().publish(new Publish.Score(5, 93, List.of(0, 65_535), List.of("roof", "ba\"rn")));
            node.link().publish(new Publish.Rewards(new NodeView.Earned(4, 250_000, 1_500_000, 11_500_000, true)));
            gateway.link().publish(new Publish.ReceiptTo(ID, Bytes.of(new byte[] {3, 0})));
            gateway.link().publish(new Publish.LeavesTo(ID, Bytes.of(new byte[] {4, 0})));
            gateway.link().publish(new Publish.RefusalTo(ID, "full, äöü"));
            gateway.link().publish(new Publish.NewCheckpoint("sunpeer/log\n7\nroot\n"));

            observer.await(BASE + "entry", entry);
            observer.await(BASE + "want", "77");
            observer.await(
                    BASE + "score/5",
                    "{\"window\":5,\"truth_percent\":93,\"weights\":{\"roof\":0,\"ba\\\"rn\":65535}}");
            observer.await(
                    BASE + "rewards",
                    "{\"epoch\":4,\"last_credits\":0.25,\"total_credits\":1.5,\"stake_credits\":11.5,\"verified\":true}");
            observer.await(BASE + "receipt", new byte[] {3, 0});
            observer.await(BASE + "leaves", new byte[] {4, 0});
            observer.await("sunpeer/1/gateway/checkpoint", "sunpeer/log\n7\nroot\n");
            observer.await(BASE + "refusal", "full, äöü");
            Patience.until(
                    "all arrived",
                    Links.LIMIT,
                    () -> node.events().size() >= 5 && gateway.events().size() >= 3);
            assertThat(node.events().stream().map(LinkTest::what))
                    .containsExactlyInAnyOrder(
                            "up", "receipt 0300", "leaves 0400", "refusal full, äöü", "checkpoint 7");
            assertThat(other.events().stream().map(LinkTest::what)).containsExactlyInAnyOrder("up", "checkpoint 7");
            assertThat(gateway.events().stream().map(LinkTest::what))
                    .containsExactly("up", "submitted " + ID + " 0100ff02", "wanted " + ID + " 77");
            assertThat(Observer.retained(broker.port(), "sunpeer/1/gateway/checkpoint"))
                    .isPresent();
            assertThat(Observer.retained(broker.port(), BASE + "rewards")).isPresent();
            for (String passing : List.of("entry", "want", "score/5", "receipt", "leaves", "refusal")) {
                assertThat(Observer.retained(broker.port(), BASE + passing))
                        .as(passing)
                        .isEmpty();
            }
        }
    }

    private static String what(Event event) {
        return switch (event) {
            case Event.LinkUp _ -> "up";
            case Event.LinkDown down -> "down: " + down.why();
            case Event.ReceiptReceived receipt -> "receipt " + receipt.receipt().hex();
            case Event.LeavesReceived leaves -> "leaves " + leaves.leaves().hex();
            case Event.RefusalReceived refusal -> "refusal " + refusal.reason();
            case Event.CheckpointSeen seen -> "checkpoint " + seen.note().split("\n", -1)[1];
            default -> event.toString();
        };
    }

    private static String what(GatewayEvent event) {
        return switch (event) {
            case GatewayEvent.LinkUp _ -> "up";
            case GatewayEvent.Submitted submitted ->
                "submitted " + submitted.peerId() + " " + submitted.entry().hex();
            case GatewayEvent.Wanted wanted -> "wanted " + wanted.peerId() + " " + wanted.from();
            default -> event.toString();
        };
    }

    /** Five links, four deaths of the broker: twenty connections end and twenty begin. */
    @Test
    void afterTheBrokersDeathTrafficFlowsAgainAndNoThreadIsLeft() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory)) {
            List<Links.Node> nodes = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                nodes.add(Links.Node.start("00000000000" + i, Links.broker(broker.port())));
            }
            for (Links.Node node : nodes) {
                node.awaitUps(1);
            }
            long threads = pahoThreads("sunpeer-00000000000");
            assertThat(threads).isPositive();
            for (int death = 1; death <= 4; death++) {
                broker.kill();
                for (Links.Node node : nodes) {
                    node.awaitDowns(death);
                    node.link().publish(new Publish.Want(-1));
                }
                broker.startAgain();
                for (Links.Node node : nodes) {
                    node.awaitUps(death + 1);
                }
            }
            try (Observer observer = Observer.on(broker.port())) {
                for (int i = 0; i < 5; i++) {
                    nodes.get(i).link().publish(new Publish.Want(100 + i));
                    observer.await("sunpeer/1/00000000000" + i + "/want", Integer.toString(100 + i));
                    observer.send("sunpeer/1/00000000000" + i + "/refusal", new byte[] {'n', 'o'}, false);
                }
                assertThat(observer.seen())
                        .as("what was said without a broker is not sent late")
                        .noneMatch(seen -> seen.text().equals("-1"));
            }
            for (Links.Node node : nodes) {
                Patience.until(
                        "refusal arrived",
                        Links.LIMIT,
                        () -> node.events().stream().anyMatch(Event.RefusalReceived.class::isInstance));
                assertThat(node.whys().getFirst())
                        .isEqualTo("the connection to mqtt://127.0.0.1:" + broker.port() + " was lost");
            }
            Patience.until(
                    "no more threads than before: " + threads,
                    Links.LIMIT,
                    () -> pahoThreads("sunpeer-00000000000") <= threads);
            nodes.forEach(Links.Node::close);
            Patience.until("all threads gone", Links.LIMIT, () -> pahoThreads("sunpeer-00000000000") == 0);
        }
    }

    private static long pahoThreads(String client) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("MQTT ") && thread.getName().contains(client))
                .count();
    }

    @Test
    void whereNothingListensTheSentenceSaysSoAndTheLinkComesUpLater() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory)) {
            broker.kill();
            try (Links.Node node = Links.Node.start(ID, Links.broker(broker.port()))) {
                node.awaitDowns(2);
                assertThat(node.whys())
                        .containsOnly("the broker mqtt://127.0.0.1:" + broker.port()
                                + " refuses the connection: is it running there, on this port?");
                broker.startAgain();
                node.awaitUps(1);
            }
        }
    }

    @Test
    void aWrongPasswordIsNamedAndTheRightOneWorks() throws Exception {
        try (Mosquitto broker = Mosquitto.startFor(directory, "roof", "sun shines")) {
            List<Optional<String>> wrong = List.of(Optional.of("rain"), Optional.empty());
            for (Optional<String> password : wrong) {
                Broker login = new Broker("127.0.0.1", broker.port(), password.map(_ -> "roof"), password);
                try (Links.Node node = Links.Node.start(ID, login)) {
                    node.awaitDowns(2);
                    assertThat(node.whys())
                            .allSatisfy(why -> assertThat(why)
                                    .isIn(
                                            "the broker mqtt://127.0.0.1:" + broker.port()
                                                    + " does not accept user or password",
                                            "the broker mqtt://127.0.0.1:" + broker.port()
                                                    + " does not let this user in")
                                    .doesNotContain("rain"));
                }
            }
            Broker right = new Broker("127.0.0.1", broker.port(), Optional.of("roof"), Optional.of("sun shines"));
            try (Links.Node node = Links.Node.start(ID, right)) {
                node.awaitUps(1);
            }
        }
    }

    @Test
    void anUnknownHostIsNamedAndTriedAgain() throws Exception {
        Broker nowhere = new Broker("no-such-host.invalid", 1883, Optional.empty(), Optional.empty());
        try (Links.Node node = Links.Node.start(ID, nowhere)) {
            node.awaitDowns(2);
            assertThat(node.whys())
                    .containsOnly(
                            "the broker's host no-such-host.invalid is unknown: check broker.url and the network");
        }
    }
}
