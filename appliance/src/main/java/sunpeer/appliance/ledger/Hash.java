package sunpeer.appliance.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A SHA-256 hash: of a leaf, of an inner node or of a whole tree. Immutable. */
public final class Hash {
    public static final int BYTES = 32;

    /** What RFC 9162 puts before the hashed bytes, so that a leaf never passes for a node. */
    private static final byte LEAF_PREFIX = 0;

    private static final byte NODE_PREFIX = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Hash of the bytes as they are. */
    public static Hash ofBytes(byte[] data) {
        return new Hash(sha256().digest(data));
    }

    /** Hash of a leaf of a Merkle tree. */
    public static Hash ofLeaf(byte[] data) {
        MessageDigest digest = sha256();
        digest.update(LEAF_PREFIX);
        return new Hash(digest.digest(data));
    }

    /** Hash of an inner node of a Merkle tree. */
    public static Hash ofNode(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update(NODE_PREFIX);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** The hash with these bytes, or nothing if they are not 32: for what comes from a wire. */
    public static Optional<Hash> parse(byte[] bytes) {
        return bytes.length == BYTES ? Optional.of(new Hash(bytes.clone())) : Optional.empty();
    }

    /** The hash with these bytes, which the caller has already cut to 32. */
    public static Hash wrap(byte[] bytes) {
        return parse(bytes).orElseThrow(() -> new IllegalArgumentException("a hash of " + bytes.length + " bytes"));
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
