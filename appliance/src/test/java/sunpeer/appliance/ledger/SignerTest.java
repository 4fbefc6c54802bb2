package sunpeer.appliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ed25519 against the vectors of RFC 8032, section 7.1, and against forgers. */
class SignerTest {
    /** Order of the base point, RFC 8032 section 5.1. */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final long SEED = 8032;

    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
                + "'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd2"
                + "5bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
                + "72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c38"
                + "7b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
                + "af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a"
                + "7c15e9716ed28dc027beceea1ec40a",
    })
    void vectorsOfTheRfc(String seed, String key, String message, String signature) {
        Signer signer = Signer.fromSeed(Bytes.ofHex(seed));
        Bytes signed = Bytes.ofHex(signature);

        assertThat(signer.peerKey().raw().hex()).isEqualTo(key);
        assertThat(signer.sign(Bytes.ofHex(message))).isEqualTo(signed);
        PeerKey peer = new PeerKey(Bytes.ofHex(key));
        assertThat(peer.verifies(Bytes.ofHex(message), signed)).isTrue();
        assertThat(peer.verifies(Bytes.ofHex(message).plus(Bytes.zeros(1)), signed))
                .isFalse();
        assertThat(peer.verifies(Bytes.ofHex(message), shifted(signed)))
                .as("the same signature with the order added to S: a second form of one signature")
                .isFalse();
    }

    /** S + L in place of S, little-endian in the upper half. */
    private static Bytes shifted(Bytes signature) {
        byte[] bytes = signature.toArray();
        BigInteger s = BigInteger.ZERO;
        for (int i = 63; i >= 32; i--) {
            s = s.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xFF));
        }
        BigInteger more = s.add(ORDER);
        for (int i = 32; i < 64; i++) {
            bytes[i] = more.shiftRight(8 * (i - 32)).byteValue();
        }
        return Bytes.of(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0", "31", "33", "64"})
    void keysAndSeedsHave32Bytes(int length) {
        assertThatThrownBy(() -> new PeerKey(Bytes.zeros(length))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signer.fromSeed(Bytes.zeros(length))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "63", "64", "65", "128"})
    void nothingButASignatureVerifiesAndNothingThrows(int length) {
        SplittableRandom random = new SplittableRandom(SEED + length);
        for (int round = 0; round < 50; round++) {
            Bytes raw = bytes(random, 32);
            Bytes signature = bytes(random, length);
            assertThat(new PeerKey(raw).verifies(Bytes.ofText("message"), signature))
                    .as("seed %d, key %s, signature %s", SEED + length, raw.hex(), signature.hex())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"forecast, 1", "forecast, 2", "training, 1"})
    void secretsDifferByPurposeNumberAndKeyAndNeverChange(String purpose, long number) {
        Signer signer = Signer.fromSeed(Bytes.ofText("a").sha256());
        Signer other = Signer.fromSeed(Bytes.ofText("b").sha256());
        Signer again = Signer.fromSeed(Bytes.ofText("a").sha256());

        assertThat(signer.secret(purpose, number))
                .isEqualTo(again.secret(purpose, number))
                .isNotEqualTo(other.secret(purpose, number))
                .isNotEqualTo(signer.secret(purpose, number + 2))
                .isNotEqualTo(signer.secret(purpose + " ", number));
    }

    private static Bytes bytes(SplittableRandom random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return Bytes.of(content);
    }
}
