package sunpeer.appliance.ledger;

/**
 * The way up a Merkle tree from one of its nodes, level by level (RFC 9162, 2.1.3.2 and 2.1.4.2, whose {@code fn} and {@code sn}
 * these are). Confined to one verification.
 */
final class Climb {
    private long node;
    private long last;

    /**
     * Starts at a leaf.
     *
     * @param node index of the leaf
     * @param last index of the last leaf of the tree
     */
    Climb(long node, long last) {
        this.node = node;
        this.last = last;
    }

    /** Goes up while the node is a right child: to the largest perfect subtree that ends with the leaf. */
    void skipRightEdge() {
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
    }

    boolean atRoot() {
        return last == 0;
    }

    boolean siblingIsLeft() {
        return (node & 1) == 1 || node == last;
    }

    /** Goes to the next level at which the node has a sibling, having been joined with the present one. */
    void up() {
        if (siblingIsLeft()) {
            // On the ragged right edge a node without sibling rises unchanged.
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        }
        node >>= 1;
        last >>= 1;
    }
}
