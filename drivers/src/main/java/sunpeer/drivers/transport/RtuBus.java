package sunpeer.drivers.transport;

import java.util.Optional;
import sunpeer.drivers.Fault;

/**
 * Modbus RTU on a line of bytes.
 *
 * <p>A late answer must never be taken for the answer to the next request: after any failure the bus waits, then drops
 * what came, before it writes again.
 */
public final class RtuBus implements RegisterBus {
    private static final int TRIES = 3;
    private static final long MS = 1_000_000;
    /** Measured on EPEVER: answers pause in the middle, below 500 ms about one in seven is lost. */
    private static final long TIMEOUT_NS = 1000 * MS;
    /** Measured: with this wait after a failure every following transaction of the fault tests was right. */
    private static final long RECOVERY_NS = 600 * MS;

    private static final long QUIET_NS = 30 * MS;
    private static final long DRAIN_MAX_NS = 2000 * MS;

    // for the process
    private final ByteLine line;
    private final long gapNs;
    private final byte[] received = new byte[RtuFrame.LENGTH_MAX + RtuFrame.NOISE_MAX];

    // for this connection; real time on the wire, not the clock of the node
    private long writeNotBefore = System.nanoTime();

    /**
     * @param gapMillis silence between an answer and the next request. It is never shorter than 3.5 characters at the line's
     *     own rate, by which Modbus frames are told apart. The fixed 1.75 ms that "MODBUS over Serial Line" V1.02 advises above
     *     19200 baud spares slow processors the timer interrupts; a device that needs it, or more, says so in its profile.
     */
    public RtuBus(ByteLine line, int gapMillis) {
        this.line = line;
        this.gapNs = Math.max(gapMillis * MS, line.byteNanos() * 7 / 2);
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
        Answer answer = new Answer.Failed(Faults.silent(where(), request));
        boolean silent = false;
        for (int attempt = 0; attempt < tries; attempt++) {
            Optional<Fault> closed = line.open();
            if (closed.isPresent()) {
                return new Answer.Failed(closed.get());
            }
            boolean cameLate = settle();
            answer = line.isOpen() ? exchange(request) : new Answer.Failed(line.lost());
            if (!(answer instanceof Answer.Failed(Fault fault))) {
                writeNotBefore = System.nanoTime() + gapNs;
                return answer;
            }
            writeNotBefore = System.nanoTime() + RECOVERY_NS;
            boolean nowSilent = fault.kind() == Fault.Kind.NO_ANSWER;
            if (silent && cameLate && nowSilent) {
                answer = new Answer.Failed(Faults.late(where(), request));
            }
            silent = nowSilent;
        }
        return answer;
    }

    /** Waits until the device may be spoken to and the line is quiet; true when bytes were dropped. */
    private boolean settle() {
        sleepUntil(writeNotBefore);
        boolean dropped = false;
        long end = System.nanoTime() + DRAIN_MAX_NS;
        while (line.available() > 0 && System.nanoTime() < end) {
            dropped = true;
            line.discardInput();
            sleepUntil(System.nanoTime() + QUIET_NS);
        }
        if (line.available() < 0) {
            line.close();
        }
        return dropped;
    }

    private Answer exchange(Request request) {
        if (!line.write(RtuFrame.request(request))) {
            return new Answer.Failed(line.lost());
        }
        long deadline = System.nanoTime() + TIMEOUT_NS;
        int length = 0;
        while (System.nanoTime() < deadline && length < received.length) {
            int got = line.read(received, length, received.length - length);
            if (got < 0) {
                return new Answer.Failed(line.lost());
            }
            length += got;
            switch (RtuFrame.parse(received, length, request)) {
                case RtuFrame.Parsed.Whole(Answer answer) -> {
                    return answer;
                }
                case RtuFrame.Parsed.Malformed(String reason) -> {
                    return garbled(request, reason);
                }
                case RtuFrame.Parsed.Incomplete() -> {}
            }
        }
        return length == 0
                ? new Answer.Failed(Faults.silent(where(), request))
                : garbled(request, length + " bytes that are not the answer");
    }

    private Answer garbled(Request request, String reason) {
        return new Answer.Failed(Faults.garbled(where(), request, reason));
    }

    private static void sleepUntil(long nanoTime) {
        try {
            for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
                Thread.sleep(left / MS, (int) (left % MS));
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
