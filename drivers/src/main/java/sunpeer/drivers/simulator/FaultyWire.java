package sunpeer.drivers.simulator;

import static sunpeer.drivers.simulator.Speech.joined;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A wire on which things go wrong, as a {@link FaultPlan} says. It lies at the device's end: what the device writes is
 * spoiled on its way to the reader. One call of {@link #write} must be one answer.
 *
 * <p>Thread-safe as every {@link WireEnd}. Faults that take time take the time of the device's thread, so a device with a
 * late answer is late with the next one too.
 */
public final class FaultyWire implements WireEnd {
    private static final int NOISE_MAX = 8;
    private static final int STUCK_CHUNK = 16;
    private static final long STUCK_EVERY_NS = 5_000_000;

    private final Speech speech;
    private final FaultPlan plan;
    private volatile WireEnd wire;
    private Optional<WireEnd> deadPort = Optional.empty();
    private volatile boolean closed;

    // between a request and its answer, or the next one; confined to the thread that serves this wire
    private byte[] request = new byte[0];
    private byte[] beforeNext = new byte[0];
    private Optional<WireFault> coming = Optional.empty();
    private boolean drawn;

    FaultyWire(WireEnd wire, Speech speech, FaultPlan plan) {
        this.wire = wire;
        this.speech = speech;
        this.plan = plan;
    }

    @Override
    public String path() {
        return wire.path();
    }

    @Override
    public boolean isClosed() {
        return closed || wire.isClosed();
    }

    @Override
    public int read(byte[] into, int offset, int max, int timeoutMillis) {
        int got = wire.read(into, offset, max, timeoutMillis);
        if (got > 0) {
            request = Arrays.copyOfRange(into, 0, offset + got);
            if (comes().filter(fault -> fault == WireFault.ECHO).isPresent()) {
                wire.write(Arrays.copyOfRange(into, offset, offset + got));
            }
        }
        return got;
    }

    /** The fault of the next answer; drawn when its request comes, or when the device speaks by itself. */
    private Optional<WireFault> comes() {
        if (!drawn) {
            drawn = true;
            coming = plan.next(speech);
        }
        return coming;
    }

    @Override
    public void write(byte[] answer) {
        Optional<WireFault> fault = comes();
        drawn = false;
        if (beforeNext.length > 0) {
            wire.write(beforeNext);
            beforeNext = new byte[0];
        }
        if (fault.isPresent()) {
            spoil(fault.get(), answer, plan.details());
        } else {
            wire.write(answer);
        }
    }

    private void spoil(WireFault fault, byte[] answer, RandomGenerator details) {
        switch (fault) {
            case NOISE_BEFORE -> wire.write(joined(noise(details), answer));
            case NOISE_INSIDE -> {
                int at = speech.inside(answer, details);
                wire.write(joined(
                        Arrays.copyOf(answer, at), noise(details), Arrays.copyOfRange(answer, at, answer.length)));
            }
            case NOISE_AFTER -> wire.write(joined(answer, noise(details)));
            case FLIPPED_BITS -> wire.write(speech.flipped(answer, details));
            case TRUNCATED -> wire.write(Arrays.copyOf(answer, details.nextInt(answer.length)));
            case LATE -> {
                LockSupport.parkNanos(plan.late(details).toNanos());
                wire.write(answer);
            }
            case DUPLICATE -> wire.write(joined(answer, answer));
            case ECHO -> wire.write(answer); // the echo came with the request
            case SECOND_MASTER -> secondMaster(answer, details);
            case STUCK -> stuck((byte) details.nextInt(256), details);
            case SILENCE -> {}
            case UNPLUGGED -> unplug(true, details);
            case RENUMBERED -> unplug(false, details);
            case WRONG_UNIT -> wire.write(speech.ofAnotherUnit(answer));
            case SHORT -> wire.write(speech.shortened(answer, details));
            case EXCEPTION -> wire.write(speech.exception(answer));
        }
    }

    private static byte[] noise(RandomGenerator details) {
        byte[] noise = new byte[1 + details.nextInt(NOISE_MAX)];
        details.nextBytes(noise);
        if (details.nextBoolean()) {
            Arrays.fill(noise, (byte) (details.nextBoolean() ? 0x00 : 0xFF)); // what transceivers leave
        }
        return noise;
    }

    /** Its request and its answer fall before, around or after ours; at worst its answer comes when we have just asked. */
    private void secondMaster(byte[] answer, RandomGenerator details) {
        byte[] asked = speech.othersRequest(request);
        byte[] answered = speech.othersAnswer(answer);
        if (speech == Speech.VE_DIRECT) {
            int at = speech.inside(answer, details);
            wire.write(joined(Arrays.copyOf(answer, at), answered, Arrays.copyOfRange(answer, at, answer.length)));
            return;
        }
        switch (details.nextInt(5)) {
            case 0 -> wire.write(joined(asked, answered, answer));
            case 1 -> wire.write(joined(answer, asked, answered));
            case 2 -> wire.write(joined(asked, answered));
            case 3 -> wire.write(joined(asked, answer));
            default -> {
                wire.write(joined(answer, asked));
                beforeNext = answered;
            }
        }
    }

    private void stuck(byte octet, RandomGenerator details) {
        byte[] chunk = new byte[STUCK_CHUNK];
        Arrays.fill(chunk, octet);
        long end = System.nanoTime() + 2 * plan.pause(details).toNanos();
        while (System.nanoTime() < end && !isClosed()) {
            wire.write(chunk);
            LockSupport.parkNanos(STUCK_EVERY_NS);
        }
    }

    /** A socket is closed; a port with a link hangs up, or just dies, and the link leads to another one. */
    private void unplug(boolean hangUp, RandomGenerator details) {
        WireEnd old = wire;
        if (!(old instanceof Pty port) || port.link().isEmpty()) {
            old.close();
            return;
        }
        try {
            Pty other = Pty.open(); // before the old one is gone, or it would get its number
            if (hangUp) {
                old.close();
                LockSupport.parkNanos(plan.pause(details).toNanos());
            }
            synchronized (this) {
                if (!hangUp) {
                    deadPort.ifPresent(WireEnd::close);
                    deadPort = Optional.of(old);
                }
                wire = other;
                if (closed) {
                    close();
                } else {
                    other.linkAt(port.link().get());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("a port cannot come back", failure);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        wire.close();
        deadPort.ifPresent(WireEnd::close);
    }
}
