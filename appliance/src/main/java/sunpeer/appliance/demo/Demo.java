package sunpeer.appliance.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.config.DemoClock;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.service.NodeClock;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Household;
import sunpeer.appliance.sim.Weather;

/**
 * Sets up broker, gateway and peers, watches them, and sums up at the end.
 *
 * <p>Confined to the thread that runs it, but for {@link #close}.
 */
public final class Demo implements AutoCloseable {
    private static final ZoneId ZONE = ZoneId.of("Europe/Rome");
    private static final Instant STORY_BEGINS = Instant.parse("2026-06-20T04:30:00Z");
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int BROKER_ATTEMPTS = 100;
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(15);

    /**
     * @param days simulated days until the end; empty runs until it is stopped
     * @param speed how much faster than the real one the shared clock runs
     * @param seed of the weather and of the faults
     * @param faults whether every wire is spoiled now and then
     */
    public record Settings(
            Path directory, Optional<Integer> days, int speed, long seed, boolean faults, boolean json) {}

    private final Settings settings;
    private final Screen screen;
    private final DemoClock demoClock;
    private final NodeClock clock;
    private final List<Peer> peers = new ArrayList<>();
    private @Nullable Supervised broker;
    private @Nullable Supervised gateway;
    private volatile boolean stopping;

    public Demo(Settings settings, InstantSource real, PrintWriter out) {
        this.settings = settings;
        this.demoClock = new DemoClock(settings.speed(), STORY_BEGINS, real.instant());
        this.clock = new NodeClock(real, Optional.of(demoClock));
        this.screen = new Screen(out, settings.json(), ZONE, STORY_BEGINS);
    }

    /** Runs to the end; the exit code is 0 only if every peer's ledger verifies. */
    public int run() throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            start();
            Optional<Instant> end = settings.days().map(days -> STORY_BEGINS.plus(Duration.ofDays(days)));
            while (!stopping && (end.isEmpty() || clock.instant().isBefore(end.get()))) {
                look(client);
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            }
            if (stopping) {
                return Exit.OK;
            }
            settle(client);
            close();
            return new Summary(peers, screen, settings.directory().resolve("gateway")).print() ? Exit.OK : Exit.FAILED;
        } finally {
            close();
        }
    }

    private void look(HttpClient client) throws InterruptedException {
        for (Peer peer : peers) {
            peer.look(client);
        }
    }

    /** Lets messages that are on their way arrive, so that the peers can be compared. */
    private void settle(HttpClient client) throws InterruptedException {
        Instant limit = clock.instant().plus(SETTLE_LIMIT.multipliedBy(settings.speed()));
        boolean level = false;
        while (!stopping && !level && clock.instant().isBefore(limit)) {
            look(client);
            level = peers.stream()
                            .map(peer -> peer.state("market").getLong("ledger_entries", -1))
                            .distinct()
                            .count()
                    == 1;
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private synchronized void start() throws IOException {
        if (stopping) {
            return;
        }
        int brokerPort = freePort();
        screen.plain("Sunpeer demo: a broker, a gateway and three solar peers on this machine; one day lasts "
                + Duration.ofDays(1).dividedBy(settings.speed()).toSeconds() + " s.");
        screen.plain(
                "Simulated are sun, batteries and copper; the rest is what a box in the field runs. Ctrl-C ends it.");
        if (settings.faults()) {
            screen.plain(
                    "The wires are bad: noise, late answers, pulled plugs and more, about once a simulated hour each.");
        }
        screen.plain("Everything is kept in " + settings.directory());
        broker = supervise("broker", mosquitto(brokerPort), line -> screen.line("broker", line));
        broker.start();
        awaitBroker(brokerPort);
        gateway =
                supervise("gateway", sunpeer("gateway", gatewayToml(brokerPort)), line -> screen.line("gateway", line));
        gateway.start();
        Climate climate = new Climate(
                settings.seed(), Weather.TEMPERATE, Household.THREE.getFirst().place());
        for (Household household : Household.THREE) {
            peers.add(peer(household, climate, brokerPort));
        }
        screen.plain("");
        screen.plain("  watch the messages:   mosquitto_sub -p " + brokerPort + " -v -t 'sunpeer/#'");
        for (Peer peer : peers) {
            screen.plain(String.format(
                    Locale.ROOT,
                    "  %-8s page %s   process %d",
                    peer.name(),
                    peer.page(),
                    peer.process().pid()));
            if (!peer.wiring().forPeople().isEmpty()) {
                screen.plain("           its controller too:  " + peer.wiring().forPeople());
            }
        }
        screen.plain("  gateway  process " + gateway.pid() + ", broker process " + broker.pid()
                + " (kill any of them: it comes back)");
        screen.plain("");
    }

    private static void awaitBroker(int port) throws IOException {
        for (int attempt = 0; attempt < BROKER_ATTEMPTS; attempt++) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
        throw new IOException("the broker does not come up on port " + port + "; its lines above say why");
    }

    private Supervised supervise(String name, List<String> command, Consumer<String> lines) {
        return new Supervised(
                name,
                command,
                Map.of("SUNPEER_LOG", "json", "SUNPEER_SUPERVISED", "1"),
                lines,
                news -> screen.say(clock.instant(), news));
    }

    private List<String> mosquitto(int port) throws IOException {
        Path config = settings.directory().resolve("mosquitto.conf");
        Files.writeString(config, """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence false
                max_topic_alias 0
                log_dest stdout
                log_type error
                log_type warning
                """.formatted(port));
        return List.of("mosquitto", "-c", config.toString());
    }

    private Path gatewayToml(int brokerPort) throws IOException {
        Path file = settings.directory().resolve("gateway.toml");
        Files.writeString(file, """
                [gateway]
                data = "%s"
                tempo_min = 60

                [broker]
                url = "mqtt://127.0.0.1:%d"

                """.formatted(settings.directory().resolve("gateway"), brokerPort) + clockToml());
        return file;
    }

    private String clockToml() {
        return """
                [clock]
                speed = %d
                shows = %s
                at = %s
                """.formatted(demoClock.speed(), demoClock.shows(), demoClock.at());
    }

    private Peer peer(Household household, Climate climate, int brokerPort) throws IOException {
        Plant plant = new Plant(household, climate, clock);
        Wiring wiring = Wiring.of(
                peers.size(),
                plant,
                new Wiring.Setting(settings.directory(), settings.speed(), settings.seed(), settings.faults()));
        Path data = settings.directory().resolve(household.name());
        int webPort = freePort();
        Path file = settings.directory().resolve(household.name() + ".toml");
        Files.writeString(file, nodeToml(household, wiring, data, webPort, brokerPort));
        Supervised process =
                supervise(household.name(), sunpeer("run", file), line -> screen.line(household.name(), line));
        process.start();
        return new Peer(household, data, plant, wiring, process, URI.create("http://127.0.0.1:" + webPort + "/"));
    }

    private String nodeToml(Household household, Wiring wiring, Path data, int webPort, int brokerPort) {
        return """
                [node]
                name = "%s"
                latitude = %s
                longitude = %s
                timezone = "%s"
                data = "%s"

                [controller]
                %s
                poll_s = 60

                [panel]
                watts = %s

                [battery]
                chemistry = "%s"
                voltage = %s
                capacity_ah = %s
                reserve = %s

                [board]
                idle_w = %s
                active_w = %s

                [broker]
                url = "mqtt://127.0.0.1:%d"

                [web]
                bind = "127.0.0.1"
                port = %d

                """.formatted(
                                household.name(),
                                household.place().latitudeDeg(),
                                household.place().longitudeDeg(),
                                ZONE,
                                data,
                                wiring.toml(),
                                household.panel().wattsStc(),
                                household.battery().chemistry().name().toLowerCase(Locale.ROOT),
                                household.battery().nominalV(),
                                household.battery().capacityAh(),
                                household.reserve(),
                                household.boardInput().idleW(),
                                household.boardInput().activeW(),
                                brokerPort,
                                webPort)
                + clockToml();
    }

    /** The same program that a board runs, with the flags that its service has. */
    private static List<String> sunpeer(String command, Path config) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xss256k",
                "-Xmx48m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "sunpeer.appliance.cli.Main",
                command,
                "--config",
                config.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends all processes and wires. Thread-safe and repeatable: Ctrl-C calls it too. */
    @Override
    public synchronized void close() {
        stopping = true;
        peers.forEach(peer -> peer.process().close());
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
        if (broker != null) {
            broker.close();
            broker = null;
        }
        peers.forEach(peer -> peer.wiring().end().run());
    }
}
