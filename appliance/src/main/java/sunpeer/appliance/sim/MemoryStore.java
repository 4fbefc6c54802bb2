package sunpeer.appliance.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.NodeMemory;

/** A store that survives a simulated power cut and nothing else. Confined to one thread. */
public final class MemoryStore {
    private final List<Bytes> entries = new ArrayList<>();
    private final TreeMap<Long, Bytes> outbox = new TreeMap<>();
    private final Map<String, Bytes> states = new HashMap<>();
    private @Nullable String checkpoint;
    private final List<Bytes> acknowledged = new ArrayList<>();

    public void keep(Command.Keep record) {
        switch (record) {
            case Command.Keep.AppendEntry(long index, Bytes entry) -> {
                if (index != entries.size()) {
                    throw new IllegalStateException("entry " + index + " does not follow " + (entries.size() - 1));
                }
                entries.add(entry);
            }
            case Command.Keep.SetCheckpoint(String note) -> checkpoint = note;
            case Command.Keep.PutOutbox(long sequence, Bytes entry) -> outbox.put(sequence, entry);
            case Command.Keep.Acknowledge(long sequence, Bytes receipt) -> {
                Bytes delivered = outbox.remove(sequence);
                if (delivered == null) {
                    throw new IllegalStateException("a receipt for " + sequence + ", which is not in the outbox");
                }
                acknowledged.add(delivered);
            }
            case Command.Keep.PutState(String name, Bytes state) -> states.put(name, state);
            case Command.Keep.PutReading reading -> {}
        }
    }

    public NodeMemory load() {
        return new NodeMemory(entries, Optional.ofNullable(checkpoint), List.copyOf(outbox.values()), states);
    }

    /** Own entries whose receipts are held, in the order in which these came. */
    public List<Bytes> acknowledged() {
        return List.copyOf(acknowledged);
    }
}
