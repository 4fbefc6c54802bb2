package sunpeer.appliance.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second node away from a file. SQLite itself would let two processes write in turn, and both would sign as one peer.
 *
 * <p>Thread-safe. The lock is on an empty file beside the store, never on the store: POSIX drops all locks of a process on a file when it
 * closes any descriptor of it, SQLite's own included. The kernel lets go of it when the process ends, in whatever way; the empty
 * file stays, since removing it would let two processes each lock another one.
 */
record OwnerLock(FileChannel channel, Path path) implements AutoCloseable {
    /**
     * The ones of this process. Asked before a second channel is opened: closing that one would drop the lock of the first, by the
     * same rule of POSIX.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    /** Empty if another process, or another store of this one, has it. */
    static Optional<OwnerLock> tryLock(Path store) throws IOException {
        Path path = Trouble.directoryOf(store).toRealPath().resolve(store.getFileName() + ".lock");
        if (!OURS.add(path)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? Optional.of(new OwnerLock(channel, path)) : Optional.empty();
        } finally {
            if (!locked) {
                close(channel, path);
            }
        }
    }

    @Override
    public void close() {
        close(channel, path);
    }

    private static void close(@Nullable FileChannel channel, Path path) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException atTheEnd) {
            // Nothing was written to it; the kernel drops the lock with the process.
        } finally {
            OURS.remove(path);
        }
    }
}
