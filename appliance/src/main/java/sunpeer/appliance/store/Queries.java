package sunpeer.appliance.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.drivers.Reading;

/** What can be read from an open file, by its owner or by a command line. Confined to the thread of its connection. */
record Queries(Connection connection, Path file) {
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    Loaded<NodeMemory> memory() {
        return loaded(() -> {
            List<Bytes> entries = new ArrayList<>();
            LogRead log = readLog((index, entry) -> entries.add(entry));
            return switch (log) {
                case LogRead.Whole(long size, Optional<String> checkpoint) ->
                    new Loaded.Ok<>(new NodeMemory(entries, checkpoint, outbox(), states()));
                case LogRead.Gap(long missing, long found) ->
                    new Loaded.Failed<>(Trouble.damaged(
                                    file,
                                    "the log has a gap before entry " + found + ", entry " + missing + " is missing")
                            .reason());
                case LogRead.Stopped(long index) -> throw new AssertionError("nobody stopped the log at " + index);
                case LogRead.Failed(String reason) -> new Loaded.Failed<>(reason);
            };
        });
    }

    /** Oldest first. */
    Loaded<List<Reading>> readings(int newest) {
        return loaded(() -> {
            List<Reading> readings = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(ReadingRow.SELECT_NEWEST)) {
                select.setInt(1, newest);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        readings.add(ReadingRow.read(row));
                    }
                }
            }
            return new Loaded.Ok<>(List.copyOf(readings.reversed()));
        });
    }

    LogRead log(EntrySink sink) {
        try {
            return inTransaction(() -> readLog(sink));
        } catch (SQLException failure) {
            return new LogRead.Failed(Trouble.of(file, failure).reason());
        }
    }

    static long crc32c(Bytes bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.toArray());
        return sum.getValue();
    }

    private LogRead readLog(EntrySink sink) throws SQLException {
        long next = 0;
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT log_index, bytes FROM entry ORDER BY log_index");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long index = row.getLong(1);
                if (index != next) {
                    return new LogRead.Gap(next, index);
                }
                if (!sink.take(index, Bytes.of(row.getBytes(2)))) {
                    return new LogRead.Stopped(index);
                }
                next++;
            }
        }
        return new LogRead.Whole(next, checkpoint());
    }

    private Optional<String> checkpoint() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT note FROM checkpoint");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private List<Bytes> outbox() throws SQLException {
        List<Bytes> waiting = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT entry FROM outbox ORDER BY sequence");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                waiting.add(Bytes.of(row.getBytes(1)));
            }
        }
        return waiting;
    }

    /** A state whose sum is wrong comes back empty: no version of any state is, so the core names it and begins it anew. */
    private Map<String, Bytes> states() throws SQLException {
        Map<String, Bytes> states = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT name, crc32c, bytes FROM state");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Bytes bytes = Bytes.of(row.getBytes(3));
                states.put(row.getString(1), crc32c(bytes) == row.getLong(2) ? bytes : Bytes.EMPTY);
            }
        }
        return states;
    }

    private <T> Loaded<T> loaded(Question<Loaded<T>> question) {
        try {
            return inTransaction(question);
        } catch (SQLException failure) {
            return new Loaded.Failed<>(Trouble.of(file, failure).reason());
        }
    }

    /** One moment of the file for all parts of the answer, also while the node writes on. */
    private <T> T inTransaction(Question<T> question) throws SQLException {
        Schema.run(connection, "BEGIN");
        try {
            return question.ask();
        } finally {
            Schema.run(connection, "ROLLBACK");
        }
    }
}
