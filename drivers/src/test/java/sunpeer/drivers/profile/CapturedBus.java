package sunpeer.drivers.profile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import sunpeer.drivers.Captures;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** Answers from captured frames; registers that were not captured are zero, blocks can be taken away. */
final class CapturedBus implements RegisterBus {
    private final Map<Integer, Integer> words = new HashMap<>();
    final Set<Integer> refusedStarts = new HashSet<>();
    int requests;
    int countMax = Request.Registers.COUNT_MAX;

    static CapturedBus of(String file) {
        CapturedBus bus = new CapturedBus();
        for (Captures.Exchange exchange : Captures.exchanges(file)) {
            byte[] request = Captures.hex(exchange.request());
            byte[] response = Captures.hex(exchange.response());
            int address = ((request[2] & 0xFF) << 8) | (request[3] & 0xFF);
            if ((response[1] & 0x80) == 0) {
                for (int i = 0; i < (response[2] & 0xFF) / 2; i++) {
                    int word = ((response[3 + 2 * i] & 0xFF) << 8) | (response[4 + 2 * i] & 0xFF);
                    bus.words.putIfAbsent(address + i, word);
                }
            }
        }
        return bus;
    }

    void put(int address, int word) {
        words.put(address, word);
    }

    void zero() {
        words.clear();
    }

    @Override
    public Answer ask(Request request) {
        requests++;
        if (!(request instanceof Request.Registers(int _, int _, int first, int count))
                || refusedStarts.contains(first)
                || count > countMax) {
            return new Answer.Refused(2);
        }
        int[] answer = IntStream.range(first, first + count)
                .map(address -> words.getOrDefault(address, 0))
                .toArray();
        return new Answer.Registers(new Words(first, answer));
    }

    @Override
    public String where() {
        return "a capture";
    }

    @Override
    public int generation() {
        return 1;
    }

    @Override
    public void close() {}
}
