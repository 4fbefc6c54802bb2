package sunpeer.appliance.ledger;

/**
 * The leaf hashes of a log, wherever they are kept. Needed to make proofs; roots and verification do without.
 *
 * <p>A store that also keeps inner nodes overrides {@link #node} and makes proofs in a logarithm of the time.
 */
@FunctionalInterface
public interface LeafHashes {
    /** Hash of the leaf at an index, 0 &lt;= index &lt; size of the log. */
    Hash leaf(long index);

    /**
     * Root of a perfect subtree: of the leaves {@code index << level} up to but not including {@code (index + 1) << level}, all of
     * which exist. Never changes once they do.
     */
    default Hash node(int level, long index) {
        return level == 0 ? leaf(index) : Hash.ofNode(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }
}
