package sunpeer.drivers.capture;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import sunpeer.drivers.Fault;
import sunpeer.drivers.transport.ByteLine;

/**
 * A line that says what a captured device said: after the same question the same answer, and without a question what came by
 * itself. It may be opened any number of times. Confined to one thread.
 */
final class ReplayLine implements ByteLine {
    private static final long WAIT_MS = 100;

    private final String name;
    private int generation;
    private boolean open;

    // for this poll
    private List<Exchange> exchanges = List.of();
    private int next;
    private byte[] waiting = new byte[0];
    private int taken;

    ReplayLine(String name) {
        this.name = name;
    }

    /**
     * From here on it says what the device said in this poll.
     *
     * @param spontaneous what it says by itself
     */
    void begin(List<Exchange> answers, byte[] spontaneous) {
        exchanges = new ArrayList<>(answers);
        next = 0;
        waiting = spontaneous.clone();
        taken = 0;
    }

    @Override
    public boolean write(byte[] bytes) {
        String question = HexFormat.of().formatHex(bytes);
        for (int i = 0; i < exchanges.size(); i++) {
            int at = (next + i) % exchanges.size();
            if (exchanges.get(at).question().equals(question)) {
                next = at + 1;
                waiting = exchanges.get(at).answerBytes();
                taken = 0;
                return true;
            }
        }
        return true; // nobody answers what was not asked at the time
    }

    @Override
    public int available() {
        return open ? waiting.length - taken : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int max) {
        if (!open) {
            return -1;
        }
        int count = Math.min(max, waiting.length - taken);
        if (count == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WAIT_MS));
        }
        System.arraycopy(waiting, taken, buffer, offset, count);
        taken += count;
        return count;
    }

    /** Nothing is there before it is asked for or listened to. */
    @Override
    public void discardInput() {}

    @Override
    public Optional<Fault> open() {
        generation += open ? 0 : 1;
        open = true;
        return Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public String where() {
        return name;
    }

    @Override
    public Fault lost() {
        close();
        return new Fault(Fault.Kind.PORT_MISSING, name + " has ended");
    }

    @Override
    public void close() {
        open = false;
    }
}
