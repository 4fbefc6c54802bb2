package sunpeer.appliance.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Checkpoint;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.ledger.Ledger;
import sunpeer.appliance.ledger.Receipt;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Audit;
import sunpeer.appliance.market.Payload;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.Leaves;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.sim.MemoryStore;

/** What a gateway takes, refuses, repeats and continues. */
class GatewayCoreTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Rules RULES = Rules.standard(START, Duration.ofHours(1));
    private static final Signer GATEWAY =
            Signer.fromSeed(Bytes.ofText("gateway").sha256());
    private static final Signer ANN = Signer.fromSeed(Bytes.ofText("ann").sha256());
    private static final String ANN_ID = ANN.peerKey().id();
    private static final long SEED = 31;

    private final MemoryStore store = new MemoryStore();
    private final Ledger mirror = new Ledger();
    private GatewayCore gateway = new GatewayCore(GATEWAY, RULES, NodeMemory.NONE);
    private Instant now = START;

    /** Handles, keeps what is to be kept, and returns the rest. */
    private List<Command> give(GatewayEvent... events) {
        List<Command> said = new ArrayList<>();
        for (GatewayEvent event : events) {
            for (Command command : gateway.handle(event)) {
                if (command instanceof Command.Keep keep) {
                    store.keep(keep);
                    if (keep instanceof Command.Keep.AppendEntry(long index, Bytes entry)) {
                        assertThat(mirror.append(entry)).isInstanceOf(Ledger.Appended.Ok.class);
                    }
                } else if (!(command instanceof Command.Tell)) {
                    said.add(command);
                }
            }
        }
        return said;
    }

    private GatewayEvent submitted(Bytes entry) {
        return new GatewayEvent.Submitted(now, ANN_ID, entry);
    }

    private GatewayEvent seal() {
        return new GatewayEvent.Seal(now);
    }

    private static Entry sign(Ledger ledger, int author, Payload payload) {
        return sign(ledger.logId(), ledger.nextPosition(author), payload);
    }

    private static Entry sign(Bytes logId, Entry.Position position, Payload payload) {
        return Entry.sign(ANN, logId, position, new Entry.Draft(payload.type(), 1, 0, payload.encode()));
    }

    private static Payload.Commit commit(long window) {
        return new Payload.Commit(window, Bytes.ofText("forecast " + window).sha256());
    }

    private void join() {
        give(new GatewayEvent.Tick(now), seal());
        Payload join = new Payload.Join(ANN.peerKey(), "ann", new Place(45, 7));
        give(submitted(sign(mirror, Entry.NEWCOMER, join).bytes()), seal());
        assertThat(mirror.uidOf(ANN.peerKey())).contains(0);
    }

    private static List<Receipt> receipts(List<Command> said) {
        List<Receipt> receipts = new ArrayList<>();
        for (Command command : said) {
            if (command instanceof Command.Publish.ReceiptTo(String peer, Bytes bytes)
                    && Receipt.parse(bytes) instanceof Receipt.Parsed.Ok(Receipt receipt)) {
                assertThat(peer).isEqualTo(ANN_ID);
                receipts.add(receipt);
            }
        }
        return receipts;
    }

    @Test
    void aReceiptFollowsTheSealAndProvesTheEntry() {
        join();
        Entry entry = sign(mirror, 0, commit(3));
        assertThat(give(submitted(entry.bytes())))
                .as("nothing is promised before the seal")
                .isEmpty();
        List<Command> said = give(seal());

        assertThat(receipts(said)).singleElement().satisfies(receipt -> {
            assertThat(Checkpoint.parse(receipt.note(), GATEWAY.peerKey()))
                    .isInstanceOfSatisfying(
                            Checkpoint.Parsed.Ok.class,
                            ok -> assertThat(receipt.covers(entry, ok.checkpoint()))
                                    .isTrue());
            assertThat(said).contains(new Command.Publish.NewCheckpoint(receipt.note()));
        });
        assertThat(give(seal())).as("nothing new, nothing said").isEmpty();
    }

    @Test
    void theSameEntryTwiceGetsTheSameReceiptTwice() {
        join();
        Entry entry = sign(mirror, 0, commit(3));
        List<Receipt> first = receipts(give(submitted(entry.bytes()), submitted(entry.bytes()), seal()));
        give(submitted(sign(mirror, 0, commit(4)).bytes()), seal());
        List<Receipt> later = receipts(give(submitted(entry.bytes()), seal()));

        assertThat(first).hasSize(2);
        assertThat(later).hasSize(1);
        assertThat(List.of(first.getFirst(), first.getLast(), later.getFirst()))
                .allMatch(receipt -> receipt.proof().index() == 2 && receipt.sequence() == 1);
        assertThat(gateway.size()).isEqualTo(4);
    }

    @Test
    void outOfTurnIsNeitherTakenNorRefused() {
        join();
        Entry one = sign(mirror, 0, commit(3));
        Entry.Position after = new Entry.Position(
                0, 2, Bytes.of(one.leafHash().toBytes()), mirror.size(), Checkpoint.rootPrefix(mirror.root()));
        Entry two = sign(mirror.logId(), after, commit(4));

        assertThat(give(submitted(two.bytes()), seal())).isEmpty();
        assertThat(gateway.size()).isEqualTo(2);
        assertThat(receipts(give(submitted(one.bytes()), submitted(two.bytes()), seal())))
                .extracting(receipt -> receipt.proof().index())
                .containsExactly(2L, 3L);
    }

    @Test
    void whatIsForeignOrSenselessIsRefusedWithTheReason() {
        join();
        Bytes root = gateway.root();
        Entry.Position next = mirror.nextPosition(0);
        Entry foreign = sign(Bytes.ofText("another log").sha256(), next, commit(3));
        Entry stranger = sign(mirror.logId(), new Entry.Position(7, 1, Bytes.zeros(32), 0, 0), commit(3));
        Entry usurper = sign(mirror.logId(), next, new Payload.Close(0, 0, List.of(0L), Bytes.zeros(32)));
        Entry senseless =
                Entry.sign(ANN, mirror.logId(), next, new Entry.Draft(EntryType.COMMIT, 1, 0, Bytes.ofText("hello")));

        refused(Bytes.ofText("hello"), "the entry cannot be read");
        refused(foreign.bytes(), "its signature is not the author's");
        refused(stranger.bytes(), "nobody has joined with uid 7");
        refused(usurper.bytes(), "only the gateway itself writes EPOCH");
        refused(senseless.bytes(), "its payload is not in canonical form");
        assertThat(gateway.root()).isEqualTo(root);
    }

    private void refused(Bytes entry, String reason) {
        assertThat(give(submitted(entry))).containsExactly(new Command.Publish.RefusalTo(ANN_ID, reason));
    }

    @Test
    void noiseChangesNothing() {
        join();
        SplittableRandom random = new SplittableRandom(SEED);
        Bytes valid = sign(mirror, 0, commit(3)).bytes();
        Bytes root = gateway.root();
        for (int round = 0; round < 300; round++) {
            Bytes damaged = round % 4 == 0 ? Mutants.noise(random, 300) : Mutants.mangled(random, valid);
            if (!damaged.equals(valid)) {
                give(submitted(damaged), new GatewayEvent.Wanted(now, ANN_ID, random.nextLong()), seal());
                assertThat(gateway.root()).as("seed %d, round %d", SEED, round).isEqualTo(root);
            }
        }
        assertThat(receipts(give(submitted(valid), seal()))).hasSize(1);
    }

    @Test
    void aRestartContinuesTheLog() {
        join();
        Entry entry = sign(mirror, 0, commit(3));
        Receipt before = receipts(give(submitted(entry.bytes()), seal())).getFirst();
        gateway = new GatewayCore(GATEWAY, Rules.standard(START.plusSeconds(60), Duration.ofHours(2)), store.load());

        assertThat(gateway.root()).isEqualTo(mirror.root());
        List<Command> said = give(seal());
        assertThat(said)
                .as("the very same checkpoint")
                .containsExactly(new Command.Publish.NewCheckpoint(before.note()));
        assertThat(receipts(give(submitted(entry.bytes()), seal()))).containsExactly(before);
        assertThat(receipts(give(submitted(sign(mirror, 0, commit(4)).bytes()), seal())))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.proof().index()).isEqualTo(3));
        now = START.plus(Duration.ofHours(1));
        give(new GatewayEvent.Tick(now));
        assertThat(gateway.epoch()).as("by the rules of the stored log").isEqualTo(1);
    }

    @Test
    void aStoreThatIsNotItsOwnOrNotWholeIsRefused() {
        join();
        NodeMemory whole = store.load();
        Optional<String> note = whole.checkpoint();

        assertRefused(ANN, whole);
        assertRefused(GATEWAY, new NodeMemory(whole.entries(), Optional.empty(), List.of(), whole.states()));
        assertRefused(GATEWAY, new NodeMemory(whole.entries().subList(0, 1), note, List.of(), whole.states()));
        Bytes last = whole.entries().getLast();
        List<Bytes> damaged = List.of(whole.entries().getFirst(), Mutants.flipped(last, 8 * last.length() - 1));
        assertRefused(GATEWAY, new NodeMemory(damaged, note, List.of(), whole.states()));
    }

    private static void assertRefused(Signer signer, NodeMemory memory) {
        assertThatThrownBy(() -> new GatewayCore(signer, RULES, memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the stored ");
    }

    @Test
    void aLongAbsenceIsCaughtUpInSteps() {
        join();
        now = START.plus(Duration.ofDays(25)).plusSeconds(5);
        List<Long> epochs = new ArrayList<>();
        for (int tick = 0; tick < 3; tick++) {
            give(new GatewayEvent.Tick(now), seal());
            epochs.add(gateway.epoch());
        }
        assertThat(epochs).containsExactly(500L, 600L, 600L);
        assertThat(gateway.untilClose(now)).isEqualTo(Duration.ofHours(1).minusSeconds(5));
        Audit audit = new Audit();
        List<Bytes> log = store.load().entries();
        for (int index = 0; index < log.size(); index++) {
            audit.take(index, log.get(index));
        }
        assertThat(audit.findings(store.load().checkpoint())).isEmpty();
        assertThat(audit.epochs()).isEqualTo(600);
    }

    @Test
    void whoAsksGetsRunsThatACheckpointCovers() {
        join();
        now = START.plus(Duration.ofHours(250));
        give(new GatewayEvent.Tick(now), seal());
        Ledger copy = new Ledger();
        while (copy.size() < gateway.size()) {
            List<Command> said = give(new GatewayEvent.Wanted(now, ANN_ID, copy.size()), seal());
            assertThat(said).singleElement().isInstanceOfSatisfying(Command.Publish.LeavesTo.class, answer -> {
                assertThat(answer.peerId()).isEqualTo(ANN_ID);
                assertThat(Leaves.parse(answer.leaves())).isInstanceOfSatisfying(Leaves.Parsed.Ok.class, ok -> {
                    Leaves run = ok.leaves();
                    assertThat(run.entries()).hasSizeBetween(1, Leaves.ENTRIES_MAX);
                    run.entries().forEach(copy::append);
                    assertThat(Checkpoint.parse(run.note(), GATEWAY.peerKey()))
                            .isInstanceOfSatisfying(
                                    Checkpoint.Parsed.Ok.class,
                                    signed -> assertThat(signed.checkpoint().root())
                                            .isEqualTo(copy.root()));
                });
            });
        }
        assertThat(copy.root()).isEqualTo(gateway.root());
        assertThat(give(new GatewayEvent.Wanted(now, ANN_ID, copy.size()), seal()))
                .as("nothing more; the next checkpoint will say when there is")
                .isEmpty();
    }
}
