package sunpeer.appliance.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The tables, what tells our files from others, and the settings of a connection. */
final class Schema {
    /** "Sunp", in the header of the file: {@code file} and we know our own by it. */
    static final int APPLICATION_ID = 0x53756E70;

    /** Counts up with every change of the tables. */
    static final int VERSION = 1;

    /** How long a commit waits for somebody who looks into the file with a tool of their own. */
    private static final int BUSY_MS = 2_000;

    /**
     * After 8 MB of -wal the pages go into the file: about two days of a node. In between a page that changes often, as the
     * named states do every hour, is written back once instead of each time. The price is 8 MB, and reading them after a
     * power cut.
     */
    private static final int CHECKPOINT_PAGES = 2_048;

    /** A first synchronisation may need a larger -wal once; it need not stay. Below this its blocks are used again in place. */
    private static final long WAL_KEPT_BYTES = 16L << 20;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE entry (log_index INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
            "CREATE TABLE checkpoint (one INTEGER PRIMARY KEY CHECK (one = 1), note TEXT NOT NULL) STRICT",
            "CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT",
            "CREATE TABLE receipt (sequence INTEGER PRIMARY KEY, receipt BLOB NOT NULL) STRICT",
            // Entries and receipts are signed; a state is not, so the file tells by a sum whether the card flipped a
            // bit.
            "CREATE TABLE state (name TEXT PRIMARY KEY, crc32c INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT",
            ReadingRow.TABLE);

    private Schema() {}

    /** Settings of the writing connection, each kept by the connection and not by the file unless it says so. */
    static void prepareWriter(Connection connection) throws SQLException {
        run(connection, "PRAGMA busy_timeout = " + BUSY_MS);
        // Kept by the file. 4 kB is a block of ext4 and the unit in which cards map flash: smaller would make the card
        // read
        // and write again what it has, larger would write more for each small row.
        run(connection, "PRAGMA page_size = 4096");
        // Kept by the file. One sequential write and one fsync a commit, and `ledger verify` may read at the same time.
        run(connection, "PRAGMA journal_mode = WAL");
        // fsync at every commit: what was promised to another peer survives a power cut. NORMAL would not promise that.
        run(connection, "PRAGMA synchronous = FULL");
        run(connection, "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        run(connection, "PRAGMA journal_size_limit = " + WAL_KEPT_BYTES);
        // No temporary files on the card.
        run(connection, "PRAGMA temp_store = MEMORY");
        // A read error of the card is an error of the call; with a mapping it would be a SIGBUS that ends the JVM.
        run(connection, "PRAGMA mmap_size = 0");
    }

    /** Makes the tables of a new file; says what is wrong with a file that is not ours or is newer. */
    static Optional<Trouble> createOrCheck(Connection connection, Path file) throws SQLException {
        if (number(connection, "PRAGMA application_id") == 0
                && number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
            create(connection);
        }
        return check(connection, file);
    }

    /** All or nothing, version included: a power cut in here leaves a file that is still empty. */
    private static void create(Connection connection) throws SQLException {
        run(connection, "BEGIN IMMEDIATE");
        for (String table : TABLES) {
            run(connection, table);
        }
        run(connection, "PRAGMA application_id = " + APPLICATION_ID);
        run(connection, "PRAGMA user_version = " + VERSION);
        run(connection, "COMMIT");
    }

    static Optional<Trouble> check(Connection connection, Path file) throws SQLException {
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            return Optional.of(Trouble.notStore(file));
        }
        long version = number(connection, "PRAGMA user_version");
        if (version > VERSION) {
            return Optional.of(Trouble.newer(file, version, VERSION));
        }
        return version == VERSION ? Optional.empty() : Optional.of(Trouble.damaged(file, "format " + version));
    }

    /**
     * Whether all pages hang together. Reads the whole file, as the core will do next in any case to verify the log, which costs
     * it a hundred times more.
     */
    static Optional<Trouble> quickCheck(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = row.next() ? row.getString(1) : "no answer";
            return verdict.equals("ok")
                    ? Optional.empty()
                    : Optional.of(Trouble.damaged(
                            file, verdict.lines().reduce((a, b) -> a + " " + b).orElse("")));
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
