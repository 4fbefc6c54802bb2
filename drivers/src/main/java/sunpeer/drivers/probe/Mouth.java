package sunpeer.drivers.probe;

import sunpeer.drivers.Fault;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;

/**
 * Asks once and gently: waits for silence before, half a second for the answer, and notices what nobody asked for. Confined to
 * the thread that owns the line.
 */
final class Mouth {
    /** One may be an answer that comes too late; a device does not do that again and again on a line with nobody else. */
    private static final int STRAY_MAX = 1;

    private final ByteLine line;
    private final Patience patience;
    private final byte[] received = new byte[512];
    private int stray;

    Mouth(ByteLine line, Patience patience) {
        this.line = line;
        this.patience = patience;
    }

    /** Bytes came again and again that were not asked for: another master. */
    boolean interrupted() {
        return stray > STRAY_MAX;
    }

    /** Listens in the quiet time too; what comes then was not asked for. */
    void waitForQuiet() {
        byte[] heard = Ears.listen(line, patience.quiet());
        if (!Ears.isNoise(heard)) {
            stray++;
        }
    }

    Answer ask(Request request) {
        if (request instanceof Request.Write) {
            throw new IllegalArgumentException("a probe writes nothing: " + request.describe());
        }
        if (!line.write(RtuFrame.request(request))) {
            return new Answer.Failed(line.lost());
        }
        long end = System.nanoTime() + patience.timeout().toNanos();
        int length = 0;
        while (System.nanoTime() < end && length < received.length) {
            int got = line.read(received, length, received.length - length);
            if (got < 0) {
                return new Answer.Failed(line.lost());
            }
            length += got;
            switch (RtuFrame.parse(received, length, request)) {
                case RtuFrame.Parsed.Whole whole -> {
                    return whole.answer();
                }
                case RtuFrame.Parsed.Malformed(String reason) -> {
                    return new Answer.Failed(new Fault(Fault.Kind.GARBLED, reason));
                }
                case RtuFrame.Parsed.Incomplete() -> {}
            }
        }
        return new Answer.Failed(
                length == 0
                        ? new Fault(Fault.Kind.NO_ANSWER, "silence")
                        : new Fault(Fault.Kind.GARBLED, length + " bytes that are no answer"));
    }
}
