package sunpeer.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.NodeMemory;

/** What the tests of this room do with real files. */
final class Stores {
    private Stores() {}

    static Store open(Path file) {
        return switch (Store.open(file)) {
            case Store.Opened.Ok(Store store) -> store;
            case Store.Opened.Failed(String reason) -> fail(reason);
        };
    }

    static String refusal(Path file) {
        return switch (Store.open(file)) {
            case Store.Opened.Ok(Store store) -> {
                store.close();
                yield fail("opened");
            }
            case Store.Opened.Failed(String reason) -> {
                assertThat(reason).hasLineCount(1);
                yield reason;
            }
        };
    }

    static StoreReader openReader(Path file) {
        return switch (StoreReader.open(file)) {
            case StoreReader.Opened.Ok(StoreReader reader) -> reader;
            case StoreReader.Opened.Failed(String reason) -> fail(reason);
        };
    }

    static <T> T ok(Loaded<T> loaded) {
        return switch (loaded) {
            case Loaded.Ok<T>(T value) -> value;
            case Loaded.Failed<T>(String reason) -> fail(reason);
        };
    }

    /** That the memory is what batches 0 to {@code count - 1} leave, with nothing of another. */
    static void assertHolds(NodeMemory memory, int count) {
        assertThat(memory.entries()).hasSize(count * Batches.ENTRIES_EACH);
        for (int i = 0; i < memory.entries().size(); i++) {
            assertThat(memory.entries().get(i)).isEqualTo(Batches.blob(i, 200));
        }
        if (count > 0) {
            assertThat(memory.checkpoint()).contains("checkpoint " + (count - 1));
            assertThat(memory.outbox()).containsExactly(Batches.blob(count, 300));
            assertThat(memory.states()).containsOnlyKeys("number").containsValue(Batches.blob(count - 1L, 20_000));
        }
    }

    /** All files of the directory with the sums of what they hold. */
    static Map<String, Bytes> files(Path directory) throws IOException {
        Map<String, Bytes> sums = new TreeMap<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Bytes content = Bytes.of(Files.readAllBytes(file));
                sums.put(file.getFileName().toString(), content.sha256());
            }
        }
        return sums;
    }

    static void sql(Path file, String... statements) throws SQLException {
        try (Connection connection = Store.connect(file, "psow=0");
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** A small file system of its own; needs root, and skips the test without. Close unmounts. */
    record Mount(Path at) implements AutoCloseable {
        static Mount tmpfs(Path at, String options) throws IOException, InterruptedException {
            Files.createDirectories(at);
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", options, "none", at.toString()) == 0,
                    "skipped: only root with CAP_SYS_ADMIN may mount a tmpfs here");
            return new Mount(at);
        }

        void remount(String options) throws IOException, InterruptedException {
            assertThat(run("mount", "-o", "remount," + options, at.toString())).isZero();
        }

        @Override
        public void close() throws IOException {
            try {
                run("umount", "-l", at.toString());
            } catch (InterruptedException testEnds) {
                Thread.currentThread().interrupt();
            }
        }

        private static int run(String... command) throws IOException, InterruptedException {
            try {
                return new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            } catch (IOException noSuchProgram) {
                return -1;
            }
        }
    }
}
