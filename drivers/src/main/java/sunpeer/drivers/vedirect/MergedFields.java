package sunpeer.drivers.vedirect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that one device has said: the newest of each of its blocks, and registers out of HEX frames. Confined to the thread that
 * reads the line; times are nanoseconds of {@link System#nanoTime()}.
 *
 * <p>An MPPT has one block, a battery monitor sends two in turn. A block takes the place of the one before with which it has
 * labels in common, and nothing of that one is kept: the voltage of one second and the current of another would be a moment
 * that never was.
 *
 * <p>A HEX register has the label {@code 0xEDDB}, its number in decimal and not negative; where it may be meant as a signed
 * number, the same under {@code 0xEDDB signed}.
 */
final class MergedFields {
    /** What is older is not shown any more. */
    private static final long KEEP_NS = 60_000_000_000L;
    /** No device is known with more than two. */
    private static final int BLOCKS_MAX = 4;

    private static final int REGISTERS_MAX = 64;
    /** A kind of block that was not heard among so many others does not come any more. */
    private static final int FORGET_AFTER = 8;
    /** Who it is, not what it measures: may be in every block. */
    private static final Set<String> IDENTITY = Set.of("PID", "FW", "FWE", "SER#", "BMV");

    private record Block(Map<String, String> fields, long number, long at) {
        private boolean isRenewedBy(Map<String, String> newer) {
            return fields.keySet().stream().anyMatch(label -> newer.containsKey(label) && !IDENTITY.contains(label));
        }
    }

    private record Register(Map<String, String> fields, long at) {}

    private final List<Block> blocks = new ArrayList<>();
    private final Map<Integer, Register> registers = new LinkedHashMap<>();
    private long count;
    /** Whether a block has come a second time, so that it is known how many there are. */
    private boolean round;

    void take(Map<String, String> block, long now) {
        if (changed("PID", block) || changed("SER#", block)) {
            blocks.clear(); // another device was plugged in
            registers.clear();
            round = false;
        }
        count++;
        round |= blocks.removeIf(older -> older.isRenewedBy(block));
        blocks.removeIf(older -> older.number() <= count - FORGET_AFTER || blocks.size() >= BLOCKS_MAX);
        blocks.add(new Block(block, count, now));
    }

    private boolean changed(String label, Map<String, String> block) {
        String now = block.get(label);
        return now != null
                && blocks.stream()
                        .map(older -> older.fields().getOrDefault(label, now))
                        .anyMatch(before -> !before.equals(now));
    }

    void take(HexMessage.Register frame, long now) {
        if (frame.flags().none() && (registers.size() < REGISTERS_MAX || registers.containsKey(frame.register()))) {
            String label = "0x%04X".formatted(frame.register());
            int unused = Long.SIZE - Byte.SIZE * frame.length();
            Map<String, String> fields = Map.of(
                    label,
                    Long.toString(frame.value()),
                    label + " signed",
                    Long.toString(frame.value() << unused >> unused));
            registers.put(frame.register(), new Register(fields, now));
        }
    }

    /** How many blocks were heard so far: a mark for {@link #completeSince}. */
    long mark() {
        return count;
    }

    /** Whether every block that the device sends in turn has come. */
    boolean completeSince(long mark) {
        return round && blocks.stream().allMatch(block -> block.number() > mark);
    }

    /** What is not too old at {@code now}. */
    Map<String, String> fields(long now) {
        blocks.removeIf(block -> now - block.at() > KEEP_NS);
        registers.values().removeIf(register -> now - register.at() > KEEP_NS);
        Map<String, String> fields = new HashMap<>();
        registers.values().forEach(register -> fields.putAll(register.fields()));
        blocks.forEach(block -> fields.putAll(VeDirectText.readable(block.fields())));
        return fields;
    }

    /** The labels that were heard before {@code since} and not again. */
    Set<String> olderThan(long since) {
        Set<String> older = new HashSet<>();
        for (Register register : registers.values()) {
            if (register.at() - since < 0) {
                older.addAll(register.fields().keySet());
            }
        }
        for (Block block : blocks) {
            Set<String> labels = VeDirectText.readable(block.fields()).keySet();
            if (block.at() - since < 0) {
                older.addAll(labels);
            } else {
                older.removeAll(labels);
            }
        }
        return older;
    }
}
