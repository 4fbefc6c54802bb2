package sunpeer.appliance.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 9162 over an append-only log, as its frontier: the roots of the perfect subtrees that the log consists of,
 * largest first, one for each bit of its size. That is 20 hashes for a million entries, and enough to append and to know the root.
 * Immutable; appending gives a new tree.
 */
public final class MerkleTree {
    /** Bounded so that no index or size overflows on its way through the proofs. */
    public static final long SIZE_MAX = 1L << 48;

    public static final MerkleTree EMPTY = new MerkleTree(0, List.of());

    private static final Hash EMPTY_ROOT = Hash.ofBytes(new byte[0]);

    private final long size;
    private final List<Hash> frontier;

    private MerkleTree(long size, List<Hash> frontier) {
        this.size = size;
        this.frontier = frontier;
    }

    /** The tree as it was stored: its size and {@link #frontier()}. */
    public static MerkleTree restore(long size, List<Hash> frontier) {
        if (size < 0 || size > SIZE_MAX || Long.bitCount(size) != frontier.size()) {
            throw new IllegalArgumentException("a tree of " + size + " leaves with " + frontier.size() + " subtrees");
        }
        return new MerkleTree(size, List.copyOf(frontier));
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** Roots of the perfect subtrees, largest first. */
    public List<Hash> frontier() {
        return frontier;
    }

    /** The tree with one more leaf; its hash is {@link Hash#ofLeaf} of the entry's bytes. */
    public MerkleTree append(Hash leaf) {
        if (size == SIZE_MAX) {
            throw new IllegalStateException("the log is full");
        }
        List<Hash> grown = new ArrayList<>(frontier);
        Hash subtree = leaf;
        // Like adding 1 to a binary number: each trailing one bit is a subtree as large as the one that is carried.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            subtree = Hash.ofNode(grown.removeLast(), subtree);
        }
        grown.add(subtree);
        return new MerkleTree(size + 1, List.copyOf(grown));
    }

    public Hash root() {
        return frontier.isEmpty() ? EMPTY_ROOT : fold(frontier);
    }

    /**
     * Proof that a leaf is in this tree.
     *
     * @param leaves of this log, at least up to this size
     * @param index of the leaf, 0 &lt;= index &lt; size
     */
    public MerkleProof.Inclusion inclusion(LeafHashes leaves, long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " of " + size);
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + largestPowerBelow(to - from);
            if (index < middle) {
                path.addFirst(rangeRoot(leaves, middle, to));
                to = middle;
            } else {
                path.addFirst(rangeRoot(leaves, from, middle));
                from = middle;
            }
        }
        return new MerkleProof.Inclusion(index, size, path);
    }

    /**
     * Proof that this tree begins with all that an older state of it had.
     *
     * @param leaves of this log, at least up to this size
     * @param oldSize of the older tree, 1 &lt;= oldSize &lt;= size; about the empty tree there is nothing to prove
     */
    public MerkleProof.Consistency consistency(LeafHashes leaves, long oldSize) {
        if (oldSize < 1 || oldSize > size) {
            throw new IllegalArgumentException("no proof from " + oldSize + " to " + size + " leaves");
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to != oldSize) {
            long middle = from + largestPowerBelow(to - from);
            if (oldSize <= middle) {
                path.addFirst(rangeRoot(leaves, middle, to));
                to = middle;
            } else {
                path.addFirst(rangeRoot(leaves, from, middle));
                from = middle;
            }
        }
        if (from > 0) {
            // The subtree where the two trees part is not the whole old tree, so the verifier cannot know its root.
            path.addFirst(rangeRoot(leaves, from, to));
        }
        return new MerkleProof.Consistency(oldSize, size, path);
    }

    /** Root that this log had when it was smaller. */
    public Hash rootAt(LeafHashes leaves, long smaller) {
        if (smaller < 0 || smaller > size) {
            throw new IllegalArgumentException("a root of " + smaller + " of " + size + " leaves");
        }
        return smaller == 0 ? EMPTY_ROOT : rangeRoot(leaves, 0, smaller);
    }

    /** Root of the leaves from..to-1, where {@code from} is a multiple of a power of two not below their number. */
    private static Hash rangeRoot(LeafHashes leaves, long from, long to) {
        List<Hash> subtrees = new ArrayList<>();
        long at = from;
        while (at < to) {
            int level = 63 - Long.numberOfLeadingZeros(to - at);
            subtrees.add(leaves.node(level, at >> level));
            at += 1L << level;
        }
        return fold(subtrees);
    }

    private static Hash fold(List<Hash> subtrees) {
        Hash root = subtrees.getLast();
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = Hash.ofNode(subtrees.get(i), root);
        }
        return root;
    }

    private static long largestPowerBelow(long number) {
        return Long.highestOneBit(number - 1);
    }
}
