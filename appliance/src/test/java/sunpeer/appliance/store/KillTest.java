package sunpeer.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.ledger.Bytes;

/**
 * A node that is killed in the middle of anything. The kernel lives on here, so this shows that a batch is whole or not there
 * and that the file opens again; that a batch survives a power cut is what synchronous=FULL is for, and only a cut can test it.
 */
class KillTest {
    private static final int KILLS = 20;
    private static final long SEED = 20_260_101;
    private static final int PAUSE_MS_MAX = 50;

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedIsThereAfterKill() throws Exception {
        Path file = directory.resolve("store.db");
        Path nativeDirectory = Files.createDirectory(directory.resolve("native"));
        Random random = new Random(SEED);
        int there = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = runAndKill(file, nativeDirectory, random.nextInt(PAUSE_MS_MAX));
            Map<String, Bytes> left = Stores.files(directory);
            try (StoreReader reader = Stores.openReader(file)) {
                there = reader(reader, acknowledged, acknowledged + 1);
            }
            assertThat(Stores.files(directory)).as("a reader changes nothing").isEqualTo(left);
            try (Store store = Stores.open(file)) {
                Stores.assertHolds(Stores.ok(store.load()), there);
                assertThat(Stores.ok(store.readings(Integer.MAX_VALUE))).hasSize(there);
            }
            try (var litter = Files.list(nativeDirectory)) {
                assertThat(litter).as("unpacked libraries after kill %d", kill).isEmpty();
            }
        }
        assertThat(there).as("seed %d", SEED).isGreaterThan(2 * KILLS);
    }

    /** How many batches a reader finds that opens the file beside the running process, or what that left when it was killed. */
    private static int reader(StoreReader reader, int least, int most) {
        var memory = Stores.ok(reader.load());
        int there = memory.entries().size() / Batches.ENTRIES_EACH;
        assertThat(there).isBetween(least, most);
        // That all of it is right is asked of the store below; here only that the reader sees whole batches.
        assertThat(memory.entries()).hasSize(there * Batches.ENTRIES_EACH);
        assertThat(memory.outbox()).containsExactly(Batches.blob(there, 300));
        return there;
    }

    /** The number of batches that the child said are kept, by itself and by those before. */
    private static int runAndKill(Path file, Path nativeDirectory, int pauseMs) throws Exception {
        Process child = KeepLoop.start(file, nativeDirectory, Integer.MAX_VALUE / 2);
        try (BufferedReader said = child.inputReader()) {
            String last = said.readLine();
            assertThat(last).as("the child keeps").isNotNull();
            Thread.sleep(pauseMs);
            try (StoreReader reader = Stores.openReader(file)) {
                reader(reader, Integer.parseInt(last) + 1, Integer.MAX_VALUE);
            }
            // Not by the Process: that would throw away what the child has said.
            child.toHandle().destroyForcibly();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = line;
            }
            assertThat(child.waitFor()).isEqualTo(128 + 9);
            return Integer.parseInt(last) + 1;
        } finally {
            child.destroyForcibly();
        }
    }
}
