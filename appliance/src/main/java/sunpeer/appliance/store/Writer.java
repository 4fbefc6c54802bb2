package sunpeer.appliance.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.Command;
import sunpeer.drivers.Reading;

/**
 * Puts single records into the tables; the transaction around them is the business of {@link Store}. Confined to its owner.
 *
 * <p>What is already there with the same bytes is no error: after an I/O error nobody knows whether a commit reached the card,
 * so the same batch may come a second time. With other bytes it is one, of the core.
 */
final class Writer {
    // for the process
    private final PreparedStatement lastEntry;
    private final PreparedStatement entryAt;
    private final PreparedStatement appendEntry;
    private final PreparedStatement setCheckpoint;
    private final PreparedStatement outboxAt;
    private final PreparedStatement putOutbox;
    private final PreparedStatement takeOutbox;
    private final PreparedStatement receiptAt;
    private final PreparedStatement putReceipt;
    private final PreparedStatement pruneReceipts;
    private final PreparedStatement putState;
    private final PreparedStatement putReading;
    private final PreparedStatement lastReading;
    private final PreparedStatement pruneReadings;

    Writer(Connection connection) throws SQLException {
        lastEntry = connection.prepareStatement("SELECT coalesce(max(log_index), -1) FROM entry");
        entryAt = connection.prepareStatement("SELECT bytes FROM entry WHERE log_index = ?");
        appendEntry = connection.prepareStatement("INSERT INTO entry (log_index, bytes) VALUES (?, ?)");
        setCheckpoint = connection.prepareStatement("INSERT INTO checkpoint (one, note) VALUES (1, ?)"
                + " ON CONFLICT (one) DO UPDATE SET note = excluded.note WHERE note <> excluded.note");
        outboxAt = connection.prepareStatement("SELECT entry FROM outbox WHERE sequence = ?");
        putOutbox = connection.prepareStatement("INSERT INTO outbox (sequence, entry) VALUES (?, ?)");
        takeOutbox = connection.prepareStatement("DELETE FROM outbox WHERE sequence = ?");
        receiptAt = connection.prepareStatement("SELECT receipt FROM receipt WHERE sequence = ?");
        putReceipt = connection.prepareStatement("INSERT INTO receipt (sequence, receipt) VALUES (?, ?)");
        pruneReceipts = connection.prepareStatement("DELETE FROM receipt WHERE sequence <= ?");
        // A state that did not change costs the card nothing.
        putState = connection.prepareStatement("INSERT INTO state (name, crc32c, bytes) VALUES (?, ?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET crc32c = excluded.crc32c, bytes = excluded.bytes"
                + " WHERE crc32c <> excluded.crc32c OR bytes <> excluded.bytes");
        putReading = connection.prepareStatement(ReadingRow.INSERT);
        lastReading = connection.prepareStatement("SELECT max(id) FROM reading");
        pruneReadings = connection.prepareStatement("DELETE FROM reading WHERE id <= ?");
    }

    /** @throws IllegalStateException if the core contradicts what it had kept before */
    void put(Command.Keep record) throws SQLException {
        switch (record) {
            case Command.Keep.AppendEntry(long index, Bytes entry) -> append(index, entry);
            case Command.Keep.SetCheckpoint(String note) -> {
                setCheckpoint.setString(1, note);
                setCheckpoint.executeUpdate();
            }
            case Command.Keep.PutOutbox(long sequence, Bytes entry) -> outbox(sequence, entry);
            case Command.Keep.Acknowledge(long sequence, Bytes receipt) -> acknowledge(sequence, receipt);
            case Command.Keep.PutState(String name, Bytes state) -> {
                putState.setString(1, name);
                putState.setLong(2, Queries.crc32c(state));
                putState.setBytes(3, state.toArray());
                putState.executeUpdate();
            }
            case Command.Keep.PutReading(Reading reading) -> reading(reading);
        }
    }

    private void append(long index, Bytes entry) throws SQLException {
        long next = number(lastEntry) + 1;
        if (index > next || index < 0) {
            throw new IllegalStateException("entry " + index + " is not the next one: the store has " + next);
        }
        if (index < next) {
            requireSame("entry", index, blobAt(entryAt, index), entry);
            return;
        }
        insert(appendEntry, index, entry);
    }

    private void outbox(long sequence, Bytes entry) throws SQLException {
        Optional<Bytes> there = blobAt(outboxAt, sequence);
        if (there.isPresent()) {
            requireSame("outbox", sequence, there, entry);
            return;
        }
        if (blobAt(receiptAt, sequence).isPresent()) {
            // Two entries under one number are what the market expels peers for: better no node than such a one.
            throw new IllegalStateException("own entry " + sequence + " has a receipt already");
        }
        insert(putOutbox, sequence, entry);
    }

    private void acknowledge(long sequence, Bytes receipt) throws SQLException {
        takeOutbox.setLong(1, sequence);
        boolean waited = takeOutbox.executeUpdate() > 0;
        boolean known = blobAt(receiptAt, sequence).isPresent();
        if (waited == known) {
            throw new IllegalStateException(
                    "own entry " + sequence + (known ? " waits and has a receipt" : " was never in the outbox"));
        }
        if (known) {
            return;
        }
        insert(putReceipt, sequence, receipt);
        if (sequence % StoreLimits.PRUNE_EVERY == 0) {
            pruneReceipts.setLong(1, sequence - StoreLimits.RECEIPTS_MAX);
            pruneReceipts.executeUpdate();
        }
    }

    private void reading(Reading reading) throws SQLException {
        ReadingRow.bind(putReading, reading);
        putReading.executeUpdate();
        long id = number(lastReading);
        if (id % StoreLimits.PRUNE_EVERY == 0) {
            pruneReadings.setLong(1, id - StoreLimits.READINGS_MAX);
            pruneReadings.executeUpdate();
        }
    }

    private static void insert(PreparedStatement statement, long key, Bytes bytes) throws SQLException {
        statement.setLong(1, key);
        statement.setBytes(2, bytes.toArray());
        statement.executeUpdate();
    }

    private static void requireSame(String what, long key, Optional<Bytes> there, Bytes wanted) {
        if (!there.equals(Optional.of(wanted))) {
            throw new IllegalStateException(what + " " + key + " is there with other bytes");
        }
    }

    private static Optional<Bytes> blobAt(PreparedStatement select, long key) throws SQLException {
        select.setLong(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(Bytes.of(row.getBytes(1))) : Optional.empty();
        }
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
