package sunpeer.drivers.transport;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which units may still have an answer on its way to an earlier request. RTU frames do not say what they answer: a late one
 * for the same number of registers passes for the answer to the next request, with no error at all. So after a failure a
 * unit has to prove first that it is in step, by answering a small request of a size that no lost answer has. A device
 * answers in order, so what was lost came before that.
 *
 * <p>Confined to the thread that owns the wire.
 */
final class Doubts {
    /** Unit to the sizes of the answers that never came; a unit in doubt is in here, if only with an empty set. */
    private final Map<Integer, BitSet> lost = new HashMap<>();

    /** An answer of this unit may be on its way to somebody. */
    void about(int unit) {
        lost.computeIfAbsent(unit, _ -> new BitSet());
    }

    /** The answer to this request may be on its way. */
    void lost(Request request) {
        lost.computeIfAbsent(request.unit(), _ -> new BitSet()).set(size(request));
    }

    void settled(int unit) {
        lost.remove(unit);
    }

    /** What to ask the unit before {@code request}; empty when nothing can be confused. */
    Optional<Request> proof(Request request) {
        BitSet sizes = lost.get(request.unit());
        if (sizes == null || size(request) == 0) {
            return Optional.empty();
        }
        BitSet taken = (BitSet) sizes.clone();
        taken.set(size(request));
        int size = Math.min(taken.nextClearBit(1), Request.Registers.COUNT_MAX);
        return switch (request) {
            case Request.Registers(int unit, int function, int address, int _) ->
                Optional.of(new Request.Registers(unit, function, Math.min(address, 0x1_0000 - size), size));
            case Request.Bits(int unit, int function, int address, int _) ->
                Optional.of(new Request.Bits(unit, function, Math.min(address, 0x1_0000 - 8 * size), 8 * size));
            case Request.Identity _, Request.Write _ -> Optional.empty();
        };
    }

    /** What tells answers of one function apart; 0 for answers that say themselves what they answer. */
    private static int size(Request request) {
        return switch (request) {
            case Request.Registers registers -> registers.count();
            case Request.Bits bits -> (bits.count() + 7) / 8;
            case Request.Identity _, Request.Write _ -> 0;
        };
    }
}
