package sunpeer.appliance.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Checkpoint;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.ledger.Ledger;
import sunpeer.appliance.ledger.MerkleTree;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.ledger.Receipt;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.market.Payload;

/**
 * Follows the gateway's log: takes over what it sequenced, recomputes every epoch, delivers own entries until there is a
 * receipt, and stops trusting a gateway that is caught lying.
 *
 * <p>Confined to one thread. Messages that no trusted key vouches for are counted and dropped: anybody may write to a
 * broker.
 */
final class LedgerFollower {
    /** Own entries that may wait for a receipt; a month without a network is about 1,200. */
    private static final int OUTBOX_MAX = 5_000;

    private final Signer signer;
    private final Optional<PeerKey> pinned;
    private final Ledger ledger = new Ledger();
    private final TreeMap<Long, Entry> outbox = new TreeMap<>();
    private final TreeMap<Long, Bytes> early = new TreeMap<>();
    private @Nullable Books books;
    private MerkleTree tree = MerkleTree.EMPTY;
    private Checkpoint.Parsed.@Nullable Ok lastVerified;
    private @Nullable String alarm;
    private long dropped;

    LedgerFollower(Signer signer, Optional<PeerKey> pinned, NodeMemory memory) {
        this.signer = signer;
        this.pinned = pinned;
        for (Bytes entry : memory.entries()) {
            Optional<String> wrong = take(ledger.restore(entry));
            if (wrong.isPresent()) {
                alarm = "the stored ledger is damaged at entry " + ledger.size() + ": " + wrong.get();
                break;
            }
        }
        if (alarm == null && ledger.size() > 0 && !endsInCheckpoint(memory.checkpoint())) {
            alarm = "the stored ledger is damaged: its root is not the one that the gateway signed";
        }
        for (Bytes bytes : memory.outbox()) {
            if (Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)) {
                outbox.put(entry.sequence(), entry);
            } else {
                alarm = "the stored outbox is damaged";
            }
        }
    }

    private boolean endsInCheckpoint(Optional<String> note) {
        return note.isPresent()
                && ledger.gatewayKey().isPresent()
                && verified(note.get(), ledger.gatewayKey().get()) instanceof Checkpoint.Parsed.Ok(Checkpoint last)
                && last.size() == ledger.size()
                && last.root().equals(ledger.root());
    }

    /** Applies one entry of the log to the books; says what is wrong with it, if anything. */
    private Optional<String> take(Ledger.Appended appended) {
        return switch (appended) {
            case Ledger.Appended.Rejected(Ledger.Check check, String reason) ->
                Optional.of(reason + " (" + check + ")");
            case Ledger.Appended.Ok(Entry entry, long index) -> {
                tree = tree.append(entry.leafHash());
                Books known = books;
                if (known == null) {
                    if (!(Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Genesis genesis))) {
                        yield Optional.of("the genesis entry holds no rules");
                    }
                    known = new Books(genesis.rules());
                    books = known;
                }
                yield known.apply(entry) instanceof Books.Applied.Wrong(String reason)
                        ? Optional.of(reason)
                        : Optional.empty();
            }
        };
    }

    /** A checkpoint was announced: ask for what is missing, and compare what is not. */
    List<Command> checkpoint(String note) {
        Optional<PeerKey> gateway = ledger.gatewayKey();
        if (alarm != null) {
            return List.of();
        }
        if (gateway.isEmpty()) {
            return List.of(new Command.Publish.Want(0));
        }
        if (Checkpoint.claimedSize(note) > ledger.size()) {
            // Only a hint to ask: the run of entries that answers brings its own checkpoint, and that one is verified.
            return List.of(new Command.Publish.Want(ledger.size()));
        }
        if (!(verified(note, gateway.get()) instanceof Checkpoint.Parsed.Ok(Checkpoint checkpoint))) {
            dropped++;
            return List.of();
        }
        if (!ledger.agreesWith(checkpoint)) {
            alarm = "the gateway signed two histories: its checkpoint of " + checkpoint.size()
                    + " entries has another root than the log it sent before";
        }
        return List.of();
    }

    /** A run of entries: believed only if the gateway's checkpoint covers exactly our log with this run behind it. */
    List<Command> leaves(Bytes bytes) {
        if (alarm != null
                || !(Leaves.parse(bytes) instanceof Leaves.Parsed.Ok(Leaves run))
                || run.from() != ledger.size()) {
            dropped += alarm == null ? 1 : 0;
            return List.of();
        }
        Optional<PeerKey> gateway = ledger.gatewayKey().or(() -> genesisKey(run));
        if (gateway.isEmpty()
                || !(verified(run.note(), gateway.get()) instanceof Checkpoint.Parsed.Ok(Checkpoint after))
                || !covers(after, run)) {
            dropped++;
            return List.of();
        }
        List<Command> commands = new ArrayList<>();
        for (Bytes entry : run.entries()) {
            long index = ledger.size();
            Optional<String> wrong = take(ledger.append(entry));
            if (wrong.isPresent()) {
                alarm = "the gateway vouched for a wrong entry " + index + ": " + wrong.get();
                // Nothing of the run is kept: the store must go on ending in the checkpoint that it holds.
                return List.of();
            }
            commands.add(new Command.Keep.AppendEntry(index, entry));
        }
        if (!commands.isEmpty()) {
            commands.add(new Command.Keep.SetCheckpoint(run.note()));
            commands.addAll(earlyReceipts());
        }
        return commands;
    }

    /** Many receipts come with one checkpoint, so the last verified one is remembered. */
    private Checkpoint.Parsed verified(String note, PeerKey gateway) {
        if (lastVerified != null && lastVerified.checkpoint().note().equals(note)) {
            return lastVerified;
        }
        Checkpoint.Parsed parsed = Checkpoint.parse(note, gateway);
        if (parsed instanceof Checkpoint.Parsed.Ok ok) {
            lastVerified = ok;
        }
        return parsed;
    }

    private Optional<PeerKey> genesisKey(Leaves run) {
        if (run.entries().isEmpty()
                || !(Entry.parse(run.entries().getFirst()) instanceof Entry.Parsed.Ok(Entry entry))
                || !(Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Genesis genesis))) {
            return Optional.empty();
        }
        return pinned.isEmpty() || pinned.get().equals(genesis.gateway())
                ? Optional.of(genesis.gateway())
                : Optional.empty();
    }

    private boolean covers(Checkpoint after, Leaves run) {
        MerkleTree grown = tree;
        for (Bytes bytes : run.entries()) {
            if (!(Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry))) {
                return false;
            }
            grown = grown.append(entry.leafHash());
        }
        return after.size() == grown.size()
                && after.root().equals(Bytes.of(grown.root().toBytes()));
    }

    /** A receipt: if it proves that one of our entries is in the log, the entry need not be kept any more. */
    List<Command> receipt(Bytes bytes) {
        Optional<PeerKey> gateway = ledger.gatewayKey();
        if (gateway.isEmpty()
                || !(Receipt.parse(bytes) instanceof Receipt.Parsed.Ok(Receipt receipt))
                || !(verified(receipt.note(), gateway.get()) instanceof Checkpoint.Parsed.Ok(Checkpoint checkpoint))) {
            dropped++;
            return List.of();
        }
        Entry entry = outbox.get(receipt.sequence());
        if (entry == null || !receipt.covers(entry, checkpoint)) {
            return List.of();
        }
        if (!isInOurLog(entry)) {
            // The receipt overtook the log. Without the entry we would sign its number a second time; it stays until
            // then.
            early.put(receipt.sequence(), bytes);
            return List.of(new Command.Publish.Want(ledger.size()));
        }
        outbox.remove(receipt.sequence());
        return List.of(new Command.Keep.Acknowledge(receipt.sequence(), bytes));
    }

    private boolean isInOurLog(Entry entry) {
        return uid().isPresent()
                && (entry.author() == Entry.NEWCOMER
                        || ledger.nextPosition(entry.author()).sequence() > entry.sequence());
    }

    private List<Command> earlyReceipts() {
        List<Bytes> again = List.copyOf(early.values());
        early.clear();
        List<Command> commands = new ArrayList<>();
        again.forEach(bytes -> commands.addAll(receipt(bytes)));
        return commands;
    }

    /** Signs an entry, to be kept first and sent then. Empty if there is no place in the log or in the outbox for it. */
    List<Command> submit(Payload payload) {
        Books known = books;
        if (known == null || alarm != null || outbox.size() >= OUTBOX_MAX) {
            return List.of();
        }
        Entry entry = Entry.sign(
                signer,
                ledger.logId(),
                position(),
                new Entry.Draft(payload.type(), 1, known.epoch(), payload.encode()));
        outbox.put(entry.sequence(), entry);
        return List.of(
                new Command.Keep.PutOutbox(entry.sequence(), entry.bytes()), new Command.Publish.Submit(entry.bytes()));
    }

    /** Where our next entry goes: behind the newest one in the outbox, else behind the newest in the log. */
    private Entry.Position position() {
        Entry.Position inLog = ledger.nextPosition(uid().orElse(Entry.NEWCOMER));
        if (outbox.isEmpty()) {
            return inLog;
        }
        Entry last = outbox.lastEntry().getValue();
        if (last.sequence() < inLog.sequence()) {
            return inLog;
        }
        Bytes previous = Bytes.of(last.leafHash().toBytes());
        return new Entry.Position(inLog.author(), last.sequence() + 1, previous, inLog.seenSize(), inLog.seenRoot());
    }

    /** Sends everything again that has no receipt, and asks what is new. */
    List<Command> resend() {
        List<Command> commands = new ArrayList<>();
        outbox.values().forEach(entry -> commands.add(new Command.Publish.Submit(entry.bytes())));
        return commands;
    }

    /** Asks to become a peer, once the log is known and unless we are one or have asked. */
    List<Command> joinIfStranger(String name, Place place) {
        if (books == null || uid().isPresent() || !outbox.isEmpty()) {
            return List.of();
        }
        return submit(new Payload.Join(signer.peerKey(), name, place));
    }

    Optional<Integer> uid() {
        return ledger.uidOf(signer.peerKey());
    }

    Optional<Books> books() {
        return Optional.ofNullable(books);
    }

    long size() {
        return ledger.size();
    }

    Bytes root() {
        return ledger.root();
    }

    int outboxSize() {
        return outbox.size();
    }

    /** An own entry of this kind and window still waits for its receipt. */
    boolean isPending(Payload payload) {
        Bytes encoded = payload.encode();
        return outbox.values().stream()
                .anyMatch(entry ->
                        entry.type() == payload.type() && entry.payload().equals(encoded));
    }

    /** The newest window that a waiting commitment or score sheet of ours is about; -1 if none waits. */
    long pendingWindow(EntryType type) {
        long newest = -1;
        for (Entry entry : outbox.values()) {
            if (entry.type() == type && Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload payload)) {
                newest = Math.max(
                        newest,
                        switch (payload) {
                            case Payload.Commit commit -> commit.window();
                            case Payload.Weights sheet -> sheet.window();
                            default -> -1;
                        });
            }
        }
        return newest;
    }

    Optional<String> alarm() {
        return Optional.ofNullable(alarm);
    }

    long dropped() {
        return dropped;
    }
}
