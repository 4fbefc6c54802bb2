package sunpeer.appliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;

/** The checkpoint against the definition of the signed note (c2sp.org/signed-note), and against every change to it. */
class CheckpointTest {
    private static final long SEED = 2_009;

    /** The secret of the first vector of RFC 8032. */
    private static final Signer RFC =
            Signer.fromSeed(Bytes.ofHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

    private static final Bytes ROOT = Bytes.ofText("root").sha256();

    /** Made by another implementation. */
    private static final String KNOWN = """
            sunpeer/1/d75a980182b1
            42
            SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=

            — sunpeer/1/d75a980182b1 S0W1ulc0eGp241+uhyU0CZxusq5WRL+jt7k5hjqqdP4oeLQFzG+YUe6x+WXPN5LcXvzqT1w3GqVnY0W/1K2BCVX1RQE=
            """;

    @Test
    void knownAnswer() {
        assertThat(Checkpoint.sign(RFC, 42, ROOT).note()).isEqualTo(KNOWN);
        assertThat(Checkpoint.parse(KNOWN, RFC.peerKey()))
                .isEqualTo(new Checkpoint.Parsed.Ok(new Checkpoint("sunpeer/1/d75a980182b1", 42, ROOT, KNOWN)));
    }

    /** The note taken apart by hand: key id, signed text and signature as the definition has them. */
    @Test
    void theSignatureLineIsTheOneOfASignedNote() throws GeneralSecurityException {
        String text = KNOWN.substring(0, KNOWN.indexOf("\n\n") + 1);
        String line = KNOWN.substring(KNOWN.indexOf("\n\n") + 2);
        assertThat(line).startsWith("\u2014 ").endsWith("\n");
        String[] words = line.strip().split(" ", -1);
        byte[] signed = Base64.getDecoder().decode(words[2]);

        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(words[1].getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update((byte) 1);
        sha256.update(RFC.peerKey().raw().toArray());
        byte[] keyId = Arrays.copyOf(sha256.digest(), 4);

        assertThat(Arrays.copyOf(signed, 4)).isEqualTo(keyId);
        assertThat(RFC.peerKey().verifies(Bytes.ofText(text), Bytes.of(signed).slice(4, 68)))
                .isTrue();
    }

    @Test
    void whatIsSignedIsReadBack() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 100; round++) {
            Checkpoint signed = Checkpoint.sign(
                    RFC, random.nextLong(1L << 32), Mutants.noise(random, 9).sha256());
            assertThat(Checkpoint.parse(signed.note(), RFC.peerKey()))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(new Checkpoint.Parsed.Ok(signed));
            assertThat(Checkpoint.claimedSize(signed.note())).isEqualTo(signed.size());
        }
    }

    private static void refused(String note, String what) {
        assertThat(Checkpoint.parse(note, RFC.peerKey())).as(what).isInstanceOf(Checkpoint.Parsed.Malformed.class);
    }

    @Test
    void noOtherCharacterIsAccepted() {
        String others = "A0z9+/=\n — ";
        for (int at = 0; at < KNOWN.length(); at++) {
            String head = KNOWN.substring(0, at);
            String tail = KNOWN.substring(at + 1);
            refused(head + tail, "without character " + at);
            for (int i = 0; i < others.length(); i++) {
                char other = others.charAt(i);
                refused(head + other + KNOWN.substring(at), "with another character at " + at);
                if (KNOWN.charAt(at) != other) {
                    refused(head + other + tail, "with " + (int) other + " as character " + at);
                }
            }
        }
        refused(KNOWN + "\n", "an empty line more");
        refused(KNOWN + KNOWN.substring(KNOWN.indexOf('\u2014')), "two signatures");
    }

    @Test
    void noFlippedBitIsAccepted() {
        Bytes bytes = Bytes.ofText(KNOWN);
        for (int bit = 0; bit < 8 * bytes.length(); bit++) {
            refused(Mutants.flipped(bytes, bit).text(), "bit " + bit);
        }
    }

    /** The base 64 of 68 bytes leaves four bits unused; a note with other ones must not be a second form of it. */
    @Test
    void theSignatureHasOneForm() {
        refused(KNOWN.replace("RQE=\n", "RQF=\n"), "unused bits set");
        refused(KNOWN.replace("RQE=\n", "RQE\n"), "no padding");
    }

    @Test
    void onlyThisGatewayIsBelieved() {
        Signer other = Signer.fromSeed(Bytes.ofText("other").sha256());

        assertThat(Checkpoint.parse(KNOWN, other.peerKey())).isInstanceOf(Checkpoint.Parsed.Malformed.class);
        refused(Checkpoint.sign(other, 42, ROOT).note(), "the note of another gateway");
        String claimed = Checkpoint.sign(other, 42, ROOT)
                .note()
                .replace(Checkpoint.originOf(other.peerKey()), Checkpoint.originOf(RFC.peerKey()));
        refused(claimed, "the note of another gateway under our gateway's name");
    }

    @Test
    void noiseIsMalformedAndNeverThrows() {
        SplittableRandom random = new SplittableRandom(SEED);
        Bytes known = Bytes.ofText(KNOWN);
        for (int round = 0; round < 5_000; round++) {
            String damaged = (round % 4 == 0 ? Mutants.noise(random, 300) : Mutants.mangled(random, known)).text();
            assertThat(Checkpoint.claimedSize(damaged)).isBetween(-1L, 999_999_999_999_999L);
            if (!damaged.equals(KNOWN)) {
                refused(damaged, "seed " + SEED + ", round " + round);
            }
        }
        refused("x".repeat(2_000), "too long");
    }
}
