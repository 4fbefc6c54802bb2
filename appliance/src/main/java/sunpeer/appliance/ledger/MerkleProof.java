package sunpeer.appliance.ledger;

import java.util.List;

/**
 * A proof about a Merkle tree, as it came from somebody who may lie: any numbers and any hashes make a proof, and a wrong one
 * proves nothing. Immutable.
 */
public sealed interface MerkleProof {
    /**
     * That a leaf is at an index of the tree of a size.
     *
     * @param path the hashes beside the way from the leaf to the root, lowest first
     */
    record Inclusion(long index, long size, List<Hash> path) implements MerkleProof {
        public Inclusion {
            path = List.copyOf(path);
        }

        /** Whether the leaf hash is really part of the tree with this root. */
        public boolean proves(Hash leaf, Hash root) {
            if (index < 0 || index >= size) {
                return false;
            }
            Climb climb = new Climb(index, size - 1);
            Hash computed = leaf;
            for (Hash sibling : path) {
                if (climb.atRoot()) {
                    return false;
                }
                computed = climb.siblingIsLeft() ? Hash.ofNode(sibling, computed) : Hash.ofNode(computed, sibling);
                climb.up();
            }
            return climb.atRoot() && computed.equals(root);
        }
    }

    /**
     * That the tree of the new size begins with all the leaves of the tree of the old size.
     *
     * @param path the hashes from which both roots follow, lowest first
     */
    record Consistency(long oldSize, long newSize, List<Hash> path) implements MerkleProof {
        public Consistency {
            path = List.copyOf(path);
        }

        /**
         * Whether nothing before the old size has changed between these two roots. About an empty old tree there is nothing to
         * prove, and the answer is no.
         */
        public boolean proves(Hash oldRoot, Hash newRoot) {
            if (oldSize < 1 || oldSize > newSize) {
                return false;
            }
            if (oldSize == newSize) {
                return path.isEmpty() && oldRoot.equals(newRoot);
            }
            // An old tree that is perfect is itself the subtree to start from, so the prover leaves it out.
            boolean perfect = Long.bitCount(oldSize) == 1;
            if (!perfect && path.isEmpty()) {
                return false;
            }
            Hash start = perfect ? oldRoot : path.getFirst();
            return climb(start, perfect ? path : path.subList(1, path.size()), oldRoot, newRoot);
        }

        private boolean climb(Hash start, List<Hash> siblings, Hash oldRoot, Hash newRoot) {
            Climb climb = new Climb(oldSize - 1, newSize - 1);
            climb.skipRightEdge();
            Hash oldComputed = start;
            Hash newComputed = start;
            for (Hash sibling : siblings) {
                if (climb.atRoot()) {
                    return false;
                }
                if (climb.siblingIsLeft()) {
                    oldComputed = Hash.ofNode(sibling, oldComputed);
                    newComputed = Hash.ofNode(sibling, newComputed);
                } else {
                    newComputed = Hash.ofNode(newComputed, sibling);
                }
                climb.up();
            }
            return climb.atRoot() && oldComputed.equals(oldRoot) && newComputed.equals(newRoot);
        }
    }
}
