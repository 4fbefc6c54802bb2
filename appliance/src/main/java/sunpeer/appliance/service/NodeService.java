package sunpeer.appliance.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import sunpeer.appliance.config.Header;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.log.StoryLog;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.Event;
import sunpeer.appliance.node.NodeCore;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.node.Story;
import sunpeer.appliance.node.Training;
import sunpeer.appliance.store.Store;
import sunpeer.appliance.sync.Broker;
import sunpeer.appliance.sync.NodeLink;
import sunpeer.appliance.web.NodeJson;
import sunpeer.appliance.web.PortUnavailableException;
import sunpeer.appliance.web.WebServer;
import sunpeer.drivers.board.Board;
import sunpeer.drivers.board.BoardModel;
import sunpeer.inference.worker.TfliteWorker;

/**
 * A running node: the core on one thread, and one thread each for what it commands.
 *
 * <p>Commands of an event travel as one batch: the keeper makes durable what must be, then hands on the rest. So nothing is
 * sent that a power cut could still take back.
 */
public final class NodeService implements AutoCloseable {
    private static final int EVENTS = 1_000;
    private static final int BATCHES = 64;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    public sealed interface Started {
        record Ok(NodeService service) implements Started {}

        /** @param reason one line that says what to do */
        record Failed(String reason) implements Started {}
    }

    // for the process
    private final NodeConfig config;
    private final NodeClock clock;
    private final Board board;
    private final Ground ground;
    private final NodeCore core;
    private final Instruments instruments;
    private final TfliteWorker worker;
    private final NodeLink link;
    private final Machine.Ability sleeps;
    private final Sleeper sleeper;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(EVENTS);
    private final BlockingQueue<List<Command>> batches = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Command.Poll> polls = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Command> jobs = new ArrayBlockingQueue<>(4);
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable WebServer web;
    private volatile NodeView view;
    private volatile boolean stopping;

    private NodeService(
            NodeConfig config,
            NodeClock clock,
            Board board,
            Machine machine,
            Ground ground,
            NodeMemory memory,
            Broker broker,
            SecureRandom random) {
        this.config = config;
        this.board = board;
        this.clock = clock;
        this.ground = ground;
        this.sleeps = machine.ability(config.sleep(), board.model());
        this.core = new NodeCore(config.profile(sleeps instanceof Machine.Ability.Able), ground.signer(), memory);
        this.view = core.view();
        this.instruments = new Instruments(
                config, board, clock, text -> StoryLog.tell(new Story(clock.instant(), Story.Kind.CONTROLLER, text)));
        this.worker = new TfliteWorker(TfliteWorker.Settings.in(Ground.nativeDirectory(ground.data())));
        this.link = new NodeLink(
                ground.signer().peerKey().id(), broker, clock, this::arrived, NodeJson::brief, NodeJson::plan, random);
        this.sleeper = new Sleeper(machine, sleeps, machine.alarm(config.sleep()), link, clock, events);
    }

    /** Opens what the node stands on and starts it. */
    public static Started start(NodeConfig config, InstantSource real, SecureRandom random) {
        return start(config, real, Board.at(Path.of("/")), Machine.REAL, random);
    }

    static Started start(NodeConfig config, InstantSource real, Board board, Machine machine, SecureRandom random) {
        return switch (Ground.open(config.site().data(), random)) {
            case Ground.Opened.Failed(String reason) -> new Started.Failed(reason);
            case Ground.Opened.Ok(Ground ground, NodeMemory memory) -> {
                try {
                    NodeClock clock = new NodeClock(real, config.clock());
                    NodeService service = new NodeService(
                            config, clock, board, machine, ground, memory, Ground.brokerOf(config.broker()), random);
                    service.begin();
                    yield new Started.Ok(service);
                } catch (IOException | IllegalArgumentException e) {
                    ground.store().close();
                    yield new Started.Failed(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private void begin() {
        try {
            InetSocketAddress bind =
                    new InetSocketAddress(config.web().bind(), config.web().port());
            web = WebServer.start(bind, () -> view, config.site().zone());
        } catch (PortUnavailableException e) {
            // The node earns without its page; the owner is told and the rest goes on.
            StoryLog.tell(new Story(clock.instant(), Story.Kind.ALARM, String.valueOf(e.getMessage())));
        }
        StoryLog.tell(new Story(
                clock.instant(),
                Story.Kind.START,
                config.site().name() + " starts as peer "
                        + ground.signer().peerKey().id()
                        + (web == null ? "" : ", page at http://" + shownHost() + ":" + web.port() + "/")));
        run("core", this::decide);
        run("keeper", this::keep);
        run("controller", this::poll);
        run("inference", this::work);
        run("sleeper", sleeper::run);
        runHeader();
        if (config.rests() && sleeps instanceof Machine.Ability.Unable(String why)) {
            tellOfBoard("never sleeps, saves by radio windows at most: " + why);
        }
        link.start();
    }

    private void runHeader() {
        Header header = config.board().header();
        if (header.pinKeys().isEmpty()) {
            return;
        }
        Optional<BoardModel> model = board.model();
        if (model.isEmpty()) {
            tellOfBoard(String.join(", ", header.pinKeys())
                    + " under [board] stay unused: this computer is no board whose header is known (Raspberry Pi 4, 5,"
                    + " Zero 2 W, Jetson Orin Nano)");
            return;
        }
        HeaderRule rule = new HeaderRule(
                header.fan().map(Header.Fan::thermostat),
                header.relay().map(Header.Relay::onFraction).orElse(1.0),
                header.relay().map(Header.Relay::offFraction).orElse(1.0),
                config.profile().energy().staleAfter());
        HeaderLoop loop = new HeaderLoop(
                header, board, model.get(), rule, () -> view, clock, this::tellOfBoard, () -> end.complete(Exit.OK));
        run("board", loop::run);
    }

    private void tellOfBoard(String text) {
        StoryLog.tell(new Story(clock.instant(), Story.Kind.BOARD, text));
    }

    private String shownHost() {
        return config.web().bind().equals("0.0.0.0")
                ? "localhost"
                : config.web().bind();
    }

    private void run(String name, Loop loop) {
        Thread thread = Thread.ofPlatform().name(name).start(() -> {
            try {
                loop.run();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error wrong) {
                // The one place where a fault of our own ends up: better to start anew from the store than to go on.
                Logger.error(wrong, "the {} thread failed at {}", name, origin(wrong));
                end.complete(Exit.SOFTWARE);
            }
        });
        threads.add(thread);
    }

    private static String origin(Throwable wrong) {
        for (StackTraceElement element : wrong.getStackTrace()) {
            if (element.getClassName().startsWith("sunpeer.")) {
                return element.toString();
            }
        }
        return "an unknown place";
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    /** The core's thread: events and ticks, one after the other. */
    private void decide() throws InterruptedException {
        Duration period = config.controller().pollPeriod();
        Instant due = clock.instant();
        while (true) {
            Instant now = clock.instant();
            Event event;
            if (!now.isBefore(due)) {
                event = new Event.Tick(now);
                // A clock that jumped ahead, or a slow machine, skips ticks instead of catching up.
                due = due.plus(period).isAfter(now) ? due.plus(period) : now.plus(period);
            } else if (due.isAfter(now.plus(period))) {
                due = now.plus(period);
                continue;
            } else {
                Duration wait = clock.real(Duration.between(now, due));
                Event next = events.poll(wait.toNanos() + 1_000_000, TimeUnit.NANOSECONDS);
                if (next == null) {
                    continue;
                }
                event = next;
            }
            List<Command> commands = core.handle(event);
            view = core.view();
            batches.put(commands);
            if (event instanceof Event.Stopping) {
                return;
            }
        }
    }

    /** The store's thread: durable first, then everything else. */
    private void keep() throws InterruptedException {
        while (true) {
            List<Command> batch = batches.take();
            List<Command.Keep> records = new ArrayList<>();
            batch.forEach(command -> {
                if (command instanceof Command.Keep record) {
                    records.add(record);
                }
            });
            if (!records.isEmpty()
                    && ground.store().keep(records) instanceof Store.Kept.Failed(String reason, boolean full)) {
                // What could not be kept was not promised to anybody. Starting anew from the store is the way back.
                StoryLog.tell(new Story(clock.instant(), Story.Kind.ALARM, reason));
                end.complete(Exit.TRY_AGAIN);
                return;
            }
            batch.forEach(this::route);
            if (stopping && batches.isEmpty() && !threads.getFirst().isAlive()) {
                return;
            }
        }
    }

    private void route(Command command) {
        switch (command) {
            case Command.Keep kept -> {}
            case Command.Poll poll -> polls.offer(poll);
            case Command.RunModel run -> jobs.add(run);
            case Command.TrainModel train -> jobs.add(train);
            case Command.RestWorker rest -> worker.rest();
            case Command.Radio(boolean on) -> {
                if (on) {
                    link.resume();
                } else {
                    link.rest();
                }
            }
            case Command.Sleep sleep -> sleeper.sleep(sleep);
            case Command.Tell(Story story) -> StoryLog.tell(story);
            case Command.Publish publish -> link.publish(publish);
        }
    }

    /** The wire's thread. */
    private void poll() throws InterruptedException {
        while (!stopping) {
            polls.take();
            var result = instruments.read();
            events.put(new Event.Polled(clock.instant(), result));
        }
    }

    /** The thread of inference and training. */
    private void work() throws InterruptedException {
        while (!stopping) {
            Command job = jobs.take();
            switch (job) {
                case Command.RunModel run -> {
                    var outcome = worker.run(run.model(), run.arrays());
                    events.put(new Event.ModelRan(clock.instant(), run.job(), outcome));
                }
                case Command.TrainModel train -> {
                    Training training = Training.run(train.dataset(), train.seed());
                    events.put(new Event.ModelTrained(clock.instant(), train.job(), training));
                }
                default -> throw new IllegalStateException("no job: " + job);
            }
        }
    }

    /** From the connection's threads. News of the link itself waits for a place; messages are asked for again anyway. */
    private void arrived(Event event) {
        if (event instanceof Event.LinkUp || event instanceof Event.LinkDown) {
            try {
                events.put(event);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        } else {
            events.offer(event);
        }
    }

    /** Waits until the node has failed or was stopped; the exit code of the process. */
    public int awaitEnd() {
        return end.join();
    }

    public NodeView view() {
        return view;
    }

    /** Port of the local page; -1 without one. */
    public int webPort() {
        return web == null ? -1 : web.port();
    }

    /** Keeps what only memory holds and ends all threads. */
    @Override
    public void close() {
        stopping = true;
        try {
            if (events.offer(new Event.Stopping(clock.instant()), 1, TimeUnit.SECONDS)) {
                threads.get(0).join(STOP_LIMIT);
                batches.offer(List.of(), 1, TimeUnit.SECONDS);
                threads.get(1).join(STOP_LIMIT);
            }
            link.close();
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(STOP_LIMIT);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        worker.close();
        instruments.close();
        board.close();
        if (web != null) {
            web.close();
        }
        ground.store().close();
        end.complete(Exit.OK);
    }
}
