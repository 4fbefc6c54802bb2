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
    private int acknowledged;

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
                outbox.remove(sequence);
                acknowledged++;
            }
            case Command.Keep.PutState(String name, Bytes state) -> states.put(name, state);
            case Command.Keep.PutReading reading -> {}
        }
    }

    public NodeMemory load() {
        return new NodeMemory(entries, Optional.ofNullable(checkpoint), List.copyOf(outbox.values()), states);
    }

    public int acknowledged() {
        return acknowledged;
    }
}
