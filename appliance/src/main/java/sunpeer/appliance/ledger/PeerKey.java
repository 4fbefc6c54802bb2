package sunpeer.appliance.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The public Ed25519 key that is a peer: 32 bytes (RFC 8032).
 *
 * <p>Thread-safe. The JDK form of the key is decoded once; an undecodable key verifies nothing.
 */
public final class PeerKey {
    /** The fixed head of an Ed25519 SubjectPublicKeyInfo (RFC 8410), which the JDK wants before the 32 bytes. */
    private static final Bytes X509_HEAD = Bytes.ofHex("302a300506032b6570032100");

    private final Bytes raw;
    private final @Nullable PublicKey decoded;

    public PeerKey(Bytes raw) {
        if (raw.length() != 32) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + raw.length());
        }
        this.raw = raw;
        this.decoded = decode(raw);
    }

    public Bytes raw() {
        return raw;
    }

    /** Twelve hexadecimal digits that stand for the key in topic names and on the page. */
    public String id() {
        return raw.hex().substring(0, 12);
    }

    public boolean verifies(Bytes message, Bytes signature) {
        if (decoded == null || signature.length() != 64) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(decoded);
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException malformedSignature) {
            // The JDK throws for a signature that is not a curve point; to us it is simply not valid.
            return false;
        }
    }

    private static @Nullable PublicKey decode(Bytes raw) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(X509_HEAD.plus(raw).toArray()));
        } catch (GeneralSecurityException notAPoint) {
            return null;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerKey key && raw.equals(key.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return id();
    }
}
