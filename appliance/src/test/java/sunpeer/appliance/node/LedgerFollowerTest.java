package sunpeer.appliance.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Checkpoint;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.Ledger;
import sunpeer.appliance.ledger.Receipt;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Payload;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;

/** What a node believes of what it hears about the ledger, and what it makes of a gateway that lies. */
class LedgerFollowerTest {
    private static final long SEED = 666;
    private static final Signer FORGER = Signer.fromSeed(Bytes.ofText("forger").sha256());
    private static final Signer NEIGHBOUR =
            Signer.fromSeed(Bytes.ofText("neighbour").sha256());

    private final Pair pair = Pair.joined();

    private Ledger copyOfLog() {
        Ledger ledger = new Ledger();
        pair.gatewayStore.load().entries().forEach(ledger::append);
        return ledger;
    }

    private static Entry sign(Signer signer, Ledger ledger, int author, Payload payload) {
        return Entry.sign(
                signer,
                ledger.logId(),
                ledger.nextPosition(author),
                new Entry.Draft(payload.type(), 1, 0, payload.encode()));
    }

    private static Payload.Join join(Signer signer) {
        return new Payload.Join(signer.peerKey(), "another", new Place(45, 7));
    }

    /** A run of entries behind the log with a checkpoint of this gateway key that covers exactly it. */
    private Bytes run(Signer gateway, Entry... entries) {
        Ledger ledger = copyOfLog();
        long from = ledger.size();
        List<Bytes> bytes = new ArrayList<>();
        for (Entry entry : entries) {
            bytes.add(entry.bytes());
            assertThat(ledger.append(entry.bytes())).isInstanceOf(Ledger.Appended.Ok.class);
        }
        return new Leaves(
                        from,
                        Checkpoint.sign(gateway, ledger.size(), ledger.root()).note(),
                        bytes)
                .encode();
    }

    private void ignored(Event event, String what) {
        long size = pair.node.view().market().ledgerSize();
        assertThat(pair.give(event)).as(what).noneMatch(Command.Keep.class::isInstance);
        assertThat(pair.node.view().market().ledgerSize()).as(what).isEqualTo(size);
        assertThat(pair.node.view().market().alarm()).as(what).isEmpty();
    }

    private Event leaves(Bytes bytes) {
        return new Event.LeavesReceived(pair.now, bytes);
    }

    @Test
    void aJoinedPeerHasTheWholeLogAndNothingToDeliver() {
        assertThat(pair.node.view().market().uid()).isZero();
        assertThat(pair.node.view().market().outbox()).isZero();
        assertThat(pair.store.load().entries())
                .hasSize(2)
                .isEqualTo(pair.gatewayStore.load().entries());
    }

    @Test
    void nobodyElseSpeaksForTheGateway() {
        Entry more = sign(NEIGHBOUR, copyOfLog(), Entry.NEWCOMER, join(NEIGHBOUR));
        Bytes root = copyOfLog().root();

        ignored(
                new Event.CheckpointSeen(
                        pair.now, Checkpoint.sign(FORGER, 1, root).note()),
                "a forged checkpoint");
        ignored(new Event.CheckpointSeen(pair.now, "hello"), "no checkpoint");
        ignored(leaves(run(FORGER, more)), "a run that the gateway did not sign");
        ignored(leaves(Bytes.ofText("hello")), "no run");
        ignored(new Event.ReceiptReceived(pair.now, Bytes.ofText("hello")), "no receipt");
        assertThat(pair.give(leaves(run(Pair.GATEWAY, more))))
                .as("the honest one")
                .anyMatch(Command.Keep.AppendEntry.class::isInstance);
    }

    @Test
    void aRunIsTakenWholeAndUnchangedOrNotAtAll() {
        Ledger ledger = copyOfLog();
        Entry one = sign(NEIGHBOUR, ledger, Entry.NEWCOMER, join(NEIGHBOUR));
        ledger.append(one.bytes());
        Entry two = sign(FORGER, ledger, Entry.NEWCOMER, join(FORGER));
        Bytes honest = run(Pair.GATEWAY, one, two);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 600; round++) {
            Bytes damaged = round % 2 == 0
                    ? Mutants.flipped(honest, random.nextInt(8 * honest.length()))
                    : Mutants.mangled(random, honest);
            if (!damaged.equals(honest)) {
                ignored(leaves(damaged), "seed " + SEED + ", round " + round);
            }
        }
        assertThat(pair.give(leaves(honest)))
                .filteredOn(Command.Keep.AppendEntry.class::isInstance)
                .hasSize(2);
        ignored(leaves(honest), "the same once more");
    }

    @Test
    void aPinnedNodeKnowsOnlyItsGateway() {
        Pair other = new Pair(Optional.of(FORGER.peerKey()));
        other.settle(other.give(new Event.LinkUp(other.now)));
        assertThat(other.store.load().entries()).isEmpty();
        Pair own = new Pair(Optional.of(Pair.GATEWAY.peerKey()));
        own.settle(own.give(new Event.LinkUp(own.now)));
        assertThat(own.store.load().entries()).hasSize(2);
    }

    private void nothingIsTakenAnyMore() {
        Entry more = sign(NEIGHBOUR, copyOfLog(), Entry.NEWCOMER, join(NEIGHBOUR));
        assertThat(pair.give(leaves(run(Pair.GATEWAY, more)))).noneMatch(Command.Keep.AppendEntry.class::isInstance);
        pair.now = pair.now.plus(Duration.ofMinutes(45));
        pair.give(new Event.Tick(pair.now));
        assertThat(polled()).as("nothing is promised any more").noneMatch(Command.Publish.Submit.class::isInstance);
        assertThat(pair.node.view().market().verified()).isFalse();
    }

    @Test
    void aGatewayThatSignsTwoHistoriesIsLeft() {
        Bytes other = Bytes.ofText("another history").sha256();
        List<Command> commands = pair.give(new Event.CheckpointSeen(
                pair.now, Checkpoint.sign(Pair.GATEWAY, 2, other).note()));

        assertThat(pair.node.view().market().alarm())
                .hasValueSatisfying(alarm -> assertThat(alarm)
                        .isEqualTo(
                                "the gateway signed two histories: a checkpoint of the gateway for 2 entries has another"
                                        + " root than the log it sent before"));
        assertThat(commands).filteredOn(Command.Tell.class::isInstance).hasSize(1);
        nothingIsTakenAnyMore();
    }

    @Test
    void aGatewayThatVouchesForAWrongEpochIsLeftAndNothingOfTheRunIsKept() {
        Ledger ledger = copyOfLog();
        Entry good = sign(NEIGHBOUR, ledger, Entry.NEWCOMER, join(NEIGHBOUR));
        ledger.append(good.bytes());
        Payload.Close wrong = new Payload.Close(0, 5, List.of(5L, 0L), Bytes.zeros(32));
        Entry bad = sign(Pair.GATEWAY, ledger, Entry.GATEWAY, wrong);

        pair.now = pair.now.plus(Duration.ofHours(1));
        List<Command> commands = pair.give(leaves(run(Pair.GATEWAY, good, bad)));

        assertThat(commands).noneMatch(Command.Keep.AppendEntry.class::isInstance);
        assertThat(pair.node.view().market().alarm())
                .contains("the gateway vouched for a wrong entry 3: epoch 0 gives uid 0 a reward of 5 micro-credits,"
                        + " recomputed it is 0");
        nothingIsTakenAnyMore();
        pair.restart();
        assertThat(pair.node.view().market().alarm())
                .as("a proven fraud is not forgotten, and the own store is not to blame")
                .hasValueSatisfying(alarm -> assertThat(alarm).startsWith("the gateway vouched for a wrong entry 3"));
    }

    @Test
    void aDamagedStoreIsNoticed() {
        List<Bytes> entries = pair.store.load().entries();
        Bytes last = entries.getLast();
        NodeMemory damaged = new NodeMemory(
                List.of(entries.getFirst(), Mutants.flipped(last, 8 * last.length() - 1)),
                pair.store.load().checkpoint(),
                List.of(),
                pair.store.load().states());
        LedgerFollower follower = new LedgerFollower(Pair.PEER, Optional.empty(), damaged);
        assertThat(follower.alarm())
                .contains("the stored ledger is damaged: its root is not the one that the gateway signed");
    }

    /** The receipt may overtake the leaves: then the number is taken, though our copy of the log does not show it. */
    @Test
    void anEarlyReceiptDoesNotFreeTheNumber() {
        LedgerFollower follower = new LedgerFollower(Pair.PEER, Optional.empty(), pair.store.load());
        Payload first = new Payload.Commit(3, Bytes.ofText("a").sha256());
        Payload second = new Payload.Commit(4, Bytes.ofText("b").sha256());
        List<Event> answers = pair.toGateway(follower.submit(first));
        Bytes receipt = answers.stream()
                .filter(Event.ReceiptReceived.class::isInstance)
                .map(event -> ((Event.ReceiptReceived) event).receipt())
                .findFirst()
                .orElseThrow();

        assertThat(follower.receipt(receipt))
                .as("asked for instead of believed")
                .containsExactly(new Command.Publish.Want(2));
        assertThat(follower.outboxSize()).isEqualTo(1);
        assertThat(sequences(follower.submit(second))).containsExactly(2L);
        pair.gateway.handle(
                new GatewayEvent.Wanted(pair.now, Pair.PEER.peerKey().id(), 2));
        List<Event> leaves = pair.heard(pair.gateway.handle(new GatewayEvent.Seal(pair.now)));
        assertThat(leaves).hasSize(1);
        List<Command> after = follower.leaves(((Event.LeavesReceived) leaves.getFirst()).leaves(), pair.now);
        assertThat(after).contains(new Command.Keep.Acknowledge(1, receipt));
        assertThat(follower.outboxSize()).isEqualTo(1);
    }

    private static List<Long> sequences(List<Command> commands) {
        List<Long> sequences = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof Command.Publish.Submit(Bytes bytes)
                    && Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)) {
                sequences.add(entry.sequence());
            }
        }
        return sequences;
    }

    /** A second forecast for the same window would not count, and the first could not be revealed any more. */
    @Test
    void aForecastThatIsUnderWayIsNotMadeAgainAfterARestart() {
        pair.now = pair.now.plus(Duration.ofMinutes(45));
        assertThat(sequences(polled())).as("forecast for the next hour").containsExactly(1L);
        for (int start = 0; start < 3; start++) {
            pair.restart();
            assertThat(sequences(pair.give(new Event.LinkUp(pair.now))))
                    .as("delivered again")
                    .containsExactly(1L);
            assertThat(sequences(polled())).as("not made again").isEmpty();
        }
    }

    private List<Command> polled() {
        return pair.give(new Event.Polled(
                pair.now, new ReadResult.Failed(new Fault(Fault.Kind.NO_ANSWER, "no controller in this test"))));
    }

    @Test
    void aReceiptForSomethingElseFreesNothing() {
        LedgerFollower follower = new LedgerFollower(Pair.PEER, Optional.empty(), pair.store.load());
        List<Command> submitted =
                follower.submit(new Payload.Commit(3, Bytes.ofText("a").sha256()));
        Ledger ledger = copyOfLog();
        Receipt other = new Receipt(
                1,
                ledger.inclusion(1),
                Checkpoint.sign(Pair.GATEWAY, ledger.size(), ledger.root()).note());
        SplittableRandom random = new SplittableRandom(SEED);
        assertThat(follower.receipt(other.encode())).isEmpty();
        for (int round = 0; round < 300; round++) {
            assertThat(follower.receipt(Mutants.mangled(random, other.encode())))
                    .as("seed %d, round %d", SEED, round)
                    .isEmpty();
        }
        assertThat(follower.outboxSize()).isEqualTo(1);
        assertThat(follower.resend()).isEqualTo(submitted.subList(1, 2));
    }
}
