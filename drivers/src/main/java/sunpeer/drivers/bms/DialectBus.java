package sunpeer.drivers.bms;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import sunpeer.drivers.Fault;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Timing;
import sunpeer.drivers.transport.Words;

/**
 * Asks in a dialect on a line of bytes and presents the answers as registers. Confined to the thread that owns the line.
 *
 * <p>The rules against late answers are those of Modbus RTU: after any failure it waits, drops what came, and asks for a proof
 * that the device is in step.
 */
public final class DialectBus implements RegisterBus {
    private static final int TRIES = 3;
    private static final long MS = 1_000_000;
    /** Known sleepers stay awake for longer after an answer. */
    private static final long AWAKE_NS = 5000 * MS;

    private static final long DRAIN_MAX_NS = 2000 * MS;

    private static final int ILLEGAL_FUNCTION = 1;
    private static final int ILLEGAL_ADDRESS = 2;

    // for the process
    private final Dialect dialect;
    private final ByteLine line;
    private final Timing timing;
    private final byte[] received = new byte[Dialect.RECEIVED_MAX];

    // for this connection; real time on the wire, not the clock of the node
    private long askNotBefore = System.nanoTime();
    private int generation;
    private long answeredAt = System.nanoTime() - AWAKE_NS;
    private boolean doubted;
    private int silences;
    /** What each unit said of its numbers of cells and sensors. */
    private final Map<Integer, Words> counts = new HashMap<>();

    /** @param gapMillis silence the device needs between two questions */
    public DialectBus(Dialect dialect, ByteLine line, int gapMillis) {
        this(dialect, line, Timing.field(gapMillis));
    }

    public DialectBus(Dialect dialect, ByteLine line, Timing timing) {
        this.dialect = dialect;
        this.line = line;
        this.timing = timing;
    }

    @Override
    public Answer ask(Request request) {
        return ask(request, TRIES);
    }

    @Override
    public Answer askOnce(Request request) {
        return ask(request, 1);
    }

    private Answer ask(Request request, int tries) {
        if (!(request instanceof Request.Registers wanted)) {
            return new Answer.Refused(ILLEGAL_FUNCTION);
        }
        Question question = new Question(wanted.unit(), wanted.address() >> 8, 0);
        OptionalInt countedBy = dialect.countedBy(question.group());
        if (countedBy.isEmpty()) {
            return registers(wanted, exchange(question, tries));
        }
        Answer counted = counts(new Question(wanted.unit(), countedBy.getAsInt(), 0), tries);
        if (!(counted instanceof Answer.Registers(Words words))) {
            return counted;
        }
        OptionalInt items = dialect.items(question.group(), words);
        if (items.isEmpty()) {
            counts.remove(wanted.unit()); // a BMS that has just woken up may say none: it is asked anew
        }
        return items.isEmpty()
                ? new Answer.Refused(ILLEGAL_ADDRESS)
                : registers(wanted, exchange(new Question(wanted.unit(), question.group(), items.getAsInt()), tries));
    }

    /** Asked once for each connection: nobody adds a cell while the device runs. */
    private Answer counts(Question question, int tries) {
        if (generation != line.generation()) {
            generation = line.generation();
            counts.clear();
        }
        Words known = counts.get(question.unit());
        if (known != null) {
            return new Answer.Registers(known);
        }
        Answer answer = exchange(question, tries);
        if (answer instanceof Answer.Registers(Words words)) {
            generation = line.generation();
            counts.put(question.unit(), words);
        }
        return answer;
    }

    /** Of a whole group only what was asked for. */
    private static Answer registers(Request.Registers wanted, Answer answer) {
        if (!(answer instanceof Answer.Registers(Words words))) {
            return answer;
        }
        if (!words.covers(wanted.address(), wanted.count())) {
            return new Answer.Refused(ILLEGAL_ADDRESS);
        }
        int[] part = new int[wanted.count()];
        for (int i = 0; i < part.length; i++) {
            part[i] = words.at(wanted.address() + i);
        }
        return new Answer.Registers(new Words(wanted.address(), part));
    }

    private Answer exchange(Question question, int tries) {
        if (dialect.ask(question).isEmpty()) {
            return new Answer.Refused(ILLEGAL_ADDRESS);
        }
        boolean awake = System.nanoTime() - answeredAt < AWAKE_NS;
        boolean mayWake = dialect.sleeps() && !awake;
        // What only wakes the device is no try.
        int last = mayWake ? Math.max(2, tries) : tries;
        for (int attempt = 1; ; attempt++) {
            parkUntil(askNotBefore);
            Optional<Fault> closed = line.open();
            if (closed.isPresent()) {
                return new Answer.Failed(closed.get());
            }
            boolean wakes = mayWake && attempt == 1;
            // A sleeping device says nothing at all: to wait longer would gain nothing.
            Answer answer = once(question, timing.timeout().toNanos() / (wakes ? 2 : 1));
            if (!(answer instanceof Answer.Failed(Fault fault))) {
                silences = 0;
                answeredAt = System.nanoTime();
                askNotBefore = answeredAt + timing.gap().toNanos();
                return answer;
            }
            doubted = true;
            boolean silent = fault.kind() == Fault.Kind.NO_ANSWER;
            silences = silent ? silences + 1 : 0;
            if (silent) {
                line.silent(silences);
            }
            askNotBefore = System.nanoTime() + timing.recovery().toNanos() / (wakes && silent ? 4 : 1);
            // Awake and silent twice: it does not know this question.
            if (attempt == last || (awake && silent && attempt == TRIES - 1)) {
                return answer;
            }
        }
    }

    /** One try. After a failure another question comes first: its answer, and nothing late before it, shows that both are in step. */
    private Answer once(Question question, long timeoutNs) {
        drain();
        if (doubted) {
            Question proof = new Question(question.unit(), dialect.proof(question.group()), 0);
            Answer proven = listen(proof, timeoutNs);
            if (proven instanceof Answer.Failed) {
                return proven;
            }
            doubted = false;
            parkUntil(System.nanoTime() + timing.gap().toNanos());
        }
        return listen(question, timeoutNs);
    }

    private void drain() {
        long end = System.nanoTime() + DRAIN_MAX_NS;
        while (line.available() > 0 && System.nanoTime() < end) {
            line.discardInput();
            parkUntil(System.nanoTime() + timing.quiet().toNanos());
        }
    }

    private Answer listen(Question question, long timeoutNs) {
        Optional<byte[]> bytes = dialect.ask(question);
        if (bytes.isEmpty() || !line.write(bytes.get())) {
            return new Answer.Failed(line.lost());
        }
        long deadline = System.nanoTime() + timeoutNs;
        int length = 0;
        while (System.nanoTime() < deadline && length < received.length) {
            int got = line.read(received, length, received.length - length);
            if (got < 0) {
                return new Answer.Failed(line.lost());
            }
            length += got;
            switch (dialect.parse(received, length, question)) {
                case Parsed.Whole(Words words) -> {
                    return isAlone(length, question)
                            ? new Answer.Registers(words)
                            : garbled(question, "more bytes behind the answer");
                }
                case Parsed.Refused(int code) -> {
                    return new Answer.Refused(code);
                }
                case Parsed.Malformed(String reason) -> {
                    return garbled(question, reason);
                }
                case Parsed.Incomplete() -> {}
            }
        }
        return length == 0 ? silent(question) : garbled(question, length + " bytes that are not the answer");
    }

    /**
     * Whether nothing comes behind the answer. A sum of eight bits passes one of 256 answers that noise has made longer; but
     * then its own end follows. Zeros and ones are no more than a transceiver that turns around.
     */
    private boolean isAlone(int length, Question question) {
        int end = length;
        while (dialect.parse(received, end - 1, question) instanceof Parsed.Whole) {
            end--;
        }
        parkUntil(System.nanoTime() + timing.quiet().toNanos());
        int total = length;
        if (line.available() > 0 && length < received.length) {
            total += Math.max(0, line.read(received, length, received.length - length));
        }
        for (int i = end; i < total; i++) {
            if (received[i] != 0 && received[i] != -1) {
                return false;
            }
        }
        return true;
    }

    private Answer silent(Question question) {
        return new Answer.Failed(new Fault(
                Fault.Kind.NO_ANSWER,
                "no answer from %s unit %d at %s to question 0x%02X: check wiring, unit and baud rate; a battery that switched itself off wakes by a charger or its button"
                        .formatted(dialect.title(), question.unit(), where(), question.group())));
    }

    private Answer garbled(Question question, String reason) {
        return new Answer.Failed(new Fault(
                Fault.Kind.GARBLED,
                "garbled answer of %s at %s to question 0x%02X: %s; check cable and ground, and that nobody else asks on this line"
                        .formatted(dialect.title(), where(), question.group(), reason)));
    }

    /** An interrupted thread does not wait: it is being ended. */
    private static void parkUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public String where() {
        return line.where();
    }

    @Override
    public int generation() {
        return line.generation();
    }

    @Override
    public void close() {
        line.close();
    }
}
