package sunpeer.drivers.vedirect;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.TextJudgement;
import sunpeer.drivers.transport.ByteLine;

/**
 * A Victron device that speaks by itself: MPPT, battery monitor or inverter. A read listens until every block that the device
 * sends in turn has come, and never sends. Confined to the thread that owns the wire.
 */
public final class VeDirectDevice implements Device {
    private static final long MS = 1_000_000;
    /** Blocks come once a second: after a dropped partial one, the next whole ones are there within two. */
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
    private MergedFields fields = new MergedFields();
    private BlockCycle cycle = new BlockCycle();
    private long lastListened;

    // for this read
    private long begun;
    private long mark;
    private int bytesSeen;
    private boolean hexAnswers;

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
        begun = System.nanoTime();
        if (!wasOpen) {
            fields = new MergedFields();
            cycle = new BlockCycle();
        }
        if (!wasOpen || begun - lastListened > BUFFER_TRUST_NS) {
            line.discardInput();
            decoder = VeDirectDecoder.midStream();
        }
        mark = cycle.mark();
        bytesSeen = 0;
        hexAnswers = false;
        Optional<Fault> lost = listen(begun + LISTEN_NS);
        lastListened = System.nanoTime();
        if (lost.isPresent()) {
            return new ReadResult.Failed(lost.get());
        }
        return cycle.mark() == mark
                ? new ReadResult.Failed(nothingHeard())
                : TextJudgement.reading(
                        clock.instant(), describe(), profile, fields.fields(lastListened), fields.olderThan(begun));
    }

    /** Takes all that waits, then waits on until every block has come. */
    private Optional<Fault> listen(long deadline) {
        while (line.available() > 0 || (!cycle.completeSince(mark) && System.nanoTime() < deadline)) {
            int got = line.read(received, 0, received.length);
            if (got < 0) {
                return Optional.of(line.lost());
            }
            bytesSeen += got;
            decoder.push(received, got).forEach(this::take);
            // A line that talks faster than it can be read must not hold the thread.
            if (System.nanoTime() > deadline) {
                break;
            }
        }
        return Optional.empty();
    }

    private void take(VeDirectEvent event) {
        switch (event) {
            case VeDirectEvent.Block(Map<String, String> block) -> {
                cycle.heard(block.keySet());
                fields.take(block, System.nanoTime());
            }
            case VeDirectEvent.HexFrame(String text) -> take(HexMessage.parse(text));
            case VeDirectEvent.Malformed _ -> {}
        }
    }

    private void take(HexMessage message) {
        if (message instanceof HexMessage.Register register) {
            fields.take(register, System.nanoTime());
            hexAnswers |= register.occasion() != HexMessage.Occasion.ASYNCHRONOUS;
        } else if (!(message instanceof HexMessage.Malformed)) {
            hexAnswers = true;
        }
    }

    private Fault nothingHeard() {
        if (bytesSeen == 0) {
            return new Fault(
                    Fault.Kind.NO_ANSWER,
                    describe() + " says nothing: check the VE.Direct cable;"
                            + " models fed by the panel only are silent at night");
        }
        if (hexAnswers) {
            return new Fault(
                    Fault.Kind.GARBLED,
                    describe()
                            + " answers somebody in HEX and says no text meanwhile: is another program on this device?");
        }
        return new Fault(
                Fault.Kind.GARBLED,
                "%s sent %d bytes without one whole block: is it VE.Direct at %d baud?"
                        .formatted(describe(), bytesSeen, profile.baud()));
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
