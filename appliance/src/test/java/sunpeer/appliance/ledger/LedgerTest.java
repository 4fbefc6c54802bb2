package sunpeer.appliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static sunpeer.appliance.ledger.TestLog.ANN;
import static sunpeer.appliance.ledger.TestLog.BEN;
import static sunpeer.appliance.ledger.TestLog.GATEWAY;

import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;

/** Every rule of the log has somebody who breaks it. */
class LedgerTest {
    private static final Bytes TEXT = Bytes.ofText("a commitment");
    private static final Signer STRANGER =
            Signer.fromSeed(Bytes.ofText("stranger").sha256());

    private final TestLog log = TestLog.withPeers();

    @Test
    void uidsAreGivenInTheOrderOfJoining() {
        assertThat(log.ledger.uidOf(ANN.peerKey())).contains(0);
        assertThat(log.ledger.uidOf(BEN.peerKey())).contains(1);
        assertThat(log.ledger.uidOf(STRANGER.peerKey())).isEmpty();
        assertThat(log.ledger.gatewayKey()).contains(GATEWAY.peerKey());
        assertThat(log.ledger.logId())
                .isEqualTo(Bytes.of(log.entries.getFirst().leafHash().toBytes()));
    }

    @Test
    void form() {
        Entry good = log.next(ANN, EntryType.COMMIT, 0, TEXT);
        Bytes cut = good.bytes().slice(0, good.bytes().length() - 1);
        assertThat(log.ledger.append(cut))
                .isInstanceOfSatisfying(
                        Ledger.Appended.Rejected.class,
                        rejected -> assertThat(rejected.check()).isEqualTo(Ledger.Check.FORM));
        assertThat(log.refusal(log.next(STRANGER, EntryType.JOIN, Entry.NEWCOMER, Bytes.zeros(31))))
                .isEqualTo("FORM");
    }

    @Test
    void formOfTheFirst() {
        Bytes key = GATEWAY.peerKey().raw();
        assertThat(first(EntryType.GENESIS, Entry.GATEWAY, 1, Bytes.zeros(32), 0, key.slice(0, 31)))
                .isEqualTo("FORM");
        assertThat(first(EntryType.GENESIS, Entry.GATEWAY, 1, TEXT.sha256(), 0, key))
                .isEqualTo("FORM");
        assertThat(first(EntryType.GENESIS, Entry.GATEWAY, 1, Bytes.zeros(32), 1, key))
                .isEqualTo("FORM");
        assertThat(first(EntryType.GENESIS, Entry.GATEWAY, 1, Bytes.zeros(32), 0, key))
                .isEmpty();
    }

    private static String first(EntryType type, int author, long number, Bytes previous, long seen, Bytes payload) {
        Entry entry = Entry.sign(
                GATEWAY,
                Bytes.zeros(32),
                new Entry.Position(author, number, previous, seen, 0),
                new Entry.Draft(type, 1, 0, payload));
        return new Ledger().append(entry.bytes()) instanceof Ledger.Appended.Rejected(Ledger.Check check, String reason)
                ? check.name()
                : "";
    }

    @Test
    void place() {
        Bytes key = GATEWAY.peerKey().raw();
        assertThat(first(EntryType.EPOCH, Entry.GATEWAY, 1, Bytes.zeros(32), 0, key))
                .isEqualTo("PLACE");
        assertThat(first(EntryType.GENESIS, 0, 1, Bytes.zeros(32), 0, key)).isEqualTo("PLACE");
        assertThat(first(EntryType.GENESIS, Entry.GATEWAY, 2, Bytes.zeros(32), 0, key))
                .isEqualTo("PLACE");
        assertThat(log.refusal(log.next(GATEWAY, EntryType.GENESIS, Entry.GATEWAY, key)))
                .isEqualTo("PLACE");
    }

    @Test
    void author() {
        assertThat(log.refusal(log.next(ANN, EntryType.EPOCH, 0, TEXT)))
                .as("only the gateway closes")
                .isEqualTo("AUTHOR");
        assertThat(log.refusal(log.next(GATEWAY, EntryType.COMMIT, Entry.GATEWAY, TEXT)))
                .as("the gateway only closes")
                .isEqualTo("AUTHOR");
        var nobody = new Entry.Position(2, 1, Bytes.zeros(32), 0, 0);
        assertThat(log.refusal(log.sign(STRANGER, EntryType.COMMIT, nobody, TEXT)))
                .as("no uid 2")
                .isEqualTo("AUTHOR");
        var newcomer = new Entry.Position(Entry.NEWCOMER, 1, Bytes.zeros(32), 0, 0);
        assertThat(log.refusal(log.sign(STRANGER, EntryType.COMMIT, newcomer, TEXT)))
                .as("a newcomer only joins")
                .isEqualTo("AUTHOR");
        assertThat(log.refusal(log.sign(
                        STRANGER, EntryType.JOIN, newcomer, STRANGER.peerKey().raw())))
                .as("a join has number 0")
                .isEqualTo("AUTHOR");
        assertThat(log.refusal(log.next(
                        ANN, EntryType.JOIN, Entry.NEWCOMER, ANN.peerKey().raw())))
                .as("twice")
                .isEqualTo("AUTHOR");
        assertThat(log.refusal(log.next(
                        GATEWAY,
                        EntryType.JOIN,
                        Entry.NEWCOMER,
                        GATEWAY.peerKey().raw())))
                .as("the gateway is no peer")
                .isEqualTo("AUTHOR");
        assertThat(log.refusal(
                        log.next(ANN, EntryType.JOIN, 0, STRANGER.peerKey().raw())))
                .as("a peer does not join for another")
                .isEqualTo("AUTHOR");
    }

    @Test
    void chain() {
        Entry.Position next = log.ledger.nextPosition(0);
        var again = new Entry.Position(0, 0, next.previous(), next.seenSize(), next.seenRoot());
        var skipped = new Entry.Position(0, 2, next.previous(), next.seenSize(), next.seenRoot());
        var torn = new Entry.Position(0, 1, TEXT.sha256(), next.seenSize(), next.seenRoot());

        assertThat(log.refusal(log.sign(ANN, EntryType.COMMIT, again, TEXT))).isEqualTo("CHAIN");
        assertThat(log.refusal(log.sign(ANN, EntryType.COMMIT, skipped, TEXT))).isEqualTo("CHAIN");
        assertThat(log.refusal(log.sign(ANN, EntryType.COMMIT, torn, TEXT))).isEqualTo("CHAIN");
        Entry good = log.add(ANN, EntryType.COMMIT, 0, TEXT);
        assertThat(log.refusal(good)).as("the same once more").isEqualTo("CHAIN");
    }

    @Test
    void signature() {
        assertThat(log.refusal(log.next(BEN, EntryType.COMMIT, 0, TEXT))).isEqualTo("SIGNATURE");
        assertThat(log.refusal(log.next(ANN, EntryType.EPOCH, Entry.GATEWAY, TEXT)))
                .isEqualTo("SIGNATURE");
        assertThat(log.refusal(log.next(
                        ANN, EntryType.JOIN, Entry.NEWCOMER, STRANGER.peerKey().raw())))
                .isEqualTo("SIGNATURE");
        Entry forged = Entry.sign(
                ANN,
                Bytes.zeros(32),
                new Entry.Position(Entry.GATEWAY, 1, Bytes.zeros(32), 0, 0),
                new Entry.Draft(EntryType.GENESIS, 1, 0, GATEWAY.peerKey().raw()));
        assertThat(new Ledger().append(forged.bytes()))
                .isInstanceOfSatisfying(
                        Ledger.Appended.Rejected.class,
                        rejected -> assertThat(rejected.check()).isEqualTo(Ledger.Check.SIGNATURE));
    }

    @Test
    void history() {
        Entry.Position next = log.ledger.nextPosition(0);
        var future = new Entry.Position(0, 1, next.previous(), log.ledger.size() + 1, next.seenRoot());
        var other = new Entry.Position(0, 1, next.previous(), next.seenSize(), next.seenRoot() ^ 1);
        var notNothing = new Entry.Position(0, 1, next.previous(), 0, next.seenRoot());
        var older = new Entry.Position(0, 1, next.previous(), 1, Checkpoint.rootPrefix(log.ledger.rootAt(1)));

        assertThat(log.refusal(log.sign(ANN, EntryType.COMMIT, future, TEXT))).isEqualTo("HISTORY");
        assertThat(log.refusal(log.sign(ANN, EntryType.COMMIT, other, TEXT))).isEqualTo("HISTORY");
        assertThat(log.refusal(log.sign(ANN, EntryType.COMMIT, notNothing, TEXT)))
                .isEqualTo("HISTORY");
        assertThat(log.refusal(log.sign(ANN, EntryType.COMMIT, older, TEXT)))
                .as("who saw less of the same history is welcome")
                .isEmpty();
    }

    @Test
    void nothingIsReplayedInAnotherLog() {
        TestLog other = new TestLog("other rules");
        Bytes ann = ANN.peerKey().raw();
        var blind = new Entry.Position(Entry.NEWCOMER, 0, Bytes.zeros(32), 0, 0);
        Entry joinedHere = log.sign(ANN, EntryType.JOIN, blind, ann);

        assertThat(other.refusal(joinedHere)).isEqualTo("SIGNATURE");
        assertThat(other.refusal(other.sign(ANN, EntryType.JOIN, blind, ann))).isEmpty();
    }

    @Test
    void aRefusedEntryLeavesNoTrace() {
        Bytes root = log.ledger.root();
        Entry good = log.next(ANN, EntryType.COMMIT, 0, TEXT);
        for (int bit = 0; bit < 8 * good.bytes().length(); bit += 5) {
            assertThat(log.ledger.append(Mutants.flipped(good.bytes(), bit)))
                    .as("bit %d", bit)
                    .isInstanceOf(Ledger.Appended.Rejected.class);
        }
        assertThat(log.ledger.root()).isEqualTo(root);
        assertThat(log.refusal(good)).isEmpty();
    }

    @Test
    void restoringChecksAllButTheSignatureAndTheRootTellsTheRest() {
        log.add(ANN, EntryType.COMMIT, 0, TEXT);
        log.add(BEN, EntryType.COMMIT, 1, TEXT);
        Ledger same = new Ledger();
        log.entries.forEach(entry -> assertThat(same.restore(entry.bytes())).isInstanceOf(Ledger.Appended.Ok.class));
        assertThat(same.root()).isEqualTo(log.ledger.root());

        Ledger damaged = new Ledger();
        for (Entry entry : log.entries) {
            boolean last = entry.equals(log.entries.getLast());
            int lastBit = 8 * entry.bytes().length() - 1;
            Bytes stored = last ? Mutants.flipped(entry.bytes(), lastBit) : entry.bytes();
            assertThat(damaged.restore(stored)).isInstanceOf(Ledger.Appended.Ok.class);
        }
        assertThat(damaged.root()).isNotEqualTo(log.ledger.root());
        assertThat(damaged.agreesWith(Checkpoint.sign(GATEWAY, log.ledger.size(), log.ledger.root())))
                .isFalse();

        Ledger forgedFirst = new Ledger();
        Bytes genesis = log.entries.getFirst().bytes();
        assertThat(forgedFirst.restore(Mutants.flipped(genesis, 8 * genesis.length() - 1)))
                .as("a genesis entry is always verified")
                .isInstanceOf(Ledger.Appended.Rejected.class);
    }

    /** Else strangers could join until the gateway's close is too long to be an entry. */
    @Test
    void aLogHasRoomForSoManyPeersAndNoMore() {
        Ledger crowded = new Ledger();
        crowded.append(log.entries.getFirst().bytes());
        for (int peer = 0; peer < Ledger.PEERS_MAX; peer++) {
            assertThat(crowded.restore(unsignedJoin(peer))).isInstanceOf(Ledger.Appended.Ok.class);
        }
        assertThat(crowded.restore(unsignedJoin(Ledger.PEERS_MAX)))
                .isEqualTo(new Ledger.Appended.Rejected(Ledger.Check.PLACE, "a log has room for 4096 peers"));
        assertThat(32 + 14 + 8 * Ledger.PEERS_MAX).as("bytes of a close").isLessThan(Entry.PAYLOAD_BYTES_MAX);
    }

    private static Bytes unsignedJoin(int number) {
        return new ByteWriter()
                .u8(1)
                .u8(EntryType.JOIN.code())
                .u16(1)
                .u32(0)
                .u16(Entry.NEWCOMER)
                .u32(0)
                .raw(Bytes.zeros(32))
                .u32(0)
                .i64(0)
                .sized(Bytes.ofText("key " + number).sha256())
                .raw(Bytes.zeros(64))
                .done();
    }

    @Test
    void anOlderCheckpointOfTheSameLogAgrees() {
        for (long size = 0; size <= log.ledger.size(); size++) {
            Bytes root = log.ledger.rootAt(size);
            assertThat(log.ledger.agreesWith(Checkpoint.sign(GATEWAY, size, root)))
                    .as("size %d", size)
                    .isTrue();
            assertThat(log.ledger.agreesWith(Checkpoint.sign(GATEWAY, size, Mutants.flipped(root, 3))))
                    .as("size %d, another root", size)
                    .isFalse();
        }
        assertThat(log.ledger.agreesWith(Checkpoint.sign(GATEWAY, log.ledger.size() + 1, log.ledger.root())))
                .isFalse();
    }
}
