package sunpeer.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.ledger.Bytes;

class StoreReaderTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("store.db");
    }

    /** Without -shm: in one process SQLite shares it between reader and writer. {@link KillTest} looks at it too. */
    private Map<String, Bytes> files() throws IOException {
        Map<String, Bytes> files = Stores.files(directory);
        files.computeIfPresent("store.db-shm", (name, sum) -> Bytes.EMPTY);
        return files;
    }

    private void assertReads(int batches) throws IOException {
        Map<String, Bytes> before = files();
        try (StoreReader reader = Stores.openReader(file())) {
            Stores.assertHolds(Stores.ok(reader.load()), batches);
            assertThat(Stores.ok(reader.readings(1000))).hasSize(batches);
            assertThat(reader.readLog((index, entry) -> true))
                    .isEqualTo(new LogRead.Whole(
                            (long) batches * Batches.ENTRIES_EACH,
                            batches == 0 ? Optional.empty() : Optional.of("checkpoint " + (batches - 1))));
            assertThat(files()).isEqualTo(before);
        }
        assertThat(files()).as("nothing made, nothing changed").isEqualTo(before);
    }

    @Test
    void aClosedStoreIsRead() throws Exception {
        try (Store store = Stores.open(file())) {
            assertThat(store.keep(Batches.batch(0))).isEqualTo(new Store.Kept.Done());
        }
        assertReads(1);
    }

    @Test
    void aRunningStoreIsReadAtAnyMomentOfItsLife() throws Exception {
        try (Store store = Stores.open(file())) {
            assertReads(0);
            for (int i = 0; i < 220; i++) {
                assertThat(store.keep(Batches.batch(i))).isEqualTo(new Store.Kept.Done());
                if (i % 20 == 0) {
                    assertReads(i + 1);
                }
            }
        }
        try (Store store = Stores.open(file())) {
            assertReads(220);
            assertThat(store.keep(Batches.batch(220))).isEqualTo(new Store.Kept.Done());
            assertReads(221);
        }
    }

    @Test
    void aReaderSeesOneMomentWhileTheNodeWritesOn() {
        try (Store store = Stores.open(file())) {
            assertThat(store.keep(Batches.batch(0))).isEqualTo(new Store.Kept.Done());
            try (StoreReader reader = Stores.openReader(file())) {
                LogRead log = reader.readLog((index, entry) -> {
                    if (index == 0) {
                        assertThat(store.keep(Batches.batch(1))).isEqualTo(new Store.Kept.Done());
                    }
                    return true;
                });
                assertThat(log).isEqualTo(new LogRead.Whole(3, Optional.of("checkpoint 0")));
                Stores.assertHolds(Stores.ok(reader.load()), 2);
            }
        }
    }

    @Test
    void aCopyWithItsWalIsReadElsewhere(@TempDir Path node) throws Exception {
        Path original = node.resolve("store.db");
        try (Store store = Stores.open(original)) {
            assertThat(store.keep(Batches.batch(0))).isEqualTo(new Store.Kept.Done());
            Files.copy(original, file());
            Files.copy(Store.wal(original), Store.wal(file()));
        }
        assertReads(1);
    }

    @Test
    void whatIsNoStoreIsSaid() throws Exception {
        assertRefused("there is no store");
        Files.writeString(file(), "no store");
        assertRefused("is not a Sunpeer store");
        Files.writeString(file(), "");
        assertRefused("is not a Sunpeer store");
    }

    private void assertRefused(String reason) {
        assertThat(StoreReader.open(file()))
                .isInstanceOfSatisfying(
                        StoreReader.Opened.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }
}
