package sunpeer.appliance.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sunpeer.appliance.ledger.Bytes;

/**
 * What a store gives a core to continue from. Immutable.
 *
 * @param entries of the ledger, in order, verified before they were stored
 * @param checkpoint the newest verified one
 * @param outbox own entries without a receipt, oldest first
 * @param states named pieces of memory
 */
public record NodeMemory(
        List<Bytes> entries, Optional<String> checkpoint, List<Bytes> outbox, Map<String, Bytes> states) {
    public static final NodeMemory NONE = new NodeMemory(List.of(), Optional.empty(), List.of(), Map.of());

    public NodeMemory {
        entries = List.copyOf(entries);
        outbox = List.copyOf(outbox);
        states = Map.copyOf(states);
    }
}
