package sunpeer.appliance.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.drivers.Reading;

/**
 * The file of a running node, its only writer.
 *
 * <p>Confined to one thread: the one that keeps first owns it. Whoever starts the node may open it and load from it before that
 * thread begins, and close it after it has ended. A commit waits for the card, so this is never the thread that decides.
 */
public final class Store implements AutoCloseable {
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    // for the process
    private final Path file;
    private final OwnerLock lock;
    private final Connection connection;
    private final Writer writer;
    private @Nullable Thread owner;

    private Store(Path file, OwnerLock lock, Connection connection) throws SQLException {
        this.file = file;
        this.lock = lock;
        this.connection = connection;
        this.writer = new Writer(connection);
    }

    public sealed interface Opened {
        record Ok(Store store) implements Opened {}

        /** @param reason one line that says what to do */
        record Failed(String reason) implements Opened {}
    }

    public sealed interface Kept {
        /** On the card: it survives a power cut from here on. */
        record Done() implements Kept {}

        /**
         * Nothing of the batch stays, and the store can be used on; the same batch may come again.
         *
         * @param reason one line that says what to do
         * @param full there is no space; all else is well
         */
        record Failed(String reason, boolean full) implements Kept {}
    }

    /** Has the native library of SQLite unpacked there and not in the JVM's temporary directory; before any is opened. */
    public static void unpackNativeLibraryInto(Path directory) {
        NativeSqlite.unpackInto(directory);
    }

    /** Opens the file, or makes it. */
    public static Opened open(Path file) {
        Path directory = Trouble.directoryOf(file);
        try {
            Optional<String> unusable = unusable(directory, file);
            if (unusable.isPresent()) {
                return new Opened.Failed(unusable.get());
            }
            Optional<OwnerLock> lock = OwnerLock.tryLock(file);
            if (lock.isEmpty()) {
                return new Opened.Failed("another sunpeer runs on the store " + file
                        + ": stop it first, with: systemctl stop sunpeer, or name another file");
            }
            return open(file, lock.get());
        } catch (IOException failure) {
            return new Opened.Failed(Trouble.of(file, failure).reason());
        }
    }

    private static Opened open(Path file, OwnerLock lock) {
        Connection connection = null;
        Optional<Trouble> trouble;
        try {
            // Without psow SQLite fills up the 4 kB that a commit ends in, so that the next one never rewrites a block
            // that
            // holds promised bytes. Cards do not promise that a torn write leaves its neighbours alone.
            connection = connect(file, "psow=0");
            Schema.prepareWriter(connection);
            trouble = Schema.quickCheck(connection, file);
            if (trouble.isEmpty()) {
                trouble = Schema.createOrCheck(connection, file);
            }
            if (trouble.isEmpty()) {
                return new Opened.Ok(new Store(file, lock, connection));
            }
        } catch (SQLException failure) {
            trouble = Optional.of(Trouble.of(file, failure));
        }
        closeQuietly(connection);
        lock.close();
        return new Opened.Failed(trouble.map(Trouble::reason).orElseThrow());
    }

    /** The driver decodes nothing of the name, SQLite itself does. */
    static Connection connect(Path file, String parameters) throws SQLException {
        String address = "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + "?" + parameters;
        try {
            Properties properties = new Properties();
            // Else the driver asks for the last row's id after every insert.
            properties.setProperty("jdbc.get_generated_keys", "false");
            return DriverManager.getConnection(address, properties);
        } finally {
            NativeSqlite.sweep();
        }
    }

    /** What can be said before SQLite touches anything, in better words than it has. */
    private static Optional<String> unusable(Path directory, Path file) throws IOException {
        String user = Trouble.user();
        if (!Files.isDirectory(directory)) {
            return Optional.of("the directory " + directory + " does not exist: make it with: sudo install -d -o "
                    + user + " '" + directory + "'");
        }
        if (Files.getFileStore(directory).isReadOnly()) {
            return Optional.of("the directory " + directory + " is on a read-only file system: see why with: dmesg,"
                    + " then: sudo mount -o remount,rw '" + directory + "'");
        }
        if (!Files.isWritable(directory)) {
            return Optional.of("user " + user + " may not write into " + directory + ": allow it with: sudo chown "
                    + user + " '" + directory + "'");
        }
        if (Files.isRegularFile(file) && !Files.isWritable(file)) {
            return Optional.of("user " + user + " may not write the store " + file + ": allow it with: sudo chown "
                    + user + " '" + file + "'*");
        }
        return notStore(file).map(Trouble::reason);
    }

    /** Whether this cannot be a store by its first bytes. A file of no bytes is a new one. */
    static Optional<Trouble> notStore(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return Optional.of(Trouble.notStore(file));
        }
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size == 0) {
            Path wal = wal(file);
            // SQLite would take the -wal for garbage and delete it.
            return Files.exists(wal) && Files.size(wal) > 0
                    ? Optional.of(Trouble.damaged(file, "it is empty or gone, but its -wal is there"))
                    : Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(HEADER.length), HEADER)
                    ? Optional.empty()
                    : Optional.of(Trouble.notStore(file));
        }
    }

    static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /**
     * Keeps all of the records or none; they are on the card when this returns {@link Kept.Done}. Waits up to two seconds for
     * somebody else's tool that has the file locked.
     *
     * @throws IllegalStateException if the core contradicts what it had kept before, and nothing of the batch stays
     */
    public Kept keep(List<Command.Keep> records) {
        requireOwner();
        if (records.isEmpty()) {
            return new Kept.Done();
        }
        boolean open = true;
        boolean committing = false;
        try {
            Schema.run(connection, "BEGIN IMMEDIATE");
            for (Command.Keep record : records) {
                writer.put(record);
            }
            committing = true;
            Schema.run(connection, "COMMIT");
            open = false;
            return new Kept.Done();
        } catch (SQLException failure) {
            Trouble trouble = Trouble.of(file, failure);
            open = false;
            rollBack();
            if (committing) {
                overwriteFailed();
            }
            return new Kept.Failed(trouble.reason(), trouble.full());
        } finally {
            if (open) {
                rollBack();
            }
        }
    }

    private void requireOwner() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("the store belongs to " + owner);
        }
    }

    private void rollBack() {
        try {
            Schema.run(connection, "ROLLBACK");
        } catch (SQLException alreadyDone) {
            // After some errors SQLite has rolled back by itself and says that there is nothing to do.
        }
    }

    /**
     * A commit that failed in its last step may lie in the -wal complete, and whoever opens the file next would find it. Another
     * commit goes over it in the same place, so it needs no new space on a full card.
     */
    private void overwriteFailed() {
        try {
            Schema.run(connection, "PRAGMA user_version = " + Schema.VERSION);
        } catch (SQLException stillNoSpace) {
            // Then the next batch goes over it, or a node that starts anew finds the batch whole, as after a cut right
            // here.
        }
    }

    /** What a core continues from. Reads the whole log. */
    public Loaded<NodeMemory> load() {
        return new Queries(connection, file).memory();
    }

    /** The log entry by entry. */
    public LogRead readLog(EntrySink sink) {
        return new Queries(connection, file).log(sink);
    }

    /** The newest readings, oldest first. */
    public Loaded<List<Reading>> readings(int newest) {
        return new Queries(connection, file).readings(newest);
    }

    /** Brings the -wal into the file and removes it, if there is space; it loses nothing if not. */
    @Override
    public void close() {
        closeQuietly(connection);
        lock.close();
    }

    static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException atTheEnd) {
            // All that was promised is on the card already.
        }
    }
}
