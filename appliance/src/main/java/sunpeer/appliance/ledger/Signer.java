package sunpeer.appliance.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;

/**
 * The secret half of a peer: signs with Ed25519, made from a seed of 32 bytes.
 *
 * <p>Thread-safe. Ed25519 is deterministic: the same seed and message give the same signature on every machine.
 */
public final class Signer {
    private final Bytes seed;
    private final PrivateKey secret;
    private final PeerKey peerKey;

    private Signer(Bytes seed, PrivateKey secret, PeerKey peerKey) {
        this.seed = seed;
        this.secret = secret;
        this.peerKey = peerKey;
    }

    public static Signer fromSeed(Bytes seed) {
        if (seed.length() != 32) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length());
        }
        try {
            // The JDK offers no way from a seed to its public key but its generator, fed with the seed as "randomness".
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
            var pair = generator.generateKeyPair();
            byte[] x509 = ((EdECPublicKey) pair.getPublic()).getEncoded();
            PeerKey peerKey = new PeerKey(Bytes.of(x509).slice(x509.length - 32, x509.length));
            return new Signer(seed, pair.getPrivate(), peerKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks Ed25519", e);
        }
    }

    public PeerKey peerKey() {
        return peerKey;
    }

    /** Returns 64 bytes. */
    public Bytes sign(Bytes message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(message.toArray());
            return Bytes.of(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 refused to sign", e);
        }
    }

    /** A secret that only this key can derive, the same after every restart: salts of commitments need no storage. */
    public Bytes secret(String purpose, long number) {
        return new ByteWriter()
                .sized(Bytes.ofText("sunpeer secret v1 " + purpose))
                .i64(number)
                .raw(seed)
                .done()
                .sha256();
    }

    private static final class FixedRandom extends SecureRandom {
        private final transient Bytes seed;

        FixedRandom(Bytes seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(seed.toArray(), 0, target, 0, target.length);
        }
    }
}
