package sunpeer.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.Command.Keep;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.drivers.Reading;

class StoreTest {
    @TempDir
    private Path directory;

    private Path file;
    private Store store;

    @BeforeEach
    void open() {
        file = directory.resolve("a store? 100% #1.db");
        store = Stores.open(file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = Stores.open(file);
    }

    private void keep(Keep... records) {
        assertThat(store.keep(List.of(records))).isEqualTo(new Store.Kept.Done());
    }

    private NodeMemory memory() {
        return Stores.ok(store.load());
    }

    @Test
    void aNewStoreRemembersNothing() {
        assertThat(memory()).isEqualTo(NodeMemory.NONE);
        assertThat(Stores.ok(store.readings(10))).isEmpty();
        assertThat(store.readLog((index, entry) -> true)).isEqualTo(new LogRead.Whole(0, Optional.empty()));
    }

    @Test
    void everyKindOfRecordComesBackAfterReopening() {
        keep(Batches.entry(0), Batches.entry(1));
        keep(new Keep.SetCheckpoint("first"));
        keep(new Keep.SetCheckpoint("second"), Batches.entry(2));
        keep(new Keep.PutOutbox(7, Bytes.ofText("seven")), new Keep.PutOutbox(8, Bytes.ofText("eight")));
        keep(new Keep.PutOutbox(3, Bytes.ofText("three")), new Keep.Acknowledge(7, Bytes.ofText("got seven")));
        keep(new Keep.PutState("a", Bytes.ofText("old")), new Keep.PutState("b", Bytes.EMPTY));
        keep(new Keep.PutState("a", Batches.blob(5, 100_000)));
        keep(new Keep.PutReading(Batches.reading(1)));
        keep(new Keep.PutReading(Batches.reading(2)));
        reopen();
        NodeMemory memory = memory();
        assertThat(memory.entries()).containsExactly(Batches.blob(0, 200), Batches.blob(1, 200), Batches.blob(2, 200));
        assertThat(memory.checkpoint()).contains("second");
        assertThat(memory.outbox()).containsExactly(Bytes.ofText("three"), Bytes.ofText("eight"));
        assertThat(memory.states())
                .hasSize(2)
                .containsEntry("a", Batches.blob(5, 100_000))
                .containsEntry("b", Bytes.EMPTY);
        assertThat(Stores.ok(store.readings(10))).containsExactly(Batches.reading(1), Batches.reading(2));
        assertThat(Stores.ok(store.readings(1))).containsExactly(Batches.reading(2));
    }

    @Test
    void nothingOfABatchStaysWhoseLastRecordIsWrong() {
        keep(Batches.batch(0).toArray(Keep[]::new));
        List<Keep> wrong = new ArrayList<>(Batches.batch(1));
        wrong.add(Batches.entry(99));
        assertThatThrownBy(() -> store.keep(wrong))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("entry 99 is not the next one: the store has 6");
        Stores.assertHolds(memory(), 1);
        keep(Batches.batch(1).toArray(Keep[]::new));
        reopen();
        Stores.assertHolds(memory(), 2);
        assertThat(Stores.ok(store.readings(10))).hasSize(2);
    }

    @Test
    void theSameBatchMayComeASecondTime() {
        keep(Batches.batch(0).toArray(Keep[]::new));
        keep(Batches.batch(1).toArray(Keep[]::new));
        List<Keep> again = Batches.batch(1);
        assertThat(store.keep(again)).isEqualTo(new Store.Kept.Done());
        Stores.assertHolds(memory(), 2);
    }

    @Test
    void aCoreThatContradictsItselfIsStopped() {
        keep(Batches.batch(0).toArray(Keep[]::new));
        keep(new Keep.Acknowledge(1, Bytes.ofText("receipt")));
        keep(new Keep.PutOutbox(2, Bytes.ofText("two")));
        assertWrong(new Keep.AppendEntry(0, Bytes.ofText("other")), "entry 0 is there with other bytes");
        assertWrong(new Keep.AppendEntry(-1, Bytes.ofText("other")), "entry -1 is not the next one");
        assertWrong(Batches.entry(4), "entry 4 is not the next one: the store has 3");
        assertWrong(new Keep.PutOutbox(2, Bytes.ofText("other")), "outbox 2 is there with other bytes");
        assertWrong(new Keep.PutOutbox(1, Bytes.ofText("one")), "own entry 1 has a receipt already");
        assertWrong(new Keep.Acknowledge(5, Bytes.ofText("five")), "own entry 5 was never in the outbox");
        assertThat(memory().outbox()).containsExactly(Bytes.ofText("two"));
    }

    private void assertWrong(Keep record, String message) {
        assertThatThrownBy(() -> store.keep(List.of(record)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aLogIsReadEntryByEntryAndMayBeLeft() {
        keep(Batches.batch(0).toArray(Keep[]::new));
        List<Long> seen = new ArrayList<>();
        LogRead all = store.readLog((index, entry) -> {
            assertThat(entry).isEqualTo(Batches.blob(index, 200));
            return seen.add(index);
        });
        assertThat(all).isEqualTo(new LogRead.Whole(3, Optional.of("checkpoint 0")));
        assertThat(seen).containsExactly(0L, 1L, 2L);
        assertThat(store.readLog((index, entry) -> index < 1)).isEqualTo(new LogRead.Stopped(1));
        keep(Batches.entry(3));
    }

    @Test
    void aGapInTheLogIsReported() throws Exception {
        keep(Batches.batch(0).toArray(Keep[]::new));
        keep(Batches.batch(1).toArray(Keep[]::new));
        store.close();
        Stores.sql(file, "DELETE FROM entry WHERE log_index IN (2, 3)");
        store = Stores.open(file);
        assertThat(store.readLog((index, entry) -> true)).isEqualTo(new LogRead.Gap(2, 4));
        if (!(store.load() instanceof Loaded.Failed<NodeMemory>(String reason))) {
            throw new AssertionError("loaded");
        }
        assertThat(reason).contains("damaged", "entry 2 is missing");
    }

    @Test
    void aStateWithAFlippedBitComesBackEmpty() throws Exception {
        keep(new Keep.PutState("a", Bytes.ofText("good")), new Keep.PutState("b", Bytes.ofText("good")));
        store.close();
        Stores.sql(file, "UPDATE state SET bytes = x'00' WHERE name = 'a'");
        store = Stores.open(file);
        assertThat(memory().states()).containsEntry("a", Bytes.EMPTY).containsEntry("b", Bytes.ofText("good"));
    }

    @Test
    void aRowThatSomebodyChangedIsStillAReading() throws Exception {
        keep(new Keep.PutReading(Batches.reading(0)));
        store.close();
        Stores.sql(file, "UPDATE reading SET battery_v = NULL, quality = 'gx', stage = 'GLOAT'");
        store = Stores.open(file);
        Reading reading = Stores.ok(store.readings(1)).getFirst();
        assertThat(reading.batteryV().isGood()).isFalse();
        assertThat(reading.pvW().isGood()).isFalse();
    }

    @Test
    void oldReadingsAndReceiptsGo() {
        List<Keep> many = new ArrayList<>();
        for (int i = 0; i < StoreLimits.READINGS_MAX + 2 * StoreLimits.PRUNE_EVERY; i++) {
            many.add(new Keep.PutReading(Batches.reading(i)));
        }
        for (int i = 1; i <= StoreLimits.RECEIPTS_MAX + 2 * StoreLimits.PRUNE_EVERY; i++) {
            many.add(new Keep.PutOutbox(i, Bytes.EMPTY));
            many.add(new Keep.Acknowledge(i, Bytes.EMPTY));
        }
        assertThat(store.keep(many)).isEqualTo(new Store.Kept.Done());
        List<Reading> left = Stores.ok(store.readings(Integer.MAX_VALUE));
        assertThat(left).hasSize(StoreLimits.READINGS_MAX);
        assertThat(left.getFirst()).isEqualTo(Batches.reading(2 * StoreLimits.PRUNE_EVERY));
        assertThat(store.keep(List.of(new Keep.PutOutbox(1, Bytes.EMPTY))))
                .as("the receipt of 1 is gone")
                .isEqualTo(new Store.Kept.Done());
    }

    @Test
    void anotherThreadMayNotKeep() {
        keep(Batches.entry(0));
        assertThat(CompletableFuture.supplyAsync(() -> store.keep(List.of(Batches.entry(1)))))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("the store belongs to");
    }

    @Test
    void aClosedStoreIsOneFileAndItsEmptyLock() throws Exception {
        keep(Batches.entry(0));
        store.close();
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(file, directory.resolve(file.getFileName() + ".lock"));
        }
        assertThat(directory.resolve(file.getFileName() + ".lock")).isEmptyFile();
    }
}
