package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Program;
import sunpeer.appliance.config.DemoClock;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.sim.Household;
import sunpeer.appliance.store.Loaded;
import sunpeer.appliance.store.StoreReader;

/** A node whose card runs full ends with a word that the supervisor and the owner understand, and loses nothing. */
class DiskFullTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void endsToBeStartedLaterAndKeepsWhatItPromised() throws Exception {
        DemoClock clock = Home.fast(1440);
        Path data = Files.createDirectories(directory.resolve("roof/data"));
        assumeTrue(
                mount("-t", "tmpfs", "-o", "size=8m", "none", data.toString()),
                "skipped: only root with CAP_SYS_ADMIN may mount a tmpfs here");
        try (Mosquitto broker = Mosquitto.start(directory);
                Program _ = Program.start(
                        "gateway",
                        "--config",
                        Home.gatewayToml(directory.resolve("gateway"), broker.port(), Optional.of(clock)));
                Home roof = Home.sunny(Household.THREE.getFirst(), directory.resolve("roof"), broker.port(), clock)) {
            Path store = data.resolve(Ground.STORE_FILE);
            NodeMemory kept;
            try (Program node = Program.start("run", "--config", roof.toml())) {
                node.awaitLine("forecast for");
                fill(data.resolve("filler"));
                assertThat(node.awaitExit(LIMIT)).isEqualTo(Exit.TRY_AGAIN);
                assertThat(node.lines()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
                assertThat(node.lines().getLast())
                        .contains("WARN: no space left for the store " + store + ": see what fills it with: df -h '"
                                + data + "'");
                kept = memory(store);
                assertThat(kept.entries()).isNotEmpty();
            }
            Files.delete(data.resolve("filler"));
            try (Program node = Program.start("run", "--config", roof.toml())) {
                node.awaitLine("connected to the broker");
                node.awaitLine("forecast for");
                node.stop();
                assertThat(node.lines()).noneMatch(line -> line.contains("damaged") || line.contains("begun anew"));
            }
            NodeMemory after = memory(store);
            assertThat(after.entries()).startsWith(kept.entries().toArray(Bytes[]::new));
            List<Bytes> all = new ArrayList<>(after.entries());
            all.addAll(after.outbox());
            assertThat(all)
                    .as("what waited for the gateway still waits or is in the log")
                    .containsAll(kept.outbox());
        } finally {
            umount(data);
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 10_000; i++) {
                out.write(block);
            }
            fail("the file system is never full");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static NodeMemory memory(Path store) {
        return switch (StoreReader.open(store)) {
            case StoreReader.Opened.Failed(String reason) -> fail(reason);
            case StoreReader.Opened.Ok(StoreReader reader) -> {
                try (reader) {
                    yield switch (reader.load()) {
                        case Loaded.Ok<NodeMemory>(NodeMemory memory) -> memory;
                        case Loaded.Failed<NodeMemory>(String reason) -> fail(reason);
                    };
                }
            }
        };
    }

    private static boolean mount(String... arguments) throws InterruptedException {
        return run("mount", arguments) == 0;
    }

    private static void umount(Path at) throws InterruptedException {
        run("umount", "-l", at.toString());
    }

    private static int run(String program, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
