package sunpeer.drivers.vedirect;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.TextJudgement;
import sunpeer.drivers.transport.ByteLine;

/**
 * A Victron MPPT that speaks by itself; a read listens for the newest whole block. Confined to the thread that owns the
 * wire.
 */
public final class VeDirectDevice implements Device {
    private static final long MS = 1_000_000;
    /** Blocks come once a second: after a dropped partial one, the next whole one is there within two. */
    private static final long LISTEN_NS = 3000 * MS;
    /** 1.5 s at 19200 baud fill less than the kernel's 4 kB; beyond that the buffer holds old blocks and no new ones. */
    private static final long BUFFER_TRUST_NS = 1500 * MS;

    // for the process
    private final Profile profile;
    private final ByteLine line;
    private final InstantSource clock;
    private final byte[] received = new byte[1024];

    // for this connection; real time on the wire, not the clock of the node
    private VeDirectDecoder decoder = VeDirectDecoder.midStream();
    private long lastListened;

    // for this read
    private @Nullable Map<String, String> newest;
    private int bytesSeen;

    public VeDirectDevice(Profile profile, ByteLine line, InstantSource clock) {
        this.profile = profile;
        this.line = line;
        this.clock = clock;
    }

    @Override
    public ReadResult read() {
        boolean wasOpen = line.isOpen();
        Optional<Fault> closed = line.open();
        if (closed.isPresent()) {
            return new ReadResult.Failed(closed.get());
        }
        long now = System.nanoTime();
        if (!wasOpen || now - lastListened > BUFFER_TRUST_NS) {
            line.discardInput();
            decoder = VeDirectDecoder.midStream();
        }
        newest = null;
        bytesSeen = 0;
        Optional<Fault> lost = listen(now + LISTEN_NS);
        lastListened = System.nanoTime();
        if (lost.isPresent()) {
            return new ReadResult.Failed(lost.get());
        }
        return newest == null
                ? new ReadResult.Failed(nothingHeard())
                : TextJudgement.reading(clock.instant(), describe(), profile, newest);
    }

    /** Takes all that waits, then waits on until there is a block. */
    private Optional<Fault> listen(long deadline) {
        while (line.available() > 0 || (newest == null && System.nanoTime() < deadline)) {
            int got = line.read(received, 0, received.length);
            if (got < 0) {
                return Optional.of(line.lost());
            }
            bytesSeen += got;
            for (VeDirectEvent event : decoder.push(received, got)) {
                if (event instanceof VeDirectEvent.Block(Map<String, String> fields)) {
                    newest = fields;
                }
            }
            // A line that talks faster than it can be read must not hold the thread.
            if (System.nanoTime() > deadline) {
                break;
            }
        }
        return Optional.empty();
    }

    private Fault nothingHeard() {
        if (bytesSeen == 0) {
            line.silent(1);
        }
        return bytesSeen == 0
                ? new Fault(
                        Fault.Kind.NO_ANSWER,
                        describe() + " says nothing: check the VE.Direct cable;"
                                + " models fed by the panel only are silent at night")
                : new Fault(
                        Fault.Kind.GARBLED,
                        describe() + " sent " + bytesSeen + " bytes without one whole block:" + " is it VE.Direct at "
                                + profile.baud() + " baud, and does nobody else use HEX on it?");
    }

    @Override
    public String describe() {
        return profile.family() + " at " + line.where();
    }

    @Override
    public void close() {
        line.close();
    }
}
