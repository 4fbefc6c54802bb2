package sunpeer.appliance.service;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;
import sunpeer.appliance.config.GatewayConfig;
import sunpeer.appliance.gateway.GatewayCore;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.log.StoryLog;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.node.Story;
import sunpeer.appliance.store.Store;
import sunpeer.appliance.sync.GatewayLink;

/**
 * A running gateway peer: one thread takes what has arrived, lets the core decide on all of it, makes it durable in one
 * transaction and answers.
 */
public final class GatewayService implements AutoCloseable {
    private static final int EVENTS = 10_000;
    private static final int BATCH = 500;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration TICK_MIN = Duration.ofMillis(100);
    private static final Duration TICK_MAX = Duration.ofSeconds(5);

    public sealed interface Started {
        record Ok(GatewayService service) implements Started {}

        /** @param reason one line that says what to do */
        record Failed(String reason) implements Started {}
    }

    private final NodeClock clock;
    private final Ground ground;
    private final GatewayCore core;
    private final GatewayLink link;
    private final Duration tick;
    private final BlockingQueue<GatewayEvent> events = new ArrayBlockingQueue<>(EVENTS);
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean stopping;

    private GatewayService(GatewayConfig config, NodeClock clock, Ground ground, NodeMemory memory, SecureRandom random)
            throws IOException {
        this.clock = clock;
        this.ground = ground;
        Instant now = clock.instant();
        long tempoS = config.tempo().toSeconds();
        Instant start = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), tempoS) * tempoS);
        this.core = new GatewayCore(ground.signer(), Rules.standard(start, config.tempo()), memory);
        this.link = new GatewayLink(
                ground.signer().peerKey().id(), Ground.brokerOf(config.broker()), clock, this::arrived, random);
        Duration sixtieth = clock.real(config.tempo().dividedBy(60));
        this.tick =
                sixtieth.compareTo(TICK_MIN) < 0 ? TICK_MIN : sixtieth.compareTo(TICK_MAX) > 0 ? TICK_MAX : sixtieth;
        this.thread = Thread.ofPlatform().name("gateway").unstarted(this::runGuarded);
    }

    public static Started start(GatewayConfig config, InstantSource real, SecureRandom random) {
        return switch (Ground.open(config.data(), random)) {
            case Ground.Opened.Failed(String reason) -> new Started.Failed(reason);
            case Ground.Opened.Ok(Ground ground, NodeMemory memory) -> {
                try {
                    GatewayService service =
                            new GatewayService(config, new NodeClock(real, config.clock()), ground, memory, random);
                    StoryLog.tell(new Story(
                            service.clock.instant(),
                            Story.Kind.START,
                            "gateway starts with key "
                                    + ground.signer().peerKey().raw().hex()));
                    service.thread.start();
                    service.link.start();
                    yield new Started.Ok(service);
                } catch (IOException | IllegalArgumentException e) {
                    ground.store().close();
                    yield new Started.Failed(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private void arrived(GatewayEvent event) {
        // A full queue drops messages; peers send again what has no receipt.
        events.offer(event);
    }

    private void runGuarded() {
        try {
            while (!stopping && step()) {
                // Each step is one batch.
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error wrong) {
            // The one place where a fault of our own ends up: better to start anew from the store than to go on.
            Logger.error(wrong, "the gateway failed");
            end.complete(Exit.SOFTWARE);
        }
    }

    private boolean step() throws InterruptedException {
        List<GatewayEvent> arrived = new ArrayList<>();
        GatewayEvent first = events.poll(tick.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            arrived.add(first);
            events.drainTo(arrived, BATCH);
        }
        Instant now = clock.instant();
        List<GatewayEvent> batch = new ArrayList<>();
        // First the clock: what arrives after the end of an epoch must not count for it.
        batch.add(new GatewayEvent.Tick(now));
        batch.addAll(arrived);
        batch.add(new GatewayEvent.Seal(now));
        List<Command> commands = new ArrayList<>();
        List<Command.Keep> records = new ArrayList<>();
        for (GatewayEvent event : batch) {
            for (Command command : core.handle(event)) {
                commands.add(command);
                if (command instanceof Command.Keep record) {
                    records.add(record);
                }
            }
        }
        if (!records.isEmpty()
                && ground.store().keep(records) instanceof Store.Kept.Failed(String reason, boolean full)) {
            // Nothing of this batch was promised to anybody. Starting anew from the store is the way back.
            StoryLog.tell(new Story(now, Story.Kind.ALARM, reason));
            end.complete(Exit.TRY_AGAIN);
            return false;
        }
        for (Command command : commands) {
            switch (command) {
                case Command.Keep kept -> {}
                case Command.Tell(Story story) -> StoryLog.tell(story);
                case Command.Publish publish -> link.publish(publish);
                default -> throw new IllegalStateException("a gateway cannot ask for " + command);
            }
        }
        return true;
    }

    /** Waits until the gateway has failed or was stopped; the exit code of the process. */
    public int awaitEnd() {
        return end.join();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(STOP_LIMIT);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        link.close();
        ground.store().close();
        end.complete(Exit.OK);
    }
}
