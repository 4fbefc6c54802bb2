package sunpeer.appliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;

/** The form of an entry, byte for byte, and every way to damage it. */
class EntryTest {
    private static final long SEED = 20_260_601;
    private static final Signer SIGNER = Signer.fromSeed(Bytes.ofText("author").sha256());
    private static final Bytes LOG = Bytes.ofText("log").sha256();

    private static Entry random(SplittableRandom random, int payloadMax) {
        List<EntryType> types = List.of(EntryType.values());
        return Entry.sign(
                SIGNER,
                LOG,
                new Entry.Position(
                        random.nextInt(1 << 16),
                        random.nextLong(1L << 32),
                        Mutants.noise(random, 40).sha256(),
                        random.nextLong(1L << 32),
                        random.nextLong()),
                new Entry.Draft(
                        types.get(random.nextInt(types.size())),
                        random.nextInt(1 << 16),
                        random.nextLong(1L << 32),
                        Mutants.noise(random, payloadMax)));
    }

    @Test
    void whatIsSignedIsReadBack() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 300; round++) {
            Entry entry = random(random, 300);
            assertThat(Entry.parse(entry.bytes()))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(new Entry.Parsed.Ok(entry));
            assertThat(entry.signedBy(SIGNER.peerKey(), LOG)).isTrue();
        }
    }

    /** The bytes were made by another implementation of this layout and of Ed25519. */
    @Test
    void theFormIsTheDocumentedOne() {
        Bytes counting = Bytes.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        Signer rfc = Signer.fromSeed(Bytes.ofHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        Entry entry = Entry.sign(
                rfc,
                LOG,
                new Entry.Position(5, 9, counting, 11, 0x1122334455667788L),
                new Entry.Draft(EntryType.COMMIT, 1, 7, Bytes.ofText("abc")));

        assertThat(entry.bytes().hex())
                .isEqualTo("0103000100000007000500000009000102030405060708090a0b0c0d0e0f10111213141516171819"
                        + "1a1b1c1d1e1f0000000b11223344556677880003616263fac0c36f16c6cec234817f84c692cd789e"
                        + "490ea8ce7c824933eb8e6a02febb202e5130d4ef22438225b8bc9de92956f7b362b9014902d51d97"
                        + "5cfa38d6655c0e");
    }

    @Test
    void noShorterOrLongerFormIsRead() {
        Entry entry = random(new SplittableRandom(SEED), 100);
        for (int length = 0; length < entry.bytes().length(); length++) {
            assertThat(Entry.parse(entry.bytes().slice(0, length)))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(Entry.Parsed.Malformed.class);
        }
        assertThat(Entry.parse(entry.bytes().plus(Bytes.zeros(1)))).isInstanceOf(Entry.Parsed.Malformed.class);
    }

    @Test
    void everyFlippedBitBreaksFormOrSignature() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 2; round++) {
            Bytes bytes = random(random, 60).bytes();
            long believed = IntStream.range(0, 8 * bytes.length())
                    .filter(bit -> believed(Mutants.flipped(bytes, bit)))
                    .count();
            assertThat(believed).as("seed %d, round %d", SEED, round).isZero();
        }
    }

    private static boolean believed(Bytes bytes) {
        return Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry) && entry.signedBy(SIGNER.peerKey(), LOG);
    }

    @Test
    void anEntryMeansNothingInAnotherLogOrUnderAnotherKey() {
        Entry entry = random(new SplittableRandom(SEED), 50);

        assertThat(entry.signedBy(SIGNER.peerKey(), Bytes.ofText("another log").sha256()))
                .isFalse();
        assertThat(entry.signedBy(
                        Signer.fromSeed(Bytes.ofText("another").sha256()).peerKey(), LOG))
                .isFalse();
    }

    @Test
    void noiseIsMalformedAndNeverThrows() {
        SplittableRandom random = new SplittableRandom(SEED);
        Bytes valid = random(random, 80).bytes();
        for (int round = 0; round < 20_000; round++) {
            Bytes damaged = round % 2 == 0 ? Mutants.noise(random, 300) : Mutants.mangled(random, valid);
            if (Entry.parse(damaged) instanceof Entry.Parsed.Ok(Entry entry)) {
                assertThat(entry.bytes()).as("seed %d, round %d", SEED, round).isEqualTo(damaged);
            }
        }
    }

    @Test
    void aPayloadHasALongestLength() {
        Entry.Position first = new Entry.Position(1, 1, Bytes.zeros(32), 0, 0);
        var longest = new Entry.Draft(EntryType.EPOCH, 1, 0, Bytes.zeros(Entry.PAYLOAD_BYTES_MAX));
        var tooLong = new Entry.Draft(EntryType.EPOCH, 1, 0, Bytes.zeros(Entry.PAYLOAD_BYTES_MAX + 1));

        assertThat(Entry.parse(Entry.sign(SIGNER, LOG, first, longest).bytes())).isInstanceOf(Entry.Parsed.Ok.class);
        assertThatThrownBy(() -> Entry.sign(SIGNER, LOG, first, tooLong)).isInstanceOf(IllegalArgumentException.class);
    }
}
