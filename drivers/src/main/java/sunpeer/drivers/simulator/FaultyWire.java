package sunpeer.drivers.simulator;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.transport.RtuFrame;

/** A wire that spoils what a simulated device says, as long as a fault is set. Thread-safe. */
public final class FaultyWire implements WireEnd {
    private final WireEnd wire;

    private @Nullable LineFault fault;
    private int answersLeft;

    public FaultyWire(WireEnd wire) {
        this.wire = wire;
    }

    /** Spoils the next {@code answers} answers, then is right again. */
    public synchronized void inject(LineFault next, int answers) {
        fault = next;
        answersLeft = answers;
    }

    /** Spoils every answer until {@link #clear()}. */
    public void inject(LineFault next) {
        inject(next, Integer.MAX_VALUE);
    }

    public synchronized void clear() {
        fault = null;
    }

    @Override
    public String path() {
        return wire.path();
    }

    @Override
    public boolean isClosed() {
        return wire.isClosed();
    }

    @Override
    public int read(byte[] into, int offset, int max, int timeoutMillis) {
        return wire.read(into, offset, max, timeoutMillis);
    }

    @Override
    public void write(byte[] bytes) {
        wire.write(spoil(bytes));
    }

    @Override
    public void close() {
        wire.close();
    }

    private synchronized @Nullable LineFault take() {
        if (fault == null || answersLeft == 0) {
            return null;
        }
        answersLeft--;
        return fault;
    }

    /** What goes over the wire instead of {@code answer}; waits when the fault is lateness. Empty for silence. */
    private byte[] spoil(byte[] answer) {
        LineFault current = take();
        return switch (current) {
            case null -> answer;
            case LineFault.Silence() -> new byte[0];
            case LineFault.WrongChecksum() -> {
                byte[] changed = answer.clone();
                changed[changed.length / 2] ^= 0x10;
                yield changed;
            }
            case LineFault.WrongUnit() -> {
                int[] body = body(answer);
                body[0] = (body[0] + 1) & 0xFF;
                yield RtuFrame.withCrc(body);
            }
            case LineFault.ShortAnswer() -> shortened(answer);
            case LineFault.Late(var delay) -> {
                // The simulator lives in real time, as the wire does.
                LockSupport.parkNanos(delay.toNanos());
                yield answer;
            }
            case LineFault.ExceptionCode(int code) ->
                RtuFrame.withCrc(answer[0] & 0xFF, (answer[1] & 0xFF) | 0x80, code);
            case LineFault.StrayBytes(int count) -> {
                byte[] noisy = new byte[count + answer.length];
                for (int i = 0; i < count; i++) {
                    noisy[i] = (byte) (i % 2 == 0 ? 0x00 : 0xFF);
                }
                System.arraycopy(answer, 0, noisy, count, answer.length);
                yield noisy;
            }
        };
    }

    private static int[] body(byte[] frame) {
        int[] body = new int[frame.length - 2];
        Arrays.setAll(body, i -> frame[i] & 0xFF);
        return body;
    }

    /** One register less; of a single register none is left. */
    private static byte[] shortened(byte[] answer) {
        int[] body = body(answer);
        if (body.length < 5 || (body[1] & 0x80) != 0) {
            return answer;
        }
        int[] fewer = Arrays.copyOf(body, body.length - 2);
        fewer[2] -= 2;
        return RtuFrame.withCrc(fewer);
    }
}
