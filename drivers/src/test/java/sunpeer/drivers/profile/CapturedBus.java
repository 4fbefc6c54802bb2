package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import sunpeer.drivers.Captures;
import sunpeer.drivers.Fault;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;
import sunpeer.drivers.transport.Words;

/** Answers from captured frames, and refuses what was not captured; registers can be set and taken away. */
final class CapturedBus implements RegisterBus {
    private static final int ILLEGAL_ADDRESS = 2;

    private final Map<Integer, Integer> content = new HashMap<>();
    private final Set<Integer> refused = new HashSet<>();
    private final Set<Integer> silent = new HashSet<>();
    private Map<Integer, String> identity = Map.of();
    private int garbledFrom = Integer.MAX_VALUE;
    final List<Request> requests = new ArrayList<>();
    int countMax = Request.Registers.COUNT_MAX;
    int generation = 1;

    static CapturedBus of(String file) {
        CapturedBus bus = new CapturedBus();
        Captures.exchanges(file).forEach(bus::add);
        return bus;
    }

    /** The first answer to a question counts. */
    void add(Captures.Exchange exchange) {
        byte[] response = Captures.hex(exchange.response());
        Request request = request(Captures.hex(exchange.request()));
        if (RtuFrame.parse(response, response.length, request) instanceof RtuFrame.Parsed.Whole(Answer answer, int _)) {
            switch (answer) {
                case Answer.Registers(Words words) ->
                    IntStream.range(0, words.size())
                            .forEach(i -> content.putIfAbsent(
                                    key(request.function(), words.start() + i), words.at(words.start() + i)));
                case Answer.Bits(List<Boolean> bits)
                when request instanceof Request.Bits asked ->
                    IntStream.range(0, bits.size())
                            .forEach(i -> content.putIfAbsent(
                                    key(request.function(), asked.address() + i), bits.get(i) ? 1 : 0));
                case Answer.Identity(Map<Integer, String> objects) -> identity = objects;
                default -> {}
            }
        } else {
            throw new IllegalStateException("no answer to " + request.describe() + ": " + exchange.response());
        }
    }

    private static Request request(byte[] frame) {
        int unit = frame[0] & 0xFF;
        int function = frame[1] & 0xFF;
        int address = ((frame[2] & 0xFF) << 8) | (frame[3] & 0xFF);
        int count = ((frame[4] & 0xFF) << 8) | (frame[5] & 0xFF);
        return switch (function) {
            case 1, 2 -> new Request.Bits(unit, function, address, count);
            case 0x2B -> new Request.Identity(unit);
            default -> new Request.Registers(unit, function, address, count);
        };
    }

    private static int key(int function, int address) {
        return (function << 16) | address;
    }

    void put(int function, int address, int... words) {
        IntStream.range(0, words.length).forEach(i -> content.put(key(function, address + i), words[i]));
    }

    void identify(Map<Integer, String> objects) {
        identity = objects;
    }

    void refuse(int function, int address, int count) {
        IntStream.range(address, address + count).forEach(at -> refused.add(key(function, at)));
    }

    void allow() {
        refused.clear();
    }

    void silence(int function, int address, int count) {
        IntStream.range(address, address + count).forEach(at -> silent.add(key(function, at)));
    }

    /** As a device does that answers too long a request with fewer registers. */
    void garbleFrom(int count) {
        garbledFrom = count;
    }

    void zero() {
        content.replaceAll((_, _) -> 0);
    }

    @Override
    public Answer ask(Request request) {
        requests.add(request);
        return switch (request) {
            case Request.Registers(int _, int function, int first, int _)
            when silent.contains(key(function, first)) -> failed(Fault.Kind.NO_ANSWER);
            case Request.Registers(int _, int _, int _, int count)
            when count >= garbledFrom -> failed(Fault.Kind.GARBLED);
            case Request.Registers(int _, int function, int first, int count) ->
                serves(function, first, count)
                        ? new Answer.Registers(new Words(first, words(function, first, count)))
                        : new Answer.Refused(ILLEGAL_ADDRESS);
            case Request.Bits(int _, int function, int first, int count) ->
                serves(function, first, count)
                        ? new Answer.Bits(IntStream.of(words(function, first, count))
                                .mapToObj(bit -> bit == 1)
                                .toList())
                        : new Answer.Refused(ILLEGAL_ADDRESS);
            case Request.Identity _ -> identity.isEmpty() ? new Answer.Refused(1) : new Answer.Identity(identity);
            case Request.Write _ -> throw new IllegalStateException("a write");
        };
    }

    private static Answer failed(Fault.Kind kind) {
        return new Answer.Failed(new Fault(kind, "made for a test"));
    }

    private boolean serves(int function, int first, int count) {
        return count <= countMax
                && IntStream.range(first, first + count)
                        .map(address -> key(function, address))
                        .allMatch(at -> content.containsKey(at) && !refused.contains(at));
    }

    private int[] words(int function, int first, int count) {
        return IntStream.range(first, first + count)
                .map(address -> content.getOrDefault(key(function, address), 0))
                .toArray();
    }

    @Override
    public String where() {
        return "a capture";
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public void close() {}
}
