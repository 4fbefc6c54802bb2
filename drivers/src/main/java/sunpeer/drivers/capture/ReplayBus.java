package sunpeer.drivers.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;
import sunpeer.drivers.transport.Words;

/**
 * Answers from the registers that a capture of Modbus frames tells, however they were asked for at the time: many people read
 * one by one what a profile reads in blocks. The first whole answer of a poll counts. Confined to one thread.
 */
final class ReplayBus implements RegisterBus {
    private static final int ILLEGAL_ADDRESS = 2;
    private static final int ILLEGAL_FUNCTION = 1;

    /** What is not asked for at every poll may have been answered in an earlier one; much later it says nothing any more. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private record Word(int content, @Nullable Instant at) {}

    private final String name;
    private final Map<Integer, Word> words = new HashMap<>();
    private final Map<Integer, Map<Integer, String>> identities = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    // for this poll
    private final Map<Request, Integer> refused = new HashMap<>();
    private final Map<Request, String> unanswered = new HashMap<>();

    ReplayBus(String name) {
        this.name = name;
    }

    /** From here on it answers what the device answered in this poll. */
    void begin(Capture.Poll poll) {
        refused.clear();
        unanswered.clear();
        Instant at = poll.at().orElse(null);
        words.values().removeIf(word -> isOld(word.at(), at));
        Map<Integer, Word> fresh = new HashMap<>();
        for (Exchange exchange : Exchange.of(poll.frames())) {
            take(exchange, at, fresh);
        }
        words.putAll(fresh);
    }

    private static boolean isOld(@Nullable Instant then, @Nullable Instant now) {
        return then == null || now == null || Duration.between(then, now).abs().compareTo(KEPT) > 0;
    }

    private void take(Exchange exchange, @Nullable Instant at, Map<Integer, Word> fresh) {
        Optional<Request> asked = Asked.of(Asked.asRtu(exchange.questionBytes()));
        if (asked.isEmpty()) {
            notes.add(exchange.where() + " is no reading of Modbus with a right checksum; left out");
            return;
        }
        Request request = asked.get();
        byte[] bytes = Asked.asRtu(exchange.answerBytes());
        if (!(RtuFrame.parse(bytes, bytes.length, request) instanceof RtuFrame.Parsed.Whole whole)) {
            boolean silence = bytes.length == 0;
            notes.add(exchange.where() + (silence ? " has no answer" : " has an answer that does not fit it") + ": "
                    + request.describe());
            // In a list that somebody made, what is broken is as good as not there; in a recording it was so.
            if (at != null) {
                unanswered.put(request, exchange.where());
            }
            return;
        }
        switch (whole.answer()) {
            case Answer.Registers(Words registers) -> {
                for (int i = 0; i < registers.size(); i++) {
                    int address = registers.start() + i;
                    fresh.putIfAbsent(key(request, address), new Word(registers.at(address), at));
                }
            }
            case Answer.Bits(List<Boolean> bits)
            when request instanceof Request.Bits row -> {
                for (int i = 0; i < bits.size(); i++) {
                    fresh.putIfAbsent(key(request, row.address() + i), new Word(bits.get(i) ? 1 : 0, at));
                }
            }
            case Answer.Identity(Map<Integer, String> objects) ->
                identities.putIfAbsent(request.unit(), new TreeMap<>(objects));
            case Answer.Refused(int code) -> refused.put(request, code);
            case Answer.Bits _, Answer.Written _, Answer.Failed _ ->
                throw new IllegalStateException("no answer to " + request);
        }
    }

    private static int key(Request request, int address) {
        return (request.unit() << 24) | (request.function() << 16) | address;
    }

    @Override
    public Answer ask(Request request) {
        return switch (request) {
            case Request.Registers(int _, int _, int first, int count) -> {
                int[] row = row(request, first, count);
                yield row.length == count ? new Answer.Registers(new Words(first, row)) : lack(request, first, count);
            }
            case Request.Bits(int _, int _, int first, int count) -> {
                int[] row = row(request, first, count);
                yield row.length == count
                        ? new Answer.Bits(
                                IntStream.of(row).mapToObj(bit -> bit == 1).toList())
                        : lack(request, first, count);
            }
            case Request.Identity(int unit) -> {
                Map<Integer, String> objects = identities.get(unit);
                yield objects == null ? new Answer.Refused(ILLEGAL_FUNCTION) : new Answer.Identity(objects);
            }
            case Request.Write write -> throw new IllegalStateException("a capture cannot be written to: " + write);
        };
    }

    private int[] row(Request request, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(address -> words.get(key(request, address)))
                .takeWhile(word -> word != null)
                .mapToInt(Word::content)
                .toArray();
    }

    /** Silence where the device was silent, its exception where it made one, and else that it lacks what nobody captured. */
    private Answer lack(Request request, int first, int count) {
        Integer code = refused.get(request);
        if (code != null) {
            return new Answer.Refused(code);
        }
        Optional<String> silent = unanswered.entrySet().stream()
                .filter(entry -> meets(entry.getKey(), request, first, count))
                .map(Map.Entry::getValue)
                .findFirst();
        return silent.isPresent()
                ? new Answer.Failed(new Fault(
                        Fault.Kind.NO_ANSWER,
                        name + " holds no good answer to " + request.describe() + ", see " + silent.get()))
                : new Answer.Refused(ILLEGAL_ADDRESS);
    }

    private static boolean meets(Request asked, Request wanted, int first, int count) {
        if (asked.unit() != wanted.unit() || asked.function() != wanted.function()) {
            return false;
        }
        return switch (asked) {
            case Request.Registers(int _, int _, int start, int size) -> start < first + count && first < start + size;
            case Request.Bits(int _, int _, int start, int size) -> start < first + count && first < start + size;
            case Request.Identity _, Request.Write _ -> false;
        };
    }

    /** What could not be used, in the order of the file. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public String where() {
        return name;
    }

    @Override
    public int generation() {
        return 1;
    }

    @Override
    public void close() {}
}
