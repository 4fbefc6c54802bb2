package sunpeer.drivers.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pseudo-terminal: a serial port that exists only in the kernel. This object is the device's end; a driver opens
 * {@link #path()} like any serial port.
 *
 * <p>Thread-safe: one thread may read, another write, any may close; closing wakes them.
 */
public final class Pty implements WireEnd {
    private final int master;
    /** Held open so that the line stays up between two clients, as a cable does. */
    private final int slave;

    private final int wake;
    private final String slavePath;
    private volatile Optional<Path> link = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    private Pty(int master, int slave, int wake, String slavePath) {
        this.master = master;
        this.slave = slave;
        this.wake = wake;
        this.slavePath = slavePath;
    }

    public static Pty open() throws IOException {
        int master = checked(
                "posix_openpt", Libc.posixOpenpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC));
        checked("grantpt", Libc.grantpt(master));
        checked("unlockpt", Libc.unlockpt(master));
        String path = Libc.ptsname(master);
        int slave = checked("open " + path, Libc.open(path, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC));
        checked("raw mode", Libc.makeRaw(slave));
        int wake = checked("eventfd", Libc.eventfd());
        return new Pty(master, slave, wake, path);
    }

    /** @param link a path that points to the port as long as it is open; an older link there is replaced */
    public static Pty open(Path link) throws IOException {
        Pty pty = open();
        pty.linkAt(link);
        return pty;
    }

    /** Lets a path point to this port as long as it is open; an older link there is replaced. */
    void linkAt(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Files.delete(path);
        }
        Files.createSymbolicLink(path, Path.of(slavePath));
        link = Optional.of(path);
    }

    Optional<Path> link() {
        return link;
    }

    private static int checked(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException("no pseudo-terminal: " + what + " failed with error " + -result);
        }
        return result;
    }

    /** What a driver opens: the link if there is one. */
    @Override
    public String path() {
        return link.map(Path::toString).orElse(slavePath);
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public int read(byte[] into, int offset, int max, int timeoutMillis) {
        reading.lock();
        try {
            while (!closed.get()) {
                int ready = Libc.pollTwo(master, wake, timeoutMillis);
                if (ready == -Libc.EINTR) {
                    continue;
                }
                if (closed.get() || ready < 0 || (ready & 2) != 0) {
                    return -1;
                }
                return ready == 0 ? 0 : Math.max(0, Libc.read(master, into, offset, max));
            }
            return -1;
        } finally {
            reading.unlock();
        }
    }

    /** Bytes for which the port has no room are lost. */
    @Override
    public void write(byte[] bytes) {
        writing.lock();
        try {
            int sent = 0;
            while (sent < bytes.length && !closed.get()) {
                int result = Libc.write(master, bytes, sent, bytes.length - sent);
                if (result <= 0 && result != -Libc.EINTR) {
                    return;
                }
                sent += Math.max(0, result);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        Libc.write(wake, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, 0, Long.BYTES);
        // The descriptors go only when nobody is in a call with them: their numbers are reused at once.
        reading.lock();
        writing.lock();
        try {
            Libc.close(slave);
            Libc.close(master);
            Libc.close(wake);
        } finally {
            writing.unlock();
            reading.unlock();
        }
        link.ifPresent(this::removeLink);
    }

    private void removeLink(Path path) {
        try {
            // Another port may have taken the link since.
            if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(Path.of(slavePath))) {
                Files.delete(path);
            }
        } catch (IOException _) {
            // A dangling link of a simulator does no harm: the next one replaces it.
        }
    }
}
