package sunpeer.appliance.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/**
 * What went wrong with a file, in one line that says what to do.
 *
 * @param full that there is no space left is the whole trouble
 */
record Trouble(String reason, boolean full) {
    /** Less than this is no space: SQLite reports some failed writes, those of the -shm file, as plain I/O errors. */
    private static final long FULL_BELOW_BYTES = 64 * 1024;

    /** Extended result codes carry the primary code in their low byte. */
    private static final int PRIMARY_MASK = 0xFF;

    static Trouble of(Path file, SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return failure.getCause() == null
                    ? new Trouble("cannot use the store " + file + ": " + oneLine(failure), false)
                    : new Trouble(NativeSqlite.cannotLoad(), false);
        }
        String said = " (" + oneLine(sqlite) + ")";
        return switch (sqlite.getResultCode().code & PRIMARY_MASK) {
            case 5, 6 -> // SQLITE_BUSY, SQLITE_LOCKED
                new Trouble("another program holds the store " + file + " locked: close it" + said, false);
            case 8 -> // SQLITE_READONLY
                new Trouble("the store " + file + " is read-only for user " + user() + said, false);
            case 10, 14 -> // SQLITE_IOERR, SQLITE_CANTOPEN
                isFull(file)
                        ? noSpace(file)
                        : new Trouble(
                                "cannot read or write the store " + file + ": see dmesg for errors of the card" + said,
                                false);
            case 11 -> damaged(file, oneLine(sqlite)); // SQLITE_CORRUPT
            case 13 -> noSpace(file); // SQLITE_FULL
            case 26 -> notStore(file); // SQLITE_NOTADB
            default -> new Trouble("cannot use the store " + file + said, false);
        };
    }

    static Trouble of(Path file, IOException failure) {
        return isFull(file)
                ? noSpace(file)
                : new Trouble("cannot use the store " + file + " as user " + user() + ": " + oneLine(failure), false);
    }

    static Trouble noSpace(Path file) {
        return new Trouble(
                "no space left for the store " + file + ": see what fills it with: df -h '" + directoryOf(file) + "'",
                true);
    }

    static Trouble damaged(Path file, String how) {
        return new Trouble(
                "the store " + file + " is damaged (" + how
                        + "): move it and its -wal away and start again; the log comes back from the gateway, what only this"
                        + " node knew does not",
                false);
    }

    static Trouble notStore(Path file) {
        return new Trouble(file + " is not a Sunpeer store: move it away, or name another file", false);
    }

    static Trouble newer(Path file, long found, long known) {
        return new Trouble(
                "the store " + file + " was written by a newer Sunpeer (format " + found + ", this one knows " + known
                        + "): install the newer one again",
                false);
    }

    static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    static String user() {
        return System.getProperty("user.name", "?");
    }

    private static boolean isFull(Path file) {
        try {
            return Files.getFileStore(directoryOf(file)).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The first line: some messages of SQLite come with a second. */
    private static String oneLine(Exception failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
