package sunpeer.drivers.faults;

import java.util.concurrent.atomic.AtomicInteger;
import sunpeer.drivers.simulator.RegisterImage;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Words;

/**
 * Registers that say where they stand and to how manieth request they are the answer: whatever is shifted, mixed, stale or
 * somebody else's shows. Thread-safe.
 */
final class CountingImage implements RegisterImage {
    private final AtomicInteger asked = new AtomicInteger();

    int asked() {
        return asked.get();
    }

    @Override
    public Answer registers(int function, int address, int count) {
        int number = asked.incrementAndGet();
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            words[i] = (place(address + i) << 8) | (number & 0xFF);
        }
        return new Answer.Registers(new Words(address, words));
    }

    private static int place(int address) {
        return ((address * 167) ^ (address >> 4)) & 0xFF;
    }

    /** Whether these can be the registers from {@code address} on, said after the request with this number. */
    boolean isTrue(Words words, int address, int askedBefore) {
        int number = words.at(words.start()) & 0xFF;
        int age = (number - askedBefore) & 0xFF;
        boolean right = words.start() == address && age >= 1 && age <= asked.get() - askedBefore;
        for (int i = 0; i < words.size(); i++) {
            right &= words.at(words.start() + i) == ((place(address + i) << 8) | number);
        }
        return right;
    }
}
