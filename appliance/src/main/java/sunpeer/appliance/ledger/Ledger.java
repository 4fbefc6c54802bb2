package sunpeer.appliance.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The append-only log with the checks of its form: who may sign what, in which order, about which history. What an entry
 * means is the market's business.
 *
 * <p>Confined to one thread. Memory: two hashes and one number for each entry; the entries themselves stay in the store.
 */
public final class Ledger {
    /** Which rule an entry breaks. */
    public enum Check {
        FORM,
        PLACE,
        AUTHOR,
        CHAIN,
        SIGNATURE,
        HISTORY
    }

    public sealed interface Appended {
        record Ok(Entry entry, long index) implements Appended {}

        record Rejected(Check check, String reason) implements Appended {}
    }

    /** How far an author's chain has come. */
    private record Chain(PeerKey key, long sequence, Bytes previous) {
        Chain with(Entry entry) {
            return new Chain(key, entry.sequence(), Bytes.of(entry.leafHash().toBytes()));
        }
    }

    /** More uids would make a close longer than an entry may be. */
    public static final int PEERS_MAX = 4096;

    private static final Bytes NO_HASH = Bytes.zeros(Hash.BYTES);
    private static final int KEY_BYTES = 32;
    private static final int JOIN_BYTES_MAX = 256;

    private final TreeLevels levels = new TreeLevels();
    private final List<Long> rootPrefixes = new ArrayList<>();
    private final List<Chain> peers = new ArrayList<>();
    private final Map<PeerKey, Integer> uids = new HashMap<>();
    private MerkleTree tree = MerkleTree.EMPTY;
    private @Nullable Chain gateway;
    private Bytes logId = NO_HASH;

    public Appended append(Bytes bytes) {
        return append(bytes, true);
    }

    /**
     * Takes back an entry that was verified before it was stored. All rules but the signature are checked; whoever restores
     * a log compares its root with a signed checkpoint at the end, which no changed byte survives, at a hundredth of the cost.
     */
    public Appended restore(Bytes bytes) {
        return append(bytes, false);
    }

    private Appended append(Bytes bytes, boolean verify) {
        return switch (Entry.parse(bytes)) {
            case Entry.Parsed.Malformed(String reason) -> new Appended.Rejected(Check.FORM, reason);
            case Entry.Parsed.Ok(Entry entry) -> tree.size() == 0 ? appendGenesis(entry) : appendLater(entry, verify);
        };
    }

    private Appended appendGenesis(Entry entry) {
        if (entry.type() != EntryType.GENESIS || entry.author() != Entry.GATEWAY || entry.sequence() != 1) {
            return new Appended.Rejected(Check.PLACE, "a log begins with the gateway's genesis entry");
        }
        if (entry.payload().length() < KEY_BYTES || !entry.previous().equals(NO_HASH) || entry.seenSize() != 0) {
            return new Appended.Rejected(Check.FORM, "a genesis entry holds a key and refers to nothing before it");
        }
        PeerKey key = new PeerKey(entry.payload().slice(0, KEY_BYTES));
        if (!entry.signedBy(key, NO_HASH)) {
            return new Appended.Rejected(Check.SIGNATURE, "its signature is not the one of the key inside");
        }
        gateway = new Chain(key, 0, NO_HASH).with(entry);
        logId = Bytes.of(entry.leafHash().toBytes());
        return grow(entry);
    }

    private Appended appendLater(Entry entry, boolean verify) {
        if (entry.type() == EntryType.GENESIS) {
            return new Appended.Rejected(Check.PLACE, "a genesis entry can only be the first");
        }
        boolean byGateway = entry.author() == Entry.GATEWAY;
        if (byGateway != (entry.type() == EntryType.EPOCH)) {
            return new Appended.Rejected(Check.AUTHOR, "uid " + entry.author() + " may not write " + entry.type());
        }
        if (!historyMatches(entry)) {
            return new Appended.Rejected(
                    Check.HISTORY, "its author saw another history of the first " + entry.seenSize() + " entries");
        }
        if (entry.type() == EntryType.JOIN) {
            return appendJoin(entry, verify);
        }
        Chain chain = byGateway ? requireGateway() : entry.author() < peers.size() ? peers.get(entry.author()) : null;
        if (chain == null) {
            return new Appended.Rejected(Check.AUTHOR, "nobody has joined with uid " + entry.author());
        }
        if (entry.sequence() != chain.sequence() + 1 || !entry.previous().equals(chain.previous())) {
            return new Appended.Rejected(
                    Check.CHAIN,
                    "its number " + entry.sequence() + " does not follow " + chain.sequence() + " of the same author");
        }
        if (verify && !entry.signedBy(chain.key(), logId)) {
            return new Appended.Rejected(Check.SIGNATURE, "its signature is not the author's");
        }
        if (byGateway) {
            gateway = chain.with(entry);
        } else {
            peers.set(entry.author(), chain.with(entry));
        }
        return grow(entry);
    }

    private Appended appendJoin(Entry entry, boolean verify) {
        if (entry.author() != Entry.NEWCOMER
                || entry.sequence() != 0
                || !entry.previous().equals(NO_HASH)) {
            return new Appended.Rejected(Check.AUTHOR, "a join is a newcomer's first entry");
        }
        if (entry.payload().length() < KEY_BYTES || entry.payload().length() > JOIN_BYTES_MAX) {
            return new Appended.Rejected(Check.FORM, "a join holds a key and little more");
        }
        if (peers.size() == PEERS_MAX) {
            return new Appended.Rejected(Check.PLACE, "a log has room for " + PEERS_MAX + " peers");
        }
        PeerKey key = new PeerKey(entry.payload().slice(0, KEY_BYTES));
        if (uids.containsKey(key) || key.equals(requireGateway().key())) {
            return new Appended.Rejected(Check.AUTHOR, "the key " + key + " has joined already");
        }
        if (verify && !entry.signedBy(key, logId)) {
            return new Appended.Rejected(Check.SIGNATURE, "its signature is not the one of the key inside");
        }
        uids.put(key, peers.size());
        peers.add(new Chain(key, 0, NO_HASH).with(entry));
        return grow(entry);
    }

    private boolean historyMatches(Entry entry) {
        if (entry.seenSize() > tree.size()) {
            return false;
        }
        return entry.seenSize() == 0
                ? entry.seenRoot() == 0
                : rootPrefixes.get(Math.toIntExact(entry.seenSize() - 1)) == entry.seenRoot();
    }

    private Appended grow(Entry entry) {
        Hash leaf = entry.leafHash();
        tree = tree.append(leaf);
        levels.add(leaf);
        rootPrefixes.add(Checkpoint.rootPrefix(root()));
        return new Appended.Ok(entry, tree.size() - 1);
    }

    public long size() {
        return tree.size();
    }

    public Bytes root() {
        return Bytes.of(tree.root().toBytes());
    }

    /** The leaf hash of the genesis entry; zeros before there is one. */
    public Bytes logId() {
        return logId;
    }

    public Optional<PeerKey> gatewayKey() {
        return Optional.ofNullable(gateway).map(Chain::key);
    }

    public Optional<Integer> uidOf(PeerKey key) {
        return Optional.ofNullable(uids.get(key));
    }

    /** Whether a checkpoint of a size up to ours tells the same history. */
    public boolean agreesWith(Checkpoint checkpoint) {
        return checkpoint.size() <= tree.size() && checkpoint.root().equals(rootAt(checkpoint.size()));
    }

    /** Root of the log as it was at this size. */
    public Bytes rootAt(long size) {
        return Bytes.of(tree.rootAt(levels, size).toBytes());
    }

    public MerkleProof.Inclusion inclusion(long index) {
        return tree.inclusion(levels, index);
    }

    /** Where the next entry of this author goes, as far as this log has seen the author. */
    public Entry.Position nextPosition(int author) {
        Chain chain = author == Entry.GATEWAY ? gateway : author == Entry.NEWCOMER ? null : peers.get(author);
        long seenRoot = tree.size() == 0 ? 0 : Checkpoint.rootPrefix(root());
        if (chain == null) {
            return new Entry.Position(author, author == Entry.GATEWAY ? 1 : 0, NO_HASH, tree.size(), seenRoot);
        }
        return new Entry.Position(author, chain.sequence() + 1, chain.previous(), tree.size(), seenRoot);
    }

    private Chain requireGateway() {
        if (gateway == null) {
            throw new IllegalStateException("a log with entries has a gateway");
        }
        return gateway;
    }
}
