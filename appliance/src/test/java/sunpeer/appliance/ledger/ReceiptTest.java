package sunpeer.appliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static sunpeer.appliance.ledger.TestLog.ANN;
import static sunpeer.appliance.ledger.TestLog.GATEWAY;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;

/** A receipt proves one entry and nothing else, whatever is done to it. */
class ReceiptTest {
    private static final long SEED = 9_162;

    private final TestLog log = TestLog.withPeers();
    private final List<Receipt> receipts = new ArrayList<>();
    private final Checkpoint checkpoint;

    ReceiptTest() {
        for (int number = 0; number < 10; number++) {
            log.add(ANN, EntryType.COMMIT, 0, Bytes.ofText("commitment " + number));
        }
        checkpoint = Checkpoint.sign(GATEWAY, log.ledger.size(), log.ledger.root());
        for (Entry entry : log.entries) {
            receipts.add(
                    new Receipt(entry.sequence(), log.ledger.inclusion(log.entries.indexOf(entry)), checkpoint.note()));
        }
    }

    @Test
    void aReceiptIsReadBackAndCoversItsEntryOnly() {
        for (int index = 0; index < receipts.size(); index++) {
            Receipt receipt = receipts.get(index);
            assertThat(Receipt.parse(receipt.encode())).isEqualTo(new Receipt.Parsed.Ok(receipt));
            for (int other = 0; other < receipts.size(); other++) {
                assertThat(receipt.covers(log.entries.get(other), checkpoint))
                        .as("receipt %d, entry %d", index, other)
                        .isEqualTo(index == other);
            }
        }
    }

    @Test
    void itCoversNothingUnderAnotherCheckpoint() {
        Entry entry = log.entries.get(4);
        Receipt receipt = receipts.get(4);
        long size = checkpoint.size();

        assertThat(receipt.covers(entry, Checkpoint.sign(GATEWAY, size - 1, log.ledger.rootAt(size - 1))))
                .isFalse();
        assertThat(receipt.covers(entry, Checkpoint.sign(GATEWAY, size - 1, log.ledger.root())))
                .isFalse();
        assertThat(receipt.covers(entry, Checkpoint.sign(GATEWAY, size, Mutants.flipped(checkpoint.root(), 0))))
                .isFalse();
    }

    /** What a node does with a receipt that came over the broker. */
    private boolean believed(Bytes bytes, Entry entry) {
        return Receipt.parse(bytes) instanceof Receipt.Parsed.Ok(Receipt receipt)
                && Checkpoint.parse(receipt.note(), GATEWAY.peerKey())
                        instanceof Checkpoint.Parsed.Ok(Checkpoint signed)
                && receipt.covers(entry, signed);
    }

    @Test
    void noFlippedBitAndNoOtherLengthIsBelieved() {
        Entry entry = log.entries.get(7);
        Bytes encoded = receipts.get(7).encode();
        assertThat(believed(encoded, entry)).isTrue();
        for (int bit = 0; bit < 8 * encoded.length(); bit++) {
            assertThat(believed(Mutants.flipped(encoded, bit), entry))
                    .as("bit %d", bit)
                    .isFalse();
        }
        for (int length = 0; length < encoded.length(); length++) {
            assertThat(Receipt.parse(encoded.slice(0, length))).isInstanceOf(Receipt.Parsed.Malformed.class);
        }
        assertThat(Receipt.parse(encoded.plus(Bytes.zeros(1)))).isInstanceOf(Receipt.Parsed.Malformed.class);
    }

    @Test
    void noiseNeverThrowsAndIsNeverBelieved() {
        SplittableRandom random = new SplittableRandom(SEED);
        Entry entry = log.entries.get(7);
        Bytes encoded = receipts.get(7).encode();
        for (int round = 0; round < 5_000; round++) {
            Bytes damaged = round % 4 == 0 ? Mutants.noise(random, 700) : Mutants.mangled(random, encoded);
            if (!damaged.equals(encoded)) {
                assertThat(believed(damaged, entry))
                        .as("seed %d, round %d", SEED, round)
                        .isFalse();
            }
        }
    }
}
