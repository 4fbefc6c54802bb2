package sunpeer.appliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Vectors;

/** The tree against its definition, and its proofs against liars. */
class MerkleTreeTest {
    private static final List<Hash> LEAVES = IntStream.range(0, 300)
            .mapToObj(i -> Hash.ofLeaf(new byte[] {(byte) i, (byte) (i >> 8)}))
            .toList();
    private static final LeafHashes STORED = index -> LEAVES.get((int) index);
    private static final long SEED = 9162;

    @Test
    void vectorsOfTransparencyDev() {
        JsonNode vectors = Vectors.beside(getClass(), "merkle.json");
        checkRoots(vectors);
        assertThat(checkCases(vectors)).isEqualTo(196);
    }

    @Test
    void allVectorsOfTransparencyDev() {
        JsonNode vectors = Vectors.complete("merkle_rfc6962.json");
        checkRoots(vectors);
        assertThat(checkCases(vectors)).isEqualTo(196);
    }

    private static void checkRoots(JsonNode vectors) {
        MerkleTree tree = MerkleTree.EMPTY;
        List<String> roots = new ArrayList<>(List.of(tree.root().toString()));
        for (JsonNode leaf : vectors.path("leaves_hex")) {
            tree = tree.append(Hash.ofLeaf(HexFormat.of().parseHex(leaf.asText())));
            roots.add(tree.root().toString());
        }
        assertThat(roots)
                .isEqualTo(vectors.path("roots_hex")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
    }

    private static int checkCases(JsonNode vectors) {
        int cases = 0;
        for (JsonNode test : vectors.path("cases")) {
            boolean wanted = !test.path("wantErr").asBoolean();
            // One valid case has the text "don't care" for a root, which is none here: a Hash has 32 bytes or does not
            // exist.
            boolean shortRoot = test.path("root1").asText().startsWith("ZG9uJ3Qg");
            assertThat(proves(test)).as(test.toString()).isEqualTo(wanted && !shortRoot);
            cases++;
        }
        return cases;
    }

    private static boolean proves(JsonNode test) {
        List<Hash> path = new ArrayList<>();
        for (JsonNode hash : test.path("proof")) {
            Optional<Hash> parsed = hash(hash);
            if (parsed.isEmpty()) {
                return false;
            }
            path.add(parsed.get());
        }
        boolean inclusion = test.path("kind").asText().equals("inclusion");
        Optional<Hash> first = hash(test.path(inclusion ? "leafHash" : "root1"));
        Optional<Hash> second = hash(test.path(inclusion ? "root" : "root2"));
        if (first.isEmpty() || second.isEmpty()) {
            return false;
        }
        return inclusion
                ? new MerkleProof.Inclusion(number(test.path("leafIdx")), number(test.path("treeSize")), path)
                        .proves(first.get(), second.get())
                : new MerkleProof.Consistency(number(test.path("size1")), number(test.path("size2")), path)
                        .proves(first.get(), second.get());
    }

    private static Optional<Hash> hash(JsonNode base64) {
        return Hash.parse(Base64.getDecoder().decode(base64.asText()));
    }

    /** A u64 of the vectors as the long with the same bits. */
    private static long number(JsonNode number) {
        return new BigInteger(number.asText()).longValue();
    }

    @Test
    void theFrontierHasTheRootOfTheDefinition() {
        MerkleTree tree = MerkleTree.EMPTY;
        for (int size = 0; size <= LEAVES.size(); size++) {
            assertThat(tree.size()).isEqualTo(size);
            assertThat(tree.root()).as("size " + size).isEqualTo(definition(LEAVES.subList(0, size)));
            assertThat(MerkleTree.restore(size, tree.frontier()).root()).isEqualTo(tree.root());
            tree = size < LEAVES.size() ? tree.append(LEAVES.get(size)) : tree;
        }
    }

    /** RFC 9162, 2.1.1, word for word. */
    private static Hash definition(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.ofBytes(new byte[0]);
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return Hash.ofNode(definition(leaves.subList(0, split)), definition(leaves.subList(split, leaves.size())));
    }

    @Test
    void everyInclusionProofHoldsAndNoneWithAFlippedBit() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int size = 1; size <= 64; size++) {
            MerkleTree tree = treeOf(size);
            for (int index = 0; index < size; index++) {
                String what = "seed " + SEED + ", leaf " + index + " of " + size;
                MerkleProof.Inclusion proof = tree.inclusion(STORED, index);
                Hash leaf = LEAVES.get(index);
                assertThat(proof.proves(leaf, tree.root())).as(what).isTrue();
                for (int bit : bits(random, size)) {
                    assertThat(proof.proves(flip(leaf, bit), tree.root()))
                            .as(what)
                            .isFalse();
                    assertThat(proof.proves(leaf, flip(tree.root(), bit)))
                            .as(what)
                            .isFalse();
                    for (List<Hash> forged : forgeries(proof.path(), bit)) {
                        assertThat(new MerkleProof.Inclusion(index, size, forged).proves(leaf, tree.root()))
                                .as(what)
                                .isFalse();
                    }
                }
                for (int bit = 0; bit < 64; bit++) {
                    long moved = index ^ 1L << bit;
                    assertThat(new MerkleProof.Inclusion(moved, size, proof.path()).proves(leaf, tree.root()))
                            .as(what)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void everyConsistencyProofHoldsAndNoneWithAFlippedBit() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int size = 1; size <= 64; size++) {
            MerkleTree tree = treeOf(size);
            for (int oldSize = 1; oldSize <= size; oldSize++) {
                String what = "seed " + SEED + ", " + oldSize + " to " + size;
                MerkleProof.Consistency proof = tree.consistency(STORED, oldSize);
                Hash oldRoot = treeOf(oldSize).root();
                assertThat(proof.proves(oldRoot, tree.root())).as(what).isTrue();
                for (int bit : bits(random, size)) {
                    assertThat(proof.proves(flip(oldRoot, bit), tree.root()))
                            .as(what)
                            .isFalse();
                    assertThat(proof.proves(oldRoot, flip(tree.root(), bit)))
                            .as(what)
                            .isFalse();
                    for (List<Hash> forged : forgeries(proof.path(), bit)) {
                        assertThat(new MerkleProof.Consistency(oldSize, size, forged).proves(oldRoot, tree.root()))
                                .as(what)
                                .isFalse();
                    }
                }
            }
        }
    }

    @Test
    void aProofOfTheWrongLengthProvesNothing() {
        MerkleTree tree = treeOf(7);
        List<Hash> path = tree.inclusion(STORED, 2).path();
        List<Hash> longer = new ArrayList<>(path);
        longer.add(tree.root());
        assertThat(new MerkleProof.Inclusion(2, 7, longer).proves(LEAVES.get(2), tree.root()))
                .isFalse();
        assertThat(new MerkleProof.Inclusion(2, 7, path.subList(1, path.size())).proves(LEAVES.get(2), tree.root()))
                .isFalse();
        assertThat(new MerkleProof.Inclusion(0, Long.MIN_VALUE, path).proves(LEAVES.get(2), tree.root()))
                .isFalse();
        assertThat(new MerkleProof.Consistency(3, 7, List.of()).proves(treeOf(3).root(), tree.root()))
                .isFalse();
        assertThat(new MerkleProof.Consistency(0, 0, List.of()).proves(tree.root(), tree.root()))
                .isFalse();
        assertThat(new MerkleProof.Consistency(8, 7, List.of()).proves(tree.root(), tree.root()))
                .isFalse();
        assertThat(new MerkleProof.Consistency(Long.MAX_VALUE, Long.MAX_VALUE, path).proves(tree.root(), tree.root()))
                .isFalse();
    }

    @Test
    void askingForWhatIsNotThereIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> treeOf(3).inclusion(STORED, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> treeOf(3).consistency(STORED, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> treeOf(3).consistency(STORED, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.restore(4, treeOf(3).frontier()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hash.wrap(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private static MerkleTree treeOf(int size) {
        MerkleTree tree = MerkleTree.EMPTY;
        for (Hash leaf : LEAVES.subList(0, size)) {
            tree = tree.append(leaf);
        }
        return tree;
    }

    /** All bits of a hash while the trees are small, then one by chance. */
    private static int[] bits(SplittableRandom random, int size) {
        return size <= 7 ? IntStream.range(0, 256).toArray() : new int[] {random.nextInt(256)};
    }

    private static List<List<Hash>> forgeries(List<Hash> path, int bit) {
        return IntStream.range(0, path.size())
                .mapToObj(i -> {
                    List<Hash> forged = new ArrayList<>(path);
                    forged.set(i, flip(path.get(i), bit));
                    return forged;
                })
                .toList();
    }

    private static Hash flip(Hash hash, int bit) {
        byte[] bytes = hash.toBytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Hash.wrap(bytes);
    }
}
