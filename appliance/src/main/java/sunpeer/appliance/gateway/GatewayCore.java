package sunpeer.appliance.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Checkpoint;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.ledger.Hash;
import sunpeer.appliance.ledger.Ledger;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.ledger.Receipt;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.market.Payload;
import sunpeer.appliance.market.Peer;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.Leaves;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.node.Story;

/**
 * A gateway peer: {@code handle(event) -> commands}.
 *
 * <p>Confined to one thread. Entries are answered only after {@link GatewayEvent.Seal}: the service keeps the commands of a
 * batch in one transaction, so a receipt is never sent for what a power cut could still take.
 */
public final class GatewayCore {
    /** Epochs that one tick closes at most, so that a long absence is caught up in steps. */
    private static final int CLOSES_PER_TICK = 500;

    /** A clock this far ahead of the log is more likely wrong than the gateway was off so long: two months of hours. */
    private static final long CLOSES_MAX = 1_500;

    /** Entries without effect, late ones, that one author may have sequenced in an epoch. */
    private static final int LATE_PER_EPOCH = 16;

    /** Bytes of a payload besides what it says of each peer, and of that. */
    private static final int PAYLOAD_BASE = 256;

    private static final int PAYLOAD_PER_PEER = 6;

    /** Peers that wait for entries; more are told nothing and ask again. */
    private static final int WANTS_MAX = 4_096;

    private static final int WANTS_PER_SEAL = 20;

    private record Pending(String peerId, Entry entry, long index) {}

    // for the process
    private final Signer signer;
    private final Ledger ledger = new Ledger();
    private final Books books;
    private final List<Bytes> entries = new ArrayList<>();
    private final Map<Hash, Long> indices = new HashMap<>();
    private Optional<String> checkpoint;
    private boolean online;
    private boolean started;
    private boolean clockTold;
    private final Map<String, Long> wants = new LinkedHashMap<>();

    // for the open epoch
    private final Map<Integer, Integer> late = new HashMap<>();

    // for this batch
    private final List<Pending> pending = new ArrayList<>();
    private boolean grown;

    /**
     * Continues a log, or begins one.
     *
     * @param rules of a log that is begun; an existing log keeps its own
     * @throws IllegalArgumentException if the stored log is not this gateway's or does not verify
     */
    public GatewayCore(Signer signer, Rules rules, NodeMemory memory) {
        this.signer = signer;
        this.checkpoint = memory.checkpoint();
        if (memory.entries().isEmpty()) {
            this.books = new Books(rules);
            Payload.Genesis genesis = new Payload.Genesis(signer.peerKey(), rules);
            append(Entry.sign(
                    signer,
                    ledger.logId(),
                    ledger.nextPosition(Entry.GATEWAY),
                    new Entry.Draft(genesis.type(), 1, 0, genesis.encode())));
        } else {
            this.books = new Books(storedRules(memory, signer.peerKey()));
            for (Bytes bytes : memory.entries()) {
                restore(bytes);
            }
            if (memory.checkpoint().isEmpty()
                    || !(Checkpoint.parse(memory.checkpoint().get(), signer.peerKey())
                            instanceof Checkpoint.Parsed.Ok(Checkpoint last))
                    || !ledger.agreesWith(last)
                    || last.size() != ledger.size()) {
                throw new IllegalArgumentException("the stored ledger does not end in the checkpoint stored with it");
            }
            started = true;
            // The next seal signs what is stored; for an unchanged log that is the very same checkpoint.
            grown = true;
        }
    }

    private static Rules storedRules(NodeMemory memory, PeerKey own) {
        if (Entry.parse(memory.entries().getFirst()) instanceof Entry.Parsed.Ok(Entry entry)
                && Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Genesis genesis)
                && genesis.gateway().equals(own)) {
            return genesis.rules();
        }
        throw new IllegalArgumentException("the stored ledger was begun by another gateway key");
    }

    private void restore(Bytes bytes) {
        switch (ledger.restore(bytes)) {
            case Ledger.Appended.Rejected(var check, String reason) ->
                throw new IllegalArgumentException("stored entry " + entries.size() + " is damaged: " + reason);
            case Ledger.Appended.Ok(Entry entry, long index) -> {
                if (books.apply(entry) instanceof Books.Applied.Wrong(String reason)) {
                    throw new IllegalArgumentException("stored entry " + index + " is damaged: " + reason);
                }
                entries.add(bytes);
                indices.put(entry.leafHash(), index);
            }
        }
    }

    public List<Command> handle(GatewayEvent event) {
        List<Command> out = new ArrayList<>();
        if (!started) {
            started = true;
            out.add(new Command.Keep.AppendEntry(0, entries.getFirst()));
            tell(
                    out,
                    event.at(),
                    Story.Kind.START,
                    "began a ledger, id " + ledger.logId().shortHex());
        }
        switch (event) {
            case GatewayEvent.Tick(Instant at) -> closeEpochs(at, out);
            case GatewayEvent.Submitted submitted -> submitted(submitted, out);
            case GatewayEvent.Wanted wanted -> {
                if (wants.size() < WANTS_MAX) {
                    wants.put(wanted.peerId(), wanted.from());
                }
            }
            case GatewayEvent.Seal(Instant at) -> seal(out);
            case GatewayEvent.LinkUp(Instant at) -> {
                online = true;
                tell(out, at, Story.Kind.LINK, "connected to the broker");
                checkpoint.ifPresent(note -> out.add(new Command.Publish.NewCheckpoint(note)));
            }
            case GatewayEvent.LinkDown(Instant at, String why) -> {
                if (online) {
                    tell(out, at, Story.Kind.LINK, why);
                }
                online = false;
            }
        }
        return out;
    }

    private void closeEpochs(Instant at, List<Command> out) {
        long pending = books.rules().epochAt(at) - books.epoch();
        if (pending > CLOSES_MAX) {
            if (!clockTold) {
                tell(
                        out,
                        at,
                        Story.Kind.ALARM,
                        "the clock is " + pending + " epochs ahead of the ledger: no epoch is closed"
                                + " until it is right, for what is closed cannot be opened again");
            }
            clockTold = true;
            return;
        }
        clockTold = false;
        for (int closed = 0; closed < CLOSES_PER_TICK; closed++) {
            if (at.isBefore(books.rules().endOf(books.epoch()))) {
                return;
            }
            late.clear();
            Payload.Close close = books.nextClose();
            Entry entry = Entry.sign(
                    signer,
                    ledger.logId(),
                    ledger.nextPosition(Entry.GATEWAY),
                    new Entry.Draft(close.type(), 1, close.epoch(), close.encode()));
            out.add(new Command.Keep.AppendEntry(append(entry), entry.bytes()));
            if (close.mintedMicro() > 0) {
                tell(
                        out,
                        at,
                        Story.Kind.REWARD,
                        "closed epoch " + close.epoch() + " and shared out "
                                + close.mintedMicro() / (double) Rules.MICRO_PER_CREDIT + " credits");
            }
        }
    }

    private long append(Entry entry) {
        if (!(ledger.append(entry.bytes()) instanceof Ledger.Appended.Ok(Entry appended, long index))) {
            throw new IllegalStateException("the own log refuses the own entry " + entry);
        }
        if (books.apply(appended) instanceof Books.Applied.Wrong(String reason)) {
            throw new IllegalStateException("the own books refuse the own entry: " + reason);
        }
        entries.add(appended.bytes());
        indices.put(appended.leafHash(), index);
        grown = true;
        return index;
    }

    private void submitted(GatewayEvent.Submitted submitted, List<Command> out) {
        if (!(Entry.parse(submitted.entry()) instanceof Entry.Parsed.Ok(Entry entry))) {
            out.add(new Command.Publish.RefusalTo(submitted.peerId(), "the entry cannot be read"));
            return;
        }
        Long known = indices.get(entry.leafHash());
        if (known != null) {
            // Sent again because our receipt got lost: the same receipt again.
            pending.add(new Pending(submitted.peerId(), entry, known));
            return;
        }
        Optional<String> unfit = unfit(entry);
        if (unfit.isPresent()) {
            out.add(new Command.Publish.RefusalTo(submitted.peerId(), unfit.get()));
            return;
        }
        if (!hasRoom(entry)) {
            // Not refused: an honest peer that was cut off delivers its late entries over a few epochs.
            return;
        }
        switch (ledger.append(submitted.entry())) {
            case Ledger.Appended.Rejected(Ledger.Check check, String reason) -> {
                // Out of turn happens whenever the network reorders; the peer sends again in order.
                if (check != Ledger.Check.CHAIN) {
                    out.add(new Command.Publish.RefusalTo(submitted.peerId(), reason));
                    tell(
                            out,
                            submitted.at(),
                            Story.Kind.ALARM,
                            "refused an entry of " + submitted.peerId() + ": " + reason);
                }
            }
            case Ledger.Appended.Ok(Entry appended, long index) -> {
                entries.add(appended.bytes());
                indices.put(appended.leafHash(), index);
                grown = true;
                switch (books.apply(appended)) {
                    case Books.Applied.Done done -> {}
                    case Books.Applied.NoEffect noEffect -> late.merge(appended.author(), 1, Integer::sum);
                    case Books.Applied.Wrong(String reason) ->
                        throw new IllegalStateException("a checked entry is wrong: " + reason);
                }
                out.add(new Command.Keep.AppendEntry(index, appended.bytes()));
                pending.add(new Pending(submitted.peerId(), appended, index));
                if (Payload.parse(appended) instanceof Payload.Parsed.Ok(Payload.Join join)) {
                    tell(
                            out,
                            submitted.at(),
                            Story.Kind.MARKET,
                            join.name() + " joined as uid "
                                    + ledger.uidOf(join.key()).orElseThrow());
                }
            }
        }
    }

    /** What no honest program sends, found before the log is touched. */
    private Optional<String> unfit(Entry entry) {
        if (entry.author() == Entry.GATEWAY || entry.type() == EntryType.GENESIS || entry.type() == EntryType.EPOCH) {
            return Optional.of("only the gateway itself writes " + entry.type());
        }
        int peers = books.peers().size();
        if (entry.author() != Entry.NEWCOMER && entry.author() >= peers) {
            return Optional.of("nobody has joined with uid " + entry.author());
        }
        if (entry.payload().length() > PAYLOAD_BASE + PAYLOAD_PER_PEER * peers) {
            return Optional.of(
                    "its payload of " + entry.payload().length() + " bytes is too long for " + peers + " peers");
        }
        return Payload.parse(entry) instanceof Payload.Parsed.Malformed(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    /** Entries that have an effect are few by their nature; of the others an author gets a bounded number for each epoch. */
    private boolean hasRoom(Entry entry) {
        if (!(Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload payload))) {
            return false;
        }
        return books.objection(entry.author(), payload).isEmpty()
                || late.getOrDefault(entry.author(), 0) < LATE_PER_EPOCH;
    }

    private void wanted(String peerId, long from, List<Command> out) {
        long sealed = ledger.size();
        if (from < 0 || from >= sealed) {
            // It has everything; news reaches it with the next checkpoint.
            return;
        }
        List<Bytes> run = new ArrayList<>();
        int bytes = 0;
        for (long index = from; index < sealed && run.size() < Leaves.ENTRIES_MAX; index++) {
            Bytes entry = entries.get(Math.toIntExact(index));
            bytes += entry.length() + 2;
            if (bytes > Leaves.BYTES_MAX && !run.isEmpty()) {
                break;
            }
            run.add(entry);
        }
        long to = from + run.size();
        String note = checkpoint
                .filter(newest -> Checkpoint.claimedSize(newest) == to)
                .orElseGet(() -> Checkpoint.sign(signer, to, ledger.rootAt(to)).note());
        out.add(new Command.Publish.LeavesTo(peerId, new Leaves(from, note, run).encode()));
    }

    private void seal(List<Command> out) {
        if (grown) {
            String note = Checkpoint.sign(signer, ledger.size(), ledger.root()).note();
            checkpoint = Optional.of(note);
            out.add(new Command.Keep.SetCheckpoint(note));
            out.add(new Command.Publish.NewCheckpoint(note));
            grown = false;
        }
        String note = checkpoint.orElseThrow(() -> new IllegalStateException("a log with entries has a checkpoint"));
        for (Pending receipt : pending) {
            Bytes encoded = new Receipt(receipt.entry().sequence(), ledger.inclusion(receipt.index()), note).encode();
            out.add(new Command.Publish.ReceiptTo(receipt.peerId(), encoded));
        }
        pending.clear();
        for (int answered = 0; answered < WANTS_PER_SEAL && !wants.isEmpty(); answered++) {
            var next = wants.entrySet().iterator().next();
            wants.remove(next.getKey());
            wanted(next.getKey(), next.getValue(), out);
        }
    }

    private static void tell(List<Command> out, Instant at, Story.Kind kind, String text) {
        out.add(new Command.Tell(new Story(at, kind, text)));
    }

    /** How long until the open epoch is over; zero when it is. */
    public Duration untilClose(Instant now) {
        Duration left = Duration.between(now, books.rules().endOf(books.epoch()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    public long size() {
        return ledger.size();
    }

    public Bytes root() {
        return ledger.root();
    }

    public long epoch() {
        return books.epoch();
    }

    public List<Peer> peers() {
        return books.peers();
    }
}
