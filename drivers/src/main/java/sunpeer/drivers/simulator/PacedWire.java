package sunpeer.drivers.simulator;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire at whose end bytes arrive as fast as a baud rate allows and not faster, which a pseudo-terminal or a socket does not
 * do by itself. The device thinks for the turnaround before it answers.
 *
 * <p>Byte by byte, on time within some microseconds while the machine has a processor to spare; lateness does not add up.
 * Waiting for the last moment costs that much of a processor while bytes flow, and nothing in between.
 */
public final class PacedWire implements WireEnd {
    /** A sleeping thread wakes late by about 50 to 100 µs; the rest is waited out awake. */
    private static final long AWAKE_NS = 150_000;
    /** So long after the last byte the next is looked for awake, for the same reason. */
    private static final long LINGER_NS = 1_000_000;

    private final WireEnd wire;
    private final Pace pace;
    private volatile long lastMoved = System.nanoTime();

    /** @param turnaround from the last byte of a request to the first bit of its answer */
    public PacedWire(WireEnd wire, int baud, Duration turnaround) {
        this.wire = wire;
        this.pace = new Pace(baud, turnaround.toNanos(), lastMoved);
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
        int got = 0;
        while (got == 0 && timeoutMillis != 0 && System.nanoTime() - lastMoved < LINGER_NS) {
            got = wire.read(into, offset, max, 0);
            Thread.onSpinWait();
        }
        if (got == 0) {
            got = wire.read(into, offset, max, timeoutMillis);
        }
        if (got > 0) {
            waitUntil(pace.heard(got, System.nanoTime()));
            lastMoved = System.nanoTime();
        }
        return got;
    }

    @Override
    public void write(byte[] bytes) {
        byte[] one = new byte[1];
        pace.begin(System.nanoTime());
        for (int i = 0; i < bytes.length && !wire.isClosed(); i++) {
            waitUntil(pace.said());
            one[0] = bytes[i];
            wire.write(one);
        }
        lastMoved = System.nanoTime();
    }

    private static void waitUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            if (left > AWAKE_NS) {
                LockSupport.parkNanos(left - AWAKE_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
