package sunpeer.appliance.ledger;

import java.util.Base64;

/**
 * A signed tree head in the form of a C2SP signed note (c2sp.org/tlog-checkpoint): the gateway's word that the log had this
 * root at this size. A gateway that signs two different roots for one size has signed the proof of its own fraud.
 *
 * @param note the whole note, as it is published and stored
 */
public record Checkpoint(String origin, long size, Bytes root, String note) {
    private static final int NOTE_CHARS_MAX = 1024;

    public sealed interface Parsed {
        record Ok(Checkpoint checkpoint) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    public static String originOf(PeerKey gateway) {
        return "sunpeer/1/" + gateway.id();
    }

    public static Checkpoint sign(Signer gateway, long size, Bytes root) {
        String origin = originOf(gateway.peerKey());
        String body = body(origin, size, root);
        Bytes signature = gateway.sign(Bytes.ofText(body));
        String line = Base64.getEncoder()
                .encodeToString(keyId(origin, gateway.peerKey()).plus(signature).toArray());
        return new Checkpoint(origin, size, root, note(origin, body, line));
    }

    /** Reads a note and accepts it only with a valid signature of this key. */
    public static Parsed parse(String note, PeerKey gateway) {
        if (note.length() > NOTE_CHARS_MAX) {
            return new Parsed.Malformed("a checkpoint of " + note.length() + " characters is too long");
        }
        String[] lines = note.split("\n", -1);
        if (lines.length != 6 || !lines[3].isEmpty() || !lines[5].isEmpty()) {
            return new Parsed.Malformed("a checkpoint has origin, size, root, an empty line and one signature");
        }
        String origin = originOf(gateway);
        String prefix = "— " + origin + " ";
        if (!lines[0].equals(origin) || !lines[4].startsWith(prefix)) {
            return new Parsed.Malformed("it is from \"" + lines[0] + "\", expected \"" + origin + "\"");
        }
        try {
            long size = Long.parseLong(lines[1]);
            Bytes root = Bytes.of(Base64.getDecoder().decode(lines[2]));
            Bytes signed = Bytes.of(Base64.getDecoder().decode(lines[4].substring(prefix.length())));
            // A decoder takes base 64 without padding or with other unused bits for the same bytes; one note has one
            // form.
            String line = Base64.getEncoder().encodeToString(signed.toArray());
            if (!note(origin, body(origin, size, root), line).equals(note)
                    || size < 0
                    || root.length() != 32
                    || signed.length() != 68) {
                return new Parsed.Malformed("size, root or signature is not in canonical form");
            }
            Bytes message = Bytes.ofText(body(origin, size, root));
            if (!signed.slice(0, 4).equals(keyId(origin, gateway)) || !gateway.verifies(message, signed.slice(4, 68))) {
                return new Parsed.Malformed("the gateway's signature does not match");
            }
            return new Parsed.Ok(new Checkpoint(origin, size, root, note));
        } catch (IllegalArgumentException notANumberOrBase64) {
            return new Parsed.Malformed("size, root or signature cannot be decoded");
        }
    }

    /** The size that a note claims, unverified; -1 if it claims none. */
    public static long claimedSize(String note) {
        int from = note.indexOf('\n') + 1;
        int to = note.indexOf('\n', from);
        if (from == 0 || to - from < 1 || to - from > 15) {
            return -1;
        }
        String digits = note.substring(from, to);
        return digits.chars().allMatch(digit -> digit >= '0' && digit <= '9') ? Long.parseLong(digits) : -1;
    }

    /** The first 8 bytes of the root as entries carry them. */
    public static long rootPrefix(Bytes root) {
        return new ByteReader(root).i64();
    }

    private static String body(String origin, long size, Bytes root) {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.toArray()) + "\n";
    }

    private static String note(String origin, String body, String signature) {
        return body + "\n— " + origin + " " + signature + "\n";
    }

    /** As c2sp.org/signed-note defines it; 1 is the algorithm byte of Ed25519. */
    private static Bytes keyId(String name, PeerKey key) {
        return new ByteWriter()
                .raw(Bytes.ofText(name + "\n"))
                .u8(1)
                .raw(key.raw())
                .done()
                .sha256()
                .slice(0, 4);
    }
}
