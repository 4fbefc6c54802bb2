package sunpeer.appliance.sync;

import com.grack.nanojson.JsonWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.Event;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.schedule.PricePolicy;

/** A node's connection: its commands become messages, messages become its events. Thread-safe. */
public final class NodeLink implements AutoCloseable {
    private static final int REFUSAL_BYTES_MAX = 200;

    private final String id;
    private final Function<NodeView, String> stateJson;
    private final Function<PricePolicy.Prices, String> planJson;
    private final MqttLink link;

    /**
     * @param events takes what arrives, without blocking
     * @param stateJson how a state is written
     * @param planJson how a plan is written
     * @param jitter spreads the reconnecting of many nodes after a broker's restart
     */
    public NodeLink(
            String id,
            Broker broker,
            InstantSource clock,
            Consumer<Event> events,
            Function<NodeView, String> stateJson,
            Function<PricePolicy.Prices, String> planJson,
            RandomGenerator jitter) {
        this.id = id;
        this.stateJson = stateJson;
        this.planJson = planJson;
        var identity = new MqttLink.Identity(
                "sunpeer-" + id,
                Topics.of(id, "status"),
                List.of(
                        Topics.CHECKPOINT,
                        Topics.of(id, "leaves"),
                        Topics.of(id, "receipt"),
                        Topics.of(id, "refusal"),
                        Topics.of(id, "forecast")));
        this.link = new MqttLink(broker, identity, new Inbound(clock, events), jitter);
    }

    public void start() {
        link.start();
    }

    /** Says what waits, then that the node sleeps, and parts from the broker until {@link #resume}. */
    public void rest() {
        link.rest();
    }

    /** Waits until the broker has been left. */
    public void awaitRest(Duration limit) throws InterruptedException {
        link.awaitRest(limit);
    }

    public void resume() {
        link.resume();
    }

    public void publish(Command.Publish publish) {
        switch (publish) {
            case Command.Publish.Submit(Bytes entry) -> link.send(new Message(Topics.of(id, "entry"), entry, false));
            case Command.Publish.Want(long from) ->
                link.send(Message.text(Topics.of(id, "want"), Long.toString(from), false));
            case Command.Publish.State(NodeView view) ->
                link.send(Message.text(Topics.of(id, "state"), stateJson.apply(view), true));
            case Command.Publish.Plan(PricePolicy.Prices prices) ->
                link.send(Message.text(Topics.of(id, "plan"), planJson.apply(prices), true));
            case Command.Publish.Score score ->
                link.send(Message.text(Topics.of(id, "score/" + score.window()), scoreJson(score), false));
            case Command.Publish.Rewards(NodeView.Earned earned) ->
                link.send(Message.text(Topics.of(id, "rewards"), rewardsJson(earned), true));
            case Command.Publish.ReceiptTo receipt -> throw onlyGateway(receipt);
            case Command.Publish.LeavesTo leaves -> throw onlyGateway(leaves);
            case Command.Publish.RefusalTo refusal -> throw onlyGateway(refusal);
            case Command.Publish.NewCheckpoint checkpoint -> throw onlyGateway(checkpoint);
        }
    }

    private static IllegalStateException onlyGateway(Command.Publish publish) {
        return new IllegalStateException("only a gateway sends " + publish);
    }

    private static String scoreJson(Command.Publish.Score score) {
        var json = JsonWriter.string()
                .object()
                .value("window", score.window())
                .value("truth_percent", score.truth())
                .object("weights");
        for (int uid = 0; uid < score.row().size(); uid++) {
            json.value(score.names().get(uid), score.row().get(uid));
        }
        return json.end().end().done();
    }

    private static String rewardsJson(NodeView.Earned earned) {
        double unit = Rules.MICRO_PER_CREDIT;
        return JsonWriter.string()
                .object()
                .value("epoch", earned.epoch())
                .value("last_credits", earned.lastMicro() / unit)
                .value("total_credits", earned.totalMicro() / unit)
                .value("stake_credits", earned.stakeMicro() / unit)
                .value("verified", earned.verified())
                .end()
                .done();
    }

    @Override
    public void close() {
        link.close();
    }

    private record Inbound(InstantSource clock, Consumer<Event> events) implements MqttLink.Listener {
        @Override
        public void up() {
            events.accept(new Event.LinkUp(clock.instant()));
        }

        @Override
        public void down(String why) {
            events.accept(new Event.LinkDown(clock.instant(), why));
        }

        @Override
        public void arrived(String topic, Bytes payload) {
            switch (Topics.leafOf(topic)) {
                case "checkpoint" -> events.accept(new Event.CheckpointSeen(clock.instant(), payload.text()));
                case "leaves" -> events.accept(new Event.LeavesReceived(clock.instant(), payload));
                case "receipt" -> events.accept(new Event.ReceiptReceived(clock.instant(), payload));
                case "forecast" -> events.accept(forecast(payload));
                case "refusal" -> events.accept(new Event.RefusalReceived(clock.instant(), shown(payload)));
                default -> {
                    // Not subscribed to; a broker that sends it anyway is not our concern.
                }
            }
        }

        private Event forecast(Bytes payload) {
            try {
                return new Event.ForecastTold(clock.instant(), ForecastText.parse(payload.text()));
            } catch (IllegalArgumentException wrong) {
                return new Event.ForecastUnreadable(clock.instant(), String.valueOf(wrong.getMessage()));
            }
        }

        /** Anybody may write to this topic, and people will read it: short, and nothing that moves a terminal's cursor. */
        private static String shown(Bytes text) {
            String visible =
                    text.slice(0, Math.min(text.length(), REFUSAL_BYTES_MAX)).text();
            return visible.replaceAll("[^\\P{C}]", " ");
        }
    }
}
