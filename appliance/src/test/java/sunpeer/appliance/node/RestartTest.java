package sunpeer.appliance.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.gateway.GatewayCore;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Payload;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Household;
import sunpeer.appliance.sim.MemoryStore;
import sunpeer.appliance.sim.Sensor;
import sunpeer.appliance.sim.SolarSystem;
import sunpeer.appliance.sim.Weather;
import sunpeer.drivers.ReadResult;

/** Nodes that lose their power between any two commands: the store alone must be enough to go on as if nothing was. */
class RestartTest {
    private static final Instant START = Instant.parse("2026-06-01T06:00:00Z");
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Duration STEP = Duration.ofMinutes(5);
    /** Every start says hello to the gateway, whose answers are new occasions to die: without a limit it never ends. */
    private static final int CUTS_PER_STEP_MAX = 3;

    private static final Signer GATEWAY =
            Signer.fromSeed(Bytes.ofText("gateway").sha256());

    /** One node whose power fails as chance will have it. */
    private final class Node {
        private final Household household;
        private final Signer signer;
        private final MemoryStore store = new MemoryStore();
        private final SolarSystem system;
        private final Deque<Event> inbox = new ArrayDeque<>();
        private NodeCore core;
        private int cutsLeft;

        Node(Household household, Climate climate) {
            this.household = household;
            this.signer = Signer.fromSeed(Bytes.ofText(household.name()).sha256());
            this.system = household.system(climate, START);
            this.core = boot();
        }

        private NodeCore boot() {
            inbox.addFirst(new Event.LinkUp(now));
            return new NodeCore(household.profile(ZoneOffset.UTC, STEP, Optional.empty()), signer, store.load());
        }

        void give(Event event, double restartShare) {
            if (powerFails(restartShare)) {
                core = boot();
            }
            List<Command> commands = core.handle(event);
            boolean dies = powerFails(restartShare);
            if (dies && random.nextBoolean()) {
                // Before the store has it: nobody has heard of it either.
                core = boot();
                return;
            }
            int said = dies ? random.nextInt(commands.size() + 1) : commands.size();
            for (Command command : commands) {
                if (command instanceof Command.Keep keep) {
                    store.keep(keep);
                }
            }
            commands.subList(0, said).forEach(this::carryOut);
            if (dies) {
                core = boot();
            }
        }

        private boolean powerFails(double restartShare) {
            boolean fails = cutsLeft > 0 && random.nextDouble() < restartShare;
            cutsLeft -= fails ? 1 : 0;
            return fails;
        }

        private void carryOut(Command command) {
            String id = signer.peerKey().id();
            switch (command) {
                case Command.Poll poll -> {
                    system.advance(now, core.boardW());
                    inbox.add(new Event.Polled(now, new ReadResult.Ok(new Sensor(1, 0).read(now, system.values()))));
                }
                case Command.Publish.Submit(Bytes entry) -> {
                    signed(entry);
                    toGateway.add(new GatewayEvent.Submitted(now, id, entry));
                }
                case Command.Publish.Want(long from) -> toGateway.add(new GatewayEvent.Wanted(now, id, from));
                case Command.TrainModel train ->
                    inbox.add(new Event.ModelTrained(now, train.job(), new Training.Failed("not in this test")));
                default -> {}
            }
        }
    }

    private record Slot(int author, long sequence, Bytes key) {}

    private final Map<Slot, Bytes> signed = new HashMap<>();
    private final Deque<GatewayEvent> toGateway = new ArrayDeque<>();
    private final MemoryStore gatewayStore = new MemoryStore();
    private final GatewayCore gateway =
            new GatewayCore(GATEWAY, Rules.standard(START, Duration.ofHours(1)), gatewayStore.load());
    private final List<Node> nodes = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom();
    private Instant now = START;

    /** The invariant: one number of one author is one entry for ever. */
    private void signed(Bytes bytes) {
        if (Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)) {
            Bytes key = entry.author() == Entry.NEWCOMER ? entry.payload().slice(0, 32) : Bytes.EMPTY;
            Bytes earlier = signed.putIfAbsent(new Slot(entry.author(), entry.sequence(), key), bytes);
            assertThat(earlier == null || earlier.equals(bytes))
                    .as("two entries with number %d of uid %d", entry.sequence(), entry.author())
                    .isTrue();
        }
    }

    private void settle(double restartShare) {
        boolean quiet = false;
        while (!quiet) {
            quiet = true;
            for (Node node : nodes) {
                while (!node.inbox.isEmpty()) {
                    quiet = false;
                    node.give(node.inbox.remove(), restartShare);
                }
            }
            if (!toGateway.isEmpty()) {
                quiet = false;
                toGateway.add(new GatewayEvent.Seal(now));
                while (!toGateway.isEmpty()) {
                    gateway.handle(toGateway.remove()).forEach(this::fromGateway);
                }
            }
        }
    }

    private void fromGateway(Command command) {
        switch (command) {
            case Command.Keep keep -> gatewayStore.keep(keep);
            case Command.Publish.NewCheckpoint(String note) ->
                nodes.forEach(node -> node.inbox.add(new Event.CheckpointSeen(now, note)));
            case Command.Publish.LeavesTo(String peer, Bytes leaves) ->
                to(peer, node -> node.inbox.add(new Event.LeavesReceived(now, leaves)));
            case Command.Publish.ReceiptTo(String peer, Bytes receipt) ->
                to(peer, node -> node.inbox.add(new Event.ReceiptReceived(now, receipt)));
            default -> {}
        }
    }

    private void to(String peer, Consumer<Node> action) {
        nodes.stream().filter(node -> node.signer.peerKey().id().equals(peer)).forEach(action);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.02", "2, 0.10", "3, 0.50"})
    void theStoreIsEnough(long seed, double restartShare) {
        random = new SplittableRandom(seed);
        Climate climate =
                new Climate(seed, Weather.TEMPERATE, Household.THREE.getFirst().place());
        nodes.add(new Node(Household.THREE.get(0), climate));
        nodes.add(new Node(Household.THREE.get(1), climate));
        for (; now.isBefore(START.plus(LENGTH)); now = now.plus(STEP)) {
            toGateway.add(new GatewayEvent.Tick(now));
            for (Node node : nodes) {
                node.cutsLeft = CUTS_PER_STEP_MAX;
                node.inbox.add(new Event.Tick(now));
            }
            settle(restartShare);
        }
        // A quiet hour: whatever is under way arrives.
        for (int step = 0; step < 4; step++, now = now.plus(STEP)) {
            nodes.forEach(node -> node.inbox.add(new Event.Tick(now)));
            settle(0);
        }
        List<Bytes> log = gatewayStore.load().entries();
        for (Node node : nodes) {
            String who = node.household.name() + ", seed " + seed;
            assertThat(node.store.load().entries()).as(who).isEqualTo(log);
            assertThat(node.core.view().market().alarm()).as(who).isEmpty();
            assertThat(node.core.view().market().outbox()).as(who).isZero();
        }
        checkSaidOnce(log, seed);
    }

    /** A restart must not make a node say the same thing again in other words: only the first would count. */
    private static void checkSaidOnce(List<Bytes> log, long seed) {
        Set<String> said = new HashSet<>();
        int forecasts = 0;
        for (Bytes bytes : log) {
            if (Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)
                    && Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload payload)) {
                long window = switch (payload) {
                    case Payload.Commit commit -> commit.window();
                    case Payload.Reveal reveal -> reveal.window();
                    case Payload.Weights weights -> weights.window();
                    default -> -1;
                };
                if (window >= 0) {
                    forecasts += payload instanceof Payload.Reveal ? 1 : 0;
                    assertThat(said.add(entry.type() + " of uid " + entry.author() + " for window " + window))
                            .as(
                                    "a second %s of uid %d for window %d, seed %d",
                                    entry.type(), entry.author(), window, seed)
                            .isTrue();
                }
            }
        }
        assertThat(forecasts).as("revealed forecasts, seed %d", seed).isGreaterThan(3);
    }
}
