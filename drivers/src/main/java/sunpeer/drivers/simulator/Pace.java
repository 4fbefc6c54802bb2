package sunpeer.drivers.simulator;

/**
 * When bytes are there on a line of a given speed. Both directions are independent, as on two pairs of wires; on a pair that
 * both share, a device that answers after the request gives the same times. Nanoseconds come from outside. Thread-safe.
 */
final class Pace {
    private static final long BITS_PER_BYTE = 10; // 8N1 and the start bit
    private static final long SECOND_NS = 1_000_000_000;

    /**
     * A simulated device is late by what its host needs to wake it. Up to this much does not shift its answer: the turnaround
     * is to be what was asked for, on a busy machine too.
     */
    static final long WAKING_NS = 1_000_000;

    private final long byteNs;
    private final long turnaroundNs;
    private long heardAll;
    private long saidAll;

    /** @param start any time before the first byte */
    Pace(int baud, long turnaroundNs, long start) {
        this.byteNs = BITS_PER_BYTE * SECOND_NS / baud;
        this.turnaroundNs = turnaroundNs;
        this.heardAll = start;
        this.saidAll = start;
    }

    /** Bytes were put on the line: when the device has all of them. */
    synchronized long heard(int count, long now) {
        // Less than a byte after the one before: they waited in the sender's buffer, and the line was never idle.
        long begin = now - heardAll < byteNs ? heardAll : now;
        heardAll = begin + count * byteNs;
        return heardAll;
    }

    /** The device begins to speak: when its first bit goes on the line. Follow with {@link #said}. */
    synchronized long begin(long now) {
        long ready = heardAll + turnaroundNs;
        long begin = now - ready < WAKING_NS ? ready : now;
        saidAll = Math.max(begin, saidAll);
        return saidAll;
    }

    /** One more byte of the device: when the other end has it. */
    synchronized long said() {
        saidAll += byteNs;
        return saidAll;
    }
}
