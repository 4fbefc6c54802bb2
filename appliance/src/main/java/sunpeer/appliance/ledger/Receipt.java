package sunpeer.appliance.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The gateway's signed word that an entry is in the log: a checkpoint and the inclusion proof that leads to it. Only this
 * lets a peer forget that it still has to deliver the entry. Immutable.
 *
 * <p>Layout: sequence 4, index 8, number of hashes 1, hashes 32 each, length of the note 2, note.
 *
 * @param sequence the author's own number of the entry
 */
public record Receipt(long sequence, MerkleProof.Inclusion proof, String note) {
    private static final int PATH_MAX = 48;

    public sealed interface Parsed {
        record Ok(Receipt receipt) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter()
                .u32(sequence)
                .i64(proof.index())
                .u8(proof.path().size());
        proof.path().forEach(hash -> out.raw(Bytes.of(hash.toBytes())));
        return out.sized(Bytes.ofText(note)).done();
    }

    /** Reads the form only; {@link #covers} wants the checkpoint of its note, verified. */
    public static Parsed parse(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        long sequence = in.u32();
        long index = in.i64();
        int hashes = in.u8();
        if (hashes > PATH_MAX) {
            return new Parsed.Malformed("a proof of " + hashes + " hashes is too long");
        }
        List<Hash> path = new ArrayList<>();
        for (int i = 0; i < hashes; i++) {
            path.add(Hash.wrap(in.raw(Hash.BYTES).toArray()));
        }
        String note = in.sized().text();
        if (!in.endedWell()) {
            return new Parsed.Malformed("its length does not match the lengths written inside");
        }
        return new Parsed.Ok(
                new Receipt(sequence, new MerkleProof.Inclusion(index, Checkpoint.claimedSize(note), path), note));
    }

    /** Whether it proves that this very entry is in the log. */
    public boolean covers(Entry entry, Checkpoint checkpoint) {
        return entry.sequence() == sequence
                && proof.size() == checkpoint.size()
                && proof.proves(entry.leafHash(), Hash.wrap(checkpoint.root().toArray()));
    }
}
