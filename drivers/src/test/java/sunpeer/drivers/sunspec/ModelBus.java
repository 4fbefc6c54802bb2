package sunpeer.drivers.sunspec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import sunpeer.drivers.Fault;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** A device whose chain of models is put together word by word; what is not there is refused. */
final class ModelBus implements RegisterBus {
    static final int END = 0xFFFF;

    private final Map<Integer, Integer> content = new TreeMap<>();
    private final int base;
    private int next;
    final Set<Integer> silent = new HashSet<>();
    final Set<Integer> failing = new HashSet<>();
    final List<Request.Registers> requests = new ArrayList<>();
    int generation = 1;

    ModelBus(int base) {
        this.base = base;
        clear();
    }

    void clear() {
        content.clear();
        content.put(base, 0x5375);
        content.put(base + 1, 0x6E53);
        next = base + 2;
    }

    /** A model with these words after its head; returns the register of its number. */
    int add(int number, int... words) {
        int at = next;
        put(at, number, words.length);
        put(at + 2, words);
        next += 2 + words.length;
        put(next, END, 0);
        return at;
    }

    /** Without an end mark for now. */
    void cutOff() {
        content.remove(next);
        content.remove(next + 1);
    }

    void put(int address, int... words) {
        IntStream.range(0, words.length).forEach(i -> content.put(address + i, words[i] & 0xFFFF));
    }

    /** Model 1 of a maker. */
    int addCommon(String maker, String model, int length) {
        int[] words = new int[length];
        letters(words, 0, maker);
        letters(words, 16, model);
        letters(words, 48, "SN-7");
        return add(1, words);
    }

    static void letters(int[] words, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            words[at + i / 2] |= text.charAt(i) << (i % 2 == 0 ? 8 : 0);
        }
    }

    @Override
    public Answer ask(Request request) {
        if (!(request instanceof Request.Registers registers)) {
            return new Answer.Refused(1);
        }
        requests.add(registers);
        int first = registers.address();
        if (silent.contains(first)) {
            return new Answer.Failed(new Fault(Fault.Kind.NO_ANSWER, "silent at " + first));
        }
        if (failing.contains(first)) {
            return new Answer.Refused(4);
        }
        int[] words = new int[registers.count()];
        for (int i = 0; i < words.length; i++) {
            Integer word = content.get(first + i);
            if (word == null || registers.function() != 3) {
                return new Answer.Refused(2);
            }
            words[i] = word;
        }
        return new Answer.Registers(new Words(first, words));
    }

    @Override
    public String where() {
        return "a test";
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public void close() {}
}
