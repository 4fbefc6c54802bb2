package sunpeer.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.Command.Keep;

/** Every way in which the world can be wrong, and the sentence that people read then. */
class StoreTroubleTest {
    @TempDir
    private Path directory;

    private Path filled() {
        Path file = directory.resolve("store.db");
        try (Store store = Stores.open(file)) {
            for (int i = 0; i < 10; i++) {
                assertThat(store.keep(Batches.batch(i))).isEqualTo(new Store.Kept.Done());
            }
        }
        return file;
    }

    @Test
    void twoNodesCannotShareAStore() throws Exception {
        Path file = filled();
        try (Store first = Stores.open(file)) {
            assertThat(Stores.refusal(file)).contains("another sunpeer runs", "systemctl stop sunpeer");
            Process second = KeepLoop.start(file, directory, 1);
            assertThat(second.waitFor()).isEqualTo(KeepLoop.REFUSED);
            assertThat(first.keep(Batches.batch(10))).isEqualTo(new Store.Kept.Done());
        }
        try (Store next = Stores.open(file)) {
            Stores.assertHolds(Stores.ok(next.load()), 11);
        }
    }

    @Test
    void aMissingDirectoryIsNamedWithTheCommandThatMakesIt() {
        assertThat(Stores.refusal(directory.resolve("no/store.db")))
                .contains("does not exist", "sudo install -d -o " + System.getProperty("user.name"));
    }

    @Test
    void aDirectoryIsNoStore() {
        assertThat(Stores.refusal(directory)).contains("is not a Sunpeer store");
    }

    @Test
    void randomBytesAreNoStore() throws Exception {
        Path file = directory.resolve("store.db");
        for (int length : List.of(1, 15, 16, 100, 4096, 50_000)) {
            byte[] noise = Batches.blob(length, length).toArray();
            Files.write(file, noise);
            assertThat(Stores.refusal(file)).contains("is not a Sunpeer store");
            assertThat(file).hasBinaryContent(noise);
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsLeftAlone() throws Exception {
        Path file = directory.resolve("other.db");
        Stores.sql(file, "CREATE TABLE theirs (a)", "PRAGMA application_id = 7");
        assertThat(Stores.refusal(file)).contains("is not a Sunpeer store");
    }

    @Test
    void anEmptyFileIsANewStore() throws Exception {
        Path file = Files.createFile(directory.resolve("store.db"));
        try (Store store = Stores.open(file)) {
            assertThat(store.keep(Batches.batch(0))).isEqualTo(new Store.Kept.Done());
        }
    }

    @Test
    void aTruncatedFileIsDamaged() throws Exception {
        Path file = filled();
        long whole = Files.size(file);
        for (long length : List.of(whole - 4096, whole / 2, 8192L, 4096L, 100L, 20L)) {
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.setLength(length);
            }
            assertThat(Stores.refusal(file))
                    .as("%d of %d bytes", length, whole)
                    .containsAnyOf("is damaged", "is not a Sunpeer store");
        }
    }

    @Test
    void aPageOfNoiseIsDamage() throws Exception {
        Path file = filled();
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(4096);
            raw.write(Batches.blob(1, 4096).toArray());
        }
        assertThat(Stores.refusal(file)).contains("is damaged", "comes back from the gateway");
    }

    @Test
    void aWalWithoutItsFileIsNotThrownAway() throws Exception {
        Path file = directory.resolve("store.db");
        Files.write(Store.wal(file), new byte[100]);
        assertThat(Stores.refusal(file)).contains("is damaged", "its -wal is there");
        assertThat(Store.wal(file)).hasSize(100);
    }

    @Test
    void aNewerFileIsNotTouched() throws Exception {
        Path file = filled();
        Stores.sql(file, "PRAGMA user_version = 2");
        assertThat(Stores.refusal(file)).contains("written by a newer Sunpeer (format 2, this one knows 1)");
        assertThat(StoreReader.open(file)).isInstanceOf(StoreReader.Opened.Failed.class);
    }

    @Test
    void aReadOnlyFileSystemIsNamed() throws Exception {
        Path at = directory.resolve("ro");
        try (Stores.Mount mount = Stores.Mount.tmpfs(at, "size=1m")) {
            Path file = at.resolve("store.db");
            try (Store store = Stores.open(file)) {
                assertThat(store.keep(Batches.batch(0))).isEqualTo(new Store.Kept.Done());
            }
            mount.remount("ro");
            assertThat(Stores.refusal(file)).contains("read-only file system", "remount,rw");
            try (StoreReader reader = Stores.openReader(file)) {
                Stores.assertHolds(Stores.ok(reader.load()), 1);
            }
        }
    }

    @Test
    void aFullDiskIsWaitedOutByTheSameStore() throws Exception {
        Path at = directory.resolve("full");
        try (Stores.Mount mount = Stores.Mount.tmpfs(at, "size=1m")) {
            Path file = mount.at().resolve("store.db");
            Path filler = Files.write(mount.at().resolve("filler"), new byte[600_000]);
            try (Store store = Stores.open(file)) {
                int kept = keepUntilFull(store);
                assertThat(kept).isPositive();
                Stores.assertHolds(Stores.ok(store.load()), kept);
                assertFull(store.keep(Batches.batch(kept)));
                Files.delete(filler);
                assertThat(store.keep(Batches.batch(kept))).isEqualTo(new Store.Kept.Done());
                Stores.assertHolds(Stores.ok(store.load()), kept + 1);
            }
        }
    }

    @Test
    void aStoreThatFilledTheDiskOpensAgain() throws Exception {
        Path at = directory.resolve("full");
        try (Stores.Mount mount = Stores.Mount.tmpfs(at, "size=1m")) {
            Path file = mount.at().resolve("store.db");
            int kept;
            try (Store store = Stores.open(file)) {
                kept = keepUntilFull(store);
            }
            try (Store store = Stores.open(file)) {
                Stores.assertHolds(Stores.ok(store.load()), kept);
            }
            mount.remount("size=4m");
            try (Store store = Stores.open(file)) {
                assertThat(store.keep(Batches.batch(kept))).isEqualTo(new Store.Kept.Done());
            }
        }
    }

    @Test
    void noSpaceForANewStore() throws Exception {
        Path at = directory.resolve("full");
        try (Stores.Mount mount = Stores.Mount.tmpfs(at, "size=64k")) {
            Files.write(mount.at().resolve("filler"), new byte[60_000]);
            assertThat(Stores.refusal(mount.at().resolve("store.db"))).contains("no space left", "df -h");
        }
    }

    private static int keepUntilFull(Store store) {
        for (int number = 0; number < 1_000; number++) {
            Store.Kept kept = store.keep(Batches.batch(number));
            if (!kept.equals(new Store.Kept.Done())) {
                assertFull(kept);
                return number;
            }
        }
        return fail("never full");
    }

    private static void assertFull(Store.Kept kept) {
        assertThat(kept).isInstanceOfSatisfying(Store.Kept.Failed.class, failed -> {
            assertThat(failed.reason()).contains("no space left", "df -h").hasLineCount(1);
            assertThat(failed.full()).isTrue();
        });
    }

    @Test
    void someoneElsesToolThatLocksTheFileIsNamed() throws Exception {
        Path file = filled();
        try (Store store = Stores.open(file);
                var tool = Store.connect(file, "psow=0")) {
            Schema.run(tool, "BEGIN IMMEDIATE");
            assertThat(store.keep(List.of(new Keep.PutState("a", Bytes.EMPTY))))
                    .isInstanceOfSatisfying(Store.Kept.Failed.class, failed -> {
                        assertThat(failed.reason()).contains("another program holds the store");
                        assertThat(failed.full()).isFalse();
                    });
            Schema.run(tool, "ROLLBACK");
            assertThat(store.keep(Batches.batch(10))).isEqualTo(new Store.Kept.Done());
        }
    }
}
