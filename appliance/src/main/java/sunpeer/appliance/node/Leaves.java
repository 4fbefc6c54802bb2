package sunpeer.appliance.node;

import java.util.ArrayList;
import java.util.List;
import sunpeer.appliance.ledger.ByteReader;
import sunpeer.appliance.ledger.ByteWriter;
import sunpeer.appliance.ledger.Bytes;

/**
 * A run of ledger entries as a gateway sends it: the entries from an index on, and a checkpoint that it signed for the log
 * that ends with them. So a peer believes a run only if the gateway vouches for exactly it, whoever else can write to the
 * broker. Immutable.
 *
 * <p>Layout: index of the first entry 8, length of the note 2, note, number of entries 2, then each with its length in 2.
 */
public record Leaves(long from, String note, List<Bytes> entries) {
    /** So that a message stays below what brokers let pass. */
    public static final int ENTRIES_MAX = 200;

    public static final int BYTES_MAX = 200_000;

    public Leaves {
        entries = List.copyOf(entries);
    }

    public sealed interface Parsed {
        record Ok(Leaves leaves) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter().i64(from).sized(Bytes.ofText(note)).u16(entries.size());
        entries.forEach(out::sized);
        return out.done();
    }

    public static Parsed parse(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        long from = in.i64();
        String note = in.sized().text();
        int count = in.u16();
        List<Bytes> entries = new ArrayList<>();
        for (int i = 0; i < count && in.ok(); i++) {
            entries.add(in.sized());
        }
        if (!in.endedWell() || from < 0 || count > ENTRIES_MAX) {
            return new Parsed.Malformed("a run of entries with wrong lengths");
        }
        return new Parsed.Ok(new Leaves(from, note, entries));
    }
}
