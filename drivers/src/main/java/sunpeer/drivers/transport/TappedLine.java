package sunpeer.drivers.transport;

import java.util.Arrays;
import java.util.Optional;
import sunpeer.drivers.Fault;
import sunpeer.drivers.WireTap;

/** A line whose bytes somebody hears, also those that are thrown away. Confined to the thread that owns the wire. */
public final class TappedLine implements ByteLine {
    /** As many rounds as a line drops at once, see {@link SerialLine#discardInput}. */
    private static final int ROUNDS_MAX = 64;

    private final ByteLine line;
    private final WireTap tap;
    private final byte[] sink = new byte[512];

    public TappedLine(ByteLine line, WireTap tap) {
        this.line = line;
        this.tap = tap;
    }

    @Override
    public int read(byte[] buffer, int offset, int max) {
        int got = line.read(buffer, offset, max);
        if (got > 0) {
            tap.received(Arrays.copyOfRange(buffer, offset, offset + got));
        }
        return got;
    }

    @Override
    public boolean write(byte[] bytes) {
        tap.sent(bytes);
        return line.write(bytes);
    }

    @Override
    public void discardInput() {
        for (int round = 0; round < ROUNDS_MAX && line.available() > 0; round++) {
            if (read(sink, 0, sink.length) <= 0) {
                return;
            }
        }
    }

    @Override
    public Optional<Fault> open() {
        Optional<Fault> fault = line.open();
        fault.ifPresent(closed -> tap.note(closed.message()));
        return fault;
    }

    @Override
    public Fault lost() {
        Fault fault = line.lost();
        tap.note(fault.message());
        return fault;
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
    public boolean isOpen() {
        return line.isOpen();
    }

    @Override
    public long byteNanos() {
        return line.byteNanos();
    }

    @Override
    public int available() {
        return line.available();
    }

    @Override
    public void silent(int silences) {
        line.silent(silences);
    }

    @Override
    public void close() {
        line.close();
    }
}
