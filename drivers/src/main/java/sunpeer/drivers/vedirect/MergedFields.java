package sunpeer.drivers.vedirect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All labels of one device from its different blocks and HEX frames, each as it was heard last. Confined to the thread that
 * reads the line; times are nanoseconds of {@link System#nanoTime()}.
 *
 * <p>A HEX register has the label {@code 0xEDDB}, its number in decimal and not negative; where it may be meant as a signed
 * number, the same under {@code 0xEDDB signed}.
 */
final class MergedFields {
    /** What is older is not shown any more. */
    private static final long KEEP_NS = 60_000_000_000L;
    /** Twice 32 of the two blocks of a battery monitor, what is derived from them, and the registers of an MPPT twice. */
    private static final int LABELS_MAX = 256;

    private record Heard(String text, long at) {}

    private final Map<String, Heard> labels = new LinkedHashMap<>();

    void take(Map<String, String> block, long now) {
        if (changed("PID", block) || changed("SER#", block)) {
            labels.clear(); // another device was plugged in
        }
        VeDirectText.readable(block).forEach((label, text) -> put(label, text, now));
    }

    private boolean changed(String label, Map<String, String> block) {
        Heard before = labels.get(label);
        String now = block.get(label);
        return before != null && now != null && !now.equals(before.text());
    }

    void take(HexMessage.Register frame, long now) {
        if (frame.flags().none()) {
            String label = "0x%04X".formatted(frame.register());
            int unused = Long.SIZE - Byte.SIZE * frame.length();
            put(label, Long.toString(frame.value()), now);
            put(label + " signed", Long.toString(frame.value() << unused >> unused), now);
        }
    }

    private void put(String label, String text, long now) {
        if (labels.size() < LABELS_MAX || labels.containsKey(label)) {
            labels.put(label, new Heard(text, now));
        }
    }

    /** What is not too old at {@code now}. */
    Map<String, String> fields(long now) {
        labels.values().removeIf(heard -> now - heard.at() > KEEP_NS);
        return labels.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text()));
    }

    /** The labels that were heard before {@code since} and not again. */
    Set<String> olderThan(long since) {
        return labels.entrySet().stream()
                .filter(entry -> entry.getValue().at() - since < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
