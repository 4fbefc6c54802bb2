package sunpeer.appliance.ledger;

/**
 * One signed line of the log, exactly as it travels and is stored.
 *
 * <p>Layout, big-endian: version 1, type 1, subnet 2, epoch 4, author 2, author sequence 4, hash of the author's previous
 * entry 32, size and root prefix of the newest checkpoint the author accepted 4 + 8, payload length 2, payload, signature
 * 64. The signature covers a context string, the id of the log and all bytes before it, so an entry means nothing in
 * another log.
 *
 * @param author uid of the author, or one of {@link #GATEWAY} and {@link #NEWCOMER}
 * @param sequence 1, 2, 3 … for each author; 0 for a join
 * @param previous leaf hash of the author's previous entry; zeros where there is none
 * @param seenSize size of the newest checkpoint that the author had verified
 * @param seenRoot the first 8 bytes of that checkpoint's root
 * @param bytes the whole entry
 */
public record Entry(
        EntryType type,
        int subnet,
        long epoch,
        int author,
        long sequence,
        Bytes previous,
        long seenSize,
        long seenRoot,
        Bytes payload,
        Bytes signature,
        Bytes bytes) {
    public static final int GATEWAY = 0xFFFE;
    public static final int NEWCOMER = 0xFFFF;
    /** Longest payload: a close of 4,096 peers takes 32 kB. */
    public static final int PAYLOAD_BYTES_MAX = 40_000;

    private static final int VERSION = 1;
    private static final int SIGNATURE_BYTES = 64;
    private static final Bytes CONTEXT = Bytes.ofText("sunpeer entry v1\0");

    /** What an author decides about an entry; the rest follows from the author's chain. */
    public record Draft(EntryType type, int subnet, long epoch, Bytes payload) {}

    /** Where an author stands in its own chain and in the log. */
    public record Position(int author, long sequence, Bytes previous, long seenSize, long seenRoot) {}

    public sealed interface Parsed {
        record Ok(Entry entry) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    public static Entry sign(Signer signer, Bytes logId, Position position, Draft draft) {
        if (draft.payload().length() > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("a payload of " + draft.payload().length() + " bytes is too long");
        }
        Bytes unsigned = new ByteWriter()
                .u8(VERSION)
                .u8(draft.type().code())
                .u16(draft.subnet())
                .u32(draft.epoch())
                .u16(position.author())
                .u32(position.sequence())
                .raw(position.previous())
                .u32(position.seenSize())
                .i64(position.seenRoot())
                .sized(draft.payload())
                .done();
        Bytes signature = signer.sign(signedPart(logId, unsigned));
        return new Entry(
                draft.type(),
                draft.subnet(),
                draft.epoch(),
                position.author(),
                position.sequence(),
                position.previous(),
                position.seenSize(),
                position.seenRoot(),
                draft.payload(),
                signature,
                unsigned.plus(signature));
    }

    /** Reads the form only; whether the signature holds is asked with {@link #signedBy}. */
    public static Parsed parse(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.u8();
        int typeCode = in.u8();
        int subnet = in.u16();
        long epoch = in.u32();
        int author = in.u16();
        long sequence = in.u32();
        Bytes previous = in.raw(32);
        long seenSize = in.u32();
        long seenRoot = in.i64();
        Bytes payload = in.sized();
        Bytes signature = in.raw(SIGNATURE_BYTES);
        if (!in.endedWell()) {
            return new Parsed.Malformed("its " + bytes.length() + " bytes do not match the lengths written inside");
        }
        if (version != VERSION) {
            return new Parsed.Malformed("version " + version + " is unknown, this program reads version " + VERSION);
        }
        if (payload.length() > PAYLOAD_BYTES_MAX) {
            return new Parsed.Malformed("its payload of " + payload.length() + " bytes is too long");
        }
        return EntryType.ofCode(typeCode)
                .<Parsed>map(type -> new Parsed.Ok(new Entry(
                        type, subnet, epoch, author, sequence, previous, seenSize, seenRoot, payload, signature,
                        bytes)))
                .orElseGet(() -> new Parsed.Malformed("type " + typeCode + " is unknown"));
    }

    public boolean signedBy(PeerKey key, Bytes logId) {
        Bytes unsigned = bytes.slice(0, bytes.length() - SIGNATURE_BYTES);
        return key.verifies(signedPart(logId, unsigned), signature);
    }

    public Hash leafHash() {
        return Hash.ofLeaf(bytes.toArray());
    }

    private static Bytes signedPart(Bytes logId, Bytes unsigned) {
        return CONTEXT.plus(logId).plus(unsigned);
    }
}
