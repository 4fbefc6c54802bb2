package sunpeer.drivers.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import sunpeer.drivers.Fault;

/**
 * Modbus RTU on a line of bytes.
 *
 * <p>A late answer must never be taken for the answer to the next request. After any failure the bus waits, drops what came,
 * and asks the unit for a proof that it is in step again (see {@link Doubts}).
 */
public final class RtuBus implements RegisterBus {
    private static final int TRIES = 3;
    private static final long MS = 1_000_000;
    /** A line that still brings bytes then is stuck: by the standard no frame takes longer than 270 ms at 9600 baud. */
    private static final long DRAIN_MAX_NS = 2000 * MS;
    /** A sleeping thread wakes late by so much. */
    private static final long AWAKE_NS = MS / 10;
    /** Too short to sleep: the silence between two requests at 115200 baud is 0.3 ms. */
    private static final long NAP_MIN_NS = MS / 2;

    // for the process
    private final ByteLine line;
    private final Timing timing;
    private final long gapNs;
    private final Doubts doubts = new Doubts();
    private final byte[] received = new byte[RtuFrame.RECEIVED_MAX];

    // for this connection; real time on the wire, not the clock of the node
    private long writeNotBefore = System.nanoTime();
    private int silences;

    // for this request
    private boolean cameLate;

    public RtuBus(ByteLine line, int gapMillis) {
        this(line, Timing.field(gapMillis));
    }

    /**
     * @param timing its gap is never shorter than 3.5 characters at the line's own rate, by which Modbus frames are told apart.
     *     The fixed 1.75 ms that "MODBUS over Serial Line" V1.02 advises above 19200 baud spares slow processors the timer
     *     interrupts; a device that needs it, or more, says so in its profile.
     */
    public RtuBus(ByteLine line, Timing timing) {
        this.line = line;
        this.timing = timing;
        this.gapNs = Math.max(timing.gap().toNanos(), line.byteNanos() * 7 / 2);
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
        boolean silent = false;
        for (int attempt = 1; ; attempt++) {
            sleepUntil(writeNotBefore);
            Optional<Fault> closed = line.open();
            if (closed.isPresent()) {
                return new Answer.Failed(closed.get());
            }
            cameLate = false;
            Answer answer = once(request);
            if (!(answer instanceof Answer.Failed(Fault fault))) {
                writeNotBefore = System.nanoTime() + gapNs;
                silences = 0;
                return answer;
            }
            writeNotBefore = System.nanoTime() + timing.recovery().toNanos();
            boolean nowSilent = fault.kind() == Fault.Kind.NO_ANSWER;
            silences = nowSilent ? silences + 1 : 0;
            if (nowSilent) {
                line.silent(silences);
            }
            boolean late = silent && nowSilent && cameLate;
            if (attempt == tries) {
                return late ? new Answer.Failed(Faults.late(where(), request)) : answer;
            }
            silent = nowSilent;
        }
    }

    /** One try; whatever it takes to be sure of the answer belongs to it. */
    private Answer once(Request request) {
        Optional<Fault> restless = settle(request);
        if (restless.isPresent()) {
            return new Answer.Failed(restless.get());
        }
        Optional<Request> proof = doubts.proof(request);
        if (proof.isPresent()) {
            Answer proven = exchange(proof.get());
            if (proven instanceof Answer.Failed) {
                return proven;
            }
            doubts.settled(request.unit());
            sleepUntil(System.nanoTime() + gapNs);
        }
        Answer answer = exchange(request);
        if (answer instanceof Answer.Failed) {
            doubts.lost(request);
        }
        return answer;
    }

    /** Waits until the line is quiet; a fault when it never is. */
    private Optional<Fault> settle(Request request) {
        int dropped = 0;
        long end = System.nanoTime() + DRAIN_MAX_NS;
        while (line.available() > 0) {
            if (System.nanoTime() > end) {
                return Optional.of(Faults.garbled(where(), request, "the line brings bytes without end"));
            }
            dropped += Math.max(0, line.read(received, 0, received.length));
            if (line.available() == 0) {
                sleepUntil(System.nanoTime() + timing.quiet().toNanos());
            }
        }
        cameLate = dropped > 0;
        if (dropped >= RtuFrame.LENGTH_MIN) {
            doubts.about(request.unit());
        }
        return Optional.empty();
    }

    private Answer exchange(Request request) {
        byte[] asked = RtuFrame.request(request);
        if (!line.write(asked)) {
            return new Answer.Failed(line.lost());
        }
        long deadline = System.nanoTime() + timing.timeout().toNanos();
        int length = 0;
        while (System.nanoTime() < deadline && length < received.length) {
            int got = line.read(received, length, received.length - length);
            if (got < 0) {
                return new Answer.Failed(line.lost());
            }
            length += got;
            switch (RtuFrame.parse(received, length, request)) {
                case RtuFrame.Parsed.Whole(Answer answer, int end) -> {
                    if (length - end >= RtuFrame.LENGTH_MIN) {
                        doubts.about(request.unit()); // one answer too many
                    }
                    return answer;
                }
                case RtuFrame.Parsed.Malformed(String reason) -> {
                    return garbled(request, reason);
                }
                case RtuFrame.Parsed.Incomplete() -> {
                    // Else every single byte would wake this thread: 75 times for 35 registers.
                    long ahead = RtuFrame.missing(received, length, request) * line.byteNanos() - 3 * AWAKE_NS;
                    if (ahead > NAP_MIN_NS) {
                        LockSupport.parkNanos(ahead);
                    }
                }
            }
        }
        return length == 0 || RtuFrame.isEcho(received, length, asked)
                ? new Answer.Failed(Faults.silent(where(), request))
                : garbled(request, length + " bytes that are not the answer");
    }

    private Answer garbled(Request request, String reason) {
        return new Answer.Failed(Faults.garbled(where(), request, reason));
    }

    private static void sleepUntil(long nanoTime) {
        try {
            for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
                if (left > NAP_MIN_NS) {
                    Thread.sleep(Duration.ofNanos(left - AWAKE_NS));
                } else {
                    Thread.onSpinWait();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
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
