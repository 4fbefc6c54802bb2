package sunpeer.drivers.transport;

import java.util.Arrays;

/** Registers in a row as a device answered them: 16 bits each, from one start address. Immutable. */
public final class Words {
    private final int start;
    private final int[] words;

    public Words(int start, int... words) {
        this.start = start;
        this.words = words.clone();
    }

    public int start() {
        return start;
    }

    public int size() {
        return words.length;
    }

    public boolean covers(int address, int count) {
        return address >= start && address + count <= start + words.length;
    }

    /** The word at a register address that is covered. */
    public int at(int address) {
        return words[address - start];
    }

    public boolean allZero() {
        return Arrays.stream(words).allMatch(word -> word == 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Words that && start == that.start && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * start + Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return "0x%04X%s".formatted(start, Arrays.toString(words));
    }
}
