package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Observer;
import sunpeer.appliance.Patience;
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.ConfigResult;
import sunpeer.appliance.config.Defaults;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.schedule.Stage;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Devices;
import sunpeer.drivers.board.Board;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.VictronSimulator;

/** A node with a low battery in a winter night: a real broker, a clock and a kernel made of files, a command that only writes. */
class SleepTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant NIGHT = Instant.parse("2026-12-01T22:00:00Z");
    private static final SimulatedValues LOW = new SimulatedValues(12.9, -0.25, 0, 0, 0, 0, 24, 80, 0, ChargeStage.OFF);

    @TempDir
    private Path directory;

    private Path root;
    private Path halted;
    private Mosquitto broker;
    private Observer observer;

    /** Three minutes a second. */
    private final InstantSource fast = new InstantSource() {
        private final long begin = System.nanoTime();

        @Override
        public Instant instant() {
            return NIGHT.plusNanos(180 * (System.nanoTime() - begin));
        }
    };

    @BeforeEach
    void aBoardAndABroker() throws Exception {
        root = directory.resolve("root");
        halted = directory.resolve("halted");
        file("sys/class/rtc/rtc0/wakealarm", "");
        file("sys/class/rtc/rtc0/since_epoch", "1000000\n");
        file("sys/power/state", "freeze mem\n");
        broker = Mosquitto.start(directory);
        observer = Observer.on(broker.port());
    }

    @AfterEach
    void end() throws Exception {
        observer.close();
        broker.close();
    }

    private void file(String path, String text) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private NodeService start(Path toml, String mode, Duration patience) throws Exception {
        Files.writeString(toml, Files.readString(toml) + "[sleep]\nmode = \"" + mode + "\"\n");
        var read = ConfigReader.node(toml, new Defaults(ZoneOffset.UTC, directory, Devices.profileIds()));
        assertThat(read).isInstanceOf(ConfigResult.Ok.class);
        Machine machine = new Machine(root, List.of("sh", "-c", "echo off >> " + halted), patience);
        var started = NodeService.start(
                ((ConfigResult.Ok<NodeConfig>) read).config(), fast, Board.at(root), machine, new SecureRandom());
        return ((NodeService.Started.Ok) started).service();
    }

    private interface Night {
        void pass(NodeService node, String base) throws Exception;
    }

    private void night(String mode, Duration patience, Night night) throws Exception {
        Pty line = Pty.open();
        try (Home home = Home.steady(directory, broker.port());
                VictronSimulator _ = VictronSimulator.start(() -> LOW, line, Duration.ofMillis(100));
                NodeService node =
                        start(home.toml("profile = \"victron\"\nport = \"" + line.path() + "\""), mode, patience)) {
            String base = "sunpeer/1/" + node.view().id() + "/";
            observer.await(base + "status", "online");
            night.pass(node, base);
        }
    }

    private JsonObject state(String base) throws Exception {
        return JsonParser.object()
                .from(Observer.retained(broker.port(), base + "state")
                        .orElseThrow()
                        .text());
    }

    private String status(String base) throws Exception {
        return Observer.retained(broker.port(), base + "status").orElseThrow().text();
    }

    private static boolean tells(NodeService node, String text) {
        return node.view().recent().stream().anyMatch(story -> story.text().contains(text));
    }

    @Test
    void itSetsItsAlarmSaysGoodByeAndHalts() throws Exception {
        night("halt", Duration.ofMinutes(5), (node, base) -> {
            Patience.until("halted", LIMIT, () -> Files.exists(halted));
            assertThat(Files.readString(halted)).isEqualTo("off\n");
            NodeView view = node.view();
            assertThat(view.rest().stage()).isEqualTo(Stage.ASLEEP);
            Instant until = view.rest().returnsAt().orElseThrow();
            long alarm = Long.parseLong(Files.readString(root.resolve("sys/class/rtc/rtc0/wakealarm"))
                    .strip());
            assertThat(alarm - 1_000_000)
                    .isBetween(
                            Duration.between(view.at(), until).toSeconds() - 900,
                            Duration.between(view.at(), until).toSeconds() + 900);
            assertThat(status(base)).isEqualTo("sleeping");
            assertThat(state(base).getString("returns_at")).isEqualTo(until.toString());
            assertThat(state(base).getString("stage")).isEqualTo("asleep");
            assertThat(state(base).getString("state")).isEqualTo("sleeping");
            assertThat(state(base).getBoolean("online")).isTrue();
            observer.forget();
        });
        // The system has stopped the service: no farewell over the farewell, and no will.
        Thread.sleep(500);
        String status = observer.seen().stream()
                .filter(seen -> seen.topic().endsWith("/status"))
                .map(Observer.Seen::text)
                .findAny()
                .orElse("");
        assertThat(status).isEmpty();
    }

    @Test
    void aSystemThatDoesNotHaltIsNotAsleep() throws Exception {
        night("halt", Duration.ofMillis(300), (node, base) -> {
            Patience.until("refused", LIMIT, () -> tells(node, "cannot sleep"));
            assertThat(tells(
                            node,
                            "cannot sleep, saves by radio windows only: `sh -c echo off >> " + halted
                                    + "` was run, and the system still is"))
                    .isTrue();
            assertThat(Files.readString(root.resolve("sys/class/rtc/rtc0/wakealarm")))
                    .isEqualTo("0\n");
            Patience.until("radio windows", LIMIT, () -> node.view().rest().stage() == Stage.RADIO_WINDOWS);
        });
    }

    @Test
    void anAlarmThatIsNotKeptLeavesTheBoardOn() throws Exception {
        Path alarm = root.resolve("sys/class/rtc/rtc0/wakealarm");
        Files.delete(alarm);
        Files.createSymbolicLink(alarm, Path.of("/dev/null"));
        night("halt", Duration.ofMillis(300), (node, base) -> {
            Patience.until("refused", LIMIT, () -> tells(node, "the clock rtc0 does not keep the alarm"));
            assertThat(halted).doesNotExist();
            assertThat(observer.seen().stream().map(Observer.Seen::text)).doesNotContain("sleeping", "offline");
        });
    }

    @Test
    void aSuspendedBoardGoesOnWhereItWas() throws Exception {
        night("suspend", Duration.ofMillis(300), (node, base) -> {
            observer.await(base + "status", "sleeping");
            observer.forget();
            // A kernel made of files wakes at once.
            Patience.until("back", LIMIT, () -> tells(node, "shorter than planned"));
            assertThat(Files.readString(root.resolve("sys/power/state"))).startsWith("mem");
            observer.await(base + "status", "online");
            assertThat(halted).doesNotExist();
            Patience.until("it reads", LIMIT, () -> node.view().rest().stage() == Stage.INFERENCE_OFF);
        });
    }
}
