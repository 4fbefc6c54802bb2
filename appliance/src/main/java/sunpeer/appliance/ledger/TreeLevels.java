package sunpeer.appliance.ledger;

import java.util.ArrayList;
import java.util.List;

/** The hashes of all perfect subtrees in memory, level by level, so that a proof costs a logarithm. Confined to one thread. */
final class TreeLevels implements LeafHashes {
    private final List<List<Hash>> levels = new ArrayList<>();

    void add(Hash leaf) {
        Hash subtree = leaf;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<Hash> row = levels.get(level);
            row.add(subtree);
            if (row.size() % 2 == 1) {
                return;
            }
            subtree = Hash.ofNode(row.get(row.size() - 2), subtree);
        }
    }

    @Override
    public Hash leaf(long index) {
        return node(0, index);
    }

    @Override
    public Hash node(int level, long index) {
        return levels.get(level).get(Math.toIntExact(index));
    }
}
