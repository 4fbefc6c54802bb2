package sunpeer.appliance.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.gateway.GatewayCore;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.ledger.ByteWriter;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.Event;
import sunpeer.appliance.node.NodeCore;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.node.Story;
import sunpeer.appliance.node.Training;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.inference.Int8Interpreter;

/**
 * A gateway and its peers for weeks in seconds: the real cores, with a simulated sun, battery, radio, store and clock.
 *
 * <p>Confined to one thread. Everything follows from the seed: weather, message delays and losses, power cuts. So a ledger
 * is reproduced byte for byte, and a failure by its seed.
 */
public final class Fleet {
    /**
     * What is simulated.
     *
     * @param lossShare part of the messages that the radio loses
     * @param powerCutsPerDay of each node and of the gateway, on average
     * @param told takes every story line with the name of who tells it
     */
    public record Setup(
            List<Household> households,
            Weather weather,
            long seed,
            Instant start,
            Duration tempo,
            double lossShare,
            double powerCutsPerDay,
            Consumer<Told> told) {
        /** The three neighbours in June, an epoch every two hours, two messages of a hundred lost, a power cut every five days. */
        public static Setup usual(long seed) {
            return new Setup(
                    Household.THREE,
                    Weather.TEMPERATE,
                    seed,
                    Instant.parse("2026-06-01T04:00:00Z"),
                    Duration.ofHours(2),
                    0.02,
                    0.2,
                    told -> {});
        }
    }

    public record Told(String name, Story story) {}

    private static final Duration CONTROL_PERIOD = Duration.ofMinutes(4);
    private static final Duration DARK_AFTER_CUT = Duration.ofMinutes(20);
    private static final Duration INFERENCE_TAKES = Duration.ofSeconds(20);
    private static final Duration TRAINING_TAKES = Duration.ofMinutes(8);
    private static final Duration SEAL_AFTER = Duration.ofSeconds(10);
    private static final Duration CONTROLLER_ANSWERS_IN = Duration.ofMillis(300);

    private record Due(Instant at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** One simulated machine: its core dies with a power cut, its store and its battery do not. */
    private final class Machine {
        private final Household household;
        private final Signer signer;
        private final MemoryStore store = new MemoryStore();
        private final SolarSystem system;
        private @Nullable NodeCore core;
        private long life;

        Machine(Household household, Signer signer, Climate climate) {
            this.household = household;
            this.signer = signer;
            this.system = household.system(climate, setup.start());
        }

        void boot() {
            core = new NodeCore(
                    household.profile(ZoneOffset.UTC, CONTROL_PERIOD, Optional.empty()), signer, store.load());
            life++;
            give(new Event.LinkUp(now));
            tickAfter(CONTROL_PERIOD, life);
        }

        private void tickAfter(Duration period, long ofLife) {
            later(period, () -> {
                if (life == ofLife) {
                    if (random.nextDouble() < setup.powerCutsPerDay() * period.toSeconds() / 86_400) {
                        cut();
                        return;
                    }
                    give(new Event.Tick(now));
                    tickAfter(period, ofLife);
                }
            });
        }

        private void cut() {
            core = null;
            life++;
            later(DARK_AFTER_CUT, this::boot);
        }

        void give(Event event) {
            if (core != null) {
                run(core.handle(event));
            }
        }

        private void run(List<Command> commands) {
            commands.forEach(command -> {
                if (command instanceof Command.Keep keep) {
                    store.keep(keep);
                }
            });
            commands.forEach(this::carryOut);
        }

        private void carryOut(Command command) {
            long asked = life;
            switch (command) {
                case Command.Keep kept -> {}
                case Command.Poll poll -> later(CONTROLLER_ANSWERS_IN, () -> ifAlive(asked, this::poll));
                case Command.RunModel run ->
                    later(
                            INFERENCE_TAKES,
                            () -> ifAlive(
                                    asked,
                                    () -> give(new Event.ModelRan(
                                            now, run.job(), interpreter.run(run.model(), run.arrays())))));
                case Command.TrainModel train ->
                    later(
                            TRAINING_TAKES,
                            () -> ifAlive(
                                    asked,
                                    () -> give(new Event.ModelTrained(
                                            now, train.job(), Training.run(train.dataset(), train.seed())))));
                case Command.RestWorker rest -> {}
                // These households have nothing to wake them, and no profile that lets them rest.
                case Command.Radio radio -> {}
                case Command.Sleep sleep -> {}
                case Command.Tell(Story story) -> setup.told().accept(new Told(household.name(), story));
                case Command.Publish.Submit(Bytes entry) ->
                    toGateway(() -> new GatewayEvent.Submitted(now, id(), entry));
                case Command.Publish.Want(long from) -> toGateway(() -> new GatewayEvent.Wanted(now, id(), from));
                case Command.Publish publish -> {}
            }
        }

        private void ifAlive(long asked, Runnable action) {
            if (life == asked) {
                action.run();
            }
        }

        private void poll() {
            double boardW = core == null ? 0 : core.boardW();
            system.advance(now, boardW);
            ReadResult result = random.nextDouble() < 0.001
                    ? new ReadResult.Failed(new Fault(Fault.Kind.GARBLED, "simulated noise on the line"))
                    : new ReadResult.Ok(new Sensor(1.01, 0.02).read(now, system.values()));
            give(new Event.Polled(now, result));
        }

        private String id() {
            return signer.peerKey().id();
        }
    }

    private final Setup setup;
    private final RandomGenerator random;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final List<Machine> machines = new ArrayList<>();
    private final MemoryStore gatewayStore = new MemoryStore();
    private final Signer gatewaySigner;
    private final Int8Interpreter interpreter = new Int8Interpreter();
    private @Nullable GatewayCore gateway;
    private Instant now;
    private long order;
    private boolean sealDue;
    /** What the gateway has decided since the last seal: kept and sent together, or lost together. */
    private final List<Command> batch = new ArrayList<>();

    public Fleet(Setup setup) {
        this.setup = setup;
        this.now = setup.start();
        this.random =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(setup.seed());
        this.gatewaySigner = signer(0);
        Climate climate = new Climate(
                setup.seed(), setup.weather(), setup.households().getFirst().place());
        for (Household household : setup.households()) {
            machines.add(new Machine(household, signer(machines.size() + 1), climate));
        }
        bootGateway();
        later(Duration.ofMinutes(1), this::gatewayTick);
        machines.forEach(machine -> later(Duration.ofSeconds(random.nextInt(5, 60)), machine::boot));
    }

    private Signer signer(int number) {
        return Signer.fromSeed(new ByteWriter()
                .sized(Bytes.ofText("simulated key"))
                .i64(setup.seed())
                .u16(number)
                .done()
                .sha256());
    }

    private void bootGateway() {
        gateway = new GatewayCore(gatewaySigner, Rules.standard(setup.start(), setup.tempo()), gatewayStore.load());
        toGatewayNow(new GatewayEvent.LinkUp(now));
    }

    private void gatewayTick() {
        if (gateway != null && random.nextDouble() < setup.powerCutsPerDay() / 1440) {
            gateway = null;
            batch.clear();
            later(DARK_AFTER_CUT, this::bootGateway);
        }
        toGatewayNow(new GatewayEvent.Tick(now));
        later(Duration.ofMinutes(1), this::gatewayTick);
    }

    private void later(Duration delay, Runnable action) {
        agenda.add(new Due(now.plus(delay), order++, action));
    }

    private void overRadio(Runnable arrival) {
        boolean lost = random.nextDouble() < setup.lossShare();
        Duration delay = Duration.ofMillis(random.nextLong(100, 3_000));
        if (!lost) {
            later(delay, arrival);
        }
    }

    private void toGateway(Supplier<GatewayEvent> event) {
        overRadio(() -> toGatewayNow(event.get()));
    }

    private void toGatewayNow(GatewayEvent event) {
        if (gateway == null) {
            return;
        }
        batch.addAll(gateway.handle(event));
        if (!sealDue) {
            // The real gateway seals once for all that waits in its queue.
            sealDue = true;
            later(SEAL_AFTER, this::seal);
        }
    }

    private void seal() {
        sealDue = false;
        if (gateway != null) {
            batch.addAll(gateway.handle(new GatewayEvent.Seal(now)));
            carryOutForGateway(List.copyOf(batch));
            batch.clear();
        }
    }

    private void carryOutForGateway(List<Command> commands) {
        for (Command command : commands) {
            switch (command) {
                case Command.Keep keep -> gatewayStore.keep(keep);
                case Command.Tell(Story story) -> setup.told().accept(new Told("gateway", story));
                case Command.Publish.NewCheckpoint(String note) ->
                    machines.forEach(machine -> overRadio(() -> machine.give(new Event.CheckpointSeen(now, note))));
                case Command.Publish.LeavesTo(String peer, Bytes leaves) ->
                    toMachine(peer, machine -> machine.give(new Event.LeavesReceived(now, leaves)));
                case Command.Publish.ReceiptTo(String peer, Bytes receipt) ->
                    toMachine(peer, machine -> machine.give(new Event.ReceiptReceived(now, receipt)));
                case Command.Publish.RefusalTo(String peer, String reason) ->
                    toMachine(peer, machine -> machine.give(new Event.RefusalReceived(now, reason)));
                default -> throw new IllegalStateException("a gateway cannot ask for " + command);
            }
        }
    }

    private void toMachine(String peer, Consumer<Machine> arrival) {
        machines.stream()
                .filter(machine -> machine.id().equals(peer))
                .forEach(machine -> overRadio(() -> arrival.accept(machine)));
    }

    /** Lets this much time pass. */
    public void run(Duration length) {
        Instant end = now.plus(length);
        while (!agenda.isEmpty() && !agenda.peek().at().isAfter(end)) {
            Due next = agenda.remove();
            now = next.at();
            next.action().run();
        }
        now = end;
    }

    /** What each node that is powered shows. */
    public List<NodeView> views() {
        List<NodeView> views = new ArrayList<>();
        for (Machine machine : machines) {
            if (machine.core != null) {
                views.add(machine.core.view());
            }
        }
        return views;
    }

    /** The truth about the batteries, in the order of the households. */
    public List<SolarSystem.Truth> truths() {
        return machines.stream().map(machine -> machine.system.truth()).toList();
    }

    /** The gateway's log as it is stored. */
    public List<Bytes> ledger() {
        return gatewayStore.load().entries();
    }

    /** Each node's copy of the log. */
    public List<List<Bytes>> copies() {
        return machines.stream().map(machine -> machine.store.load().entries()).toList();
    }

    /** The gateway's newest checkpoint as it is stored. */
    public Optional<String> checkpoint() {
        return gatewayStore.load().checkpoint();
    }

    /** The entries of each node whose receipts it holds. */
    public List<List<Bytes>> acknowledged() {
        return machines.stream().map(machine -> machine.store.acknowledged()).toList();
    }
}
