package sunpeer.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import sunpeer.appliance.Program;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.market.Payload;

/** {@code sunpeer ledger verify} on a store that a node has filled, and on copies of it that somebody has changed. */
public final class LedgerChecks {
    /** Of the first reward in a close: behind the entry's head come epoch, minted credits and the number of rewards. */
    private static final int LAST_BYTE_OF_FIRST_REWARD = 60 + 4 + 8 + 2 + 7;

    private final Path store;
    private final Path directory;

    private LedgerChecks(Path store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /** @param store closed, with rewards in its ledger */
    public static void all(Path store, Path directory) throws Exception {
        LedgerChecks checks = new LedgerChecks(store, directory);
        checks.good();
        checks.changedReward();
        checks.missingEntries();
        checks.truncatedFile();
    }

    private static Program.Result verify(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "ledger";
        all[1] = "verify";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Program.here(all);
    }

    private void good() throws Exception {
        Program.Result text = verify(store);
        assertThat(text.out()).matches("verified: [0-9]+ entries, [0-9]+ epochs recomputed, root [0-9a-f]{64}\n");
        assertThat(text.code()).isZero();
        Program.Result ofDirectory = verify(store.resolveSibling("."));
        assertThat(ofDirectory).isEqualTo(text);
        JsonNode json = new ObjectMapper().readTree(verify(store, "--json").out());
        assertThat(json.at("/ok").booleanValue()).isTrue();
        assertThat(json.at("/entries").intValue()).isPositive();
        assertThat(json.at("/findings")).isEmpty();
    }

    private void changedReward() throws Exception {
        Path copy = Files.copy(store, directory.resolve("changed.db"));
        long index = raiseFirstReward(copy);
        Program.Result text = verify(copy);
        assertThat(text.code()).isEqualTo(1);
        assertThat(text.err()).isEmpty();
        assertThat(text.out().lines().toList())
                .hasSizeBetween(1, 2)
                .allSatisfy(line -> assertThat(line).startsWith("entry " + index + ": EPOCH by the gateway, epoch "))
                .anySatisfy(line -> assertThat(line).contains("SIGNATURE"));
        JsonNode json = new ObjectMapper().readTree(verify(copy, "--json").out());
        assertThat(json.at("/ok").booleanValue()).isFalse();
        assertThat(json.at("/findings/0/entry").longValue()).isEqualTo(index);
    }

    private static long raiseFirstReward(Path copy) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT log_index, bytes FROM entry ORDER BY log_index")) {
            while (row.next()) {
                byte[] bytes = row.getBytes(2);
                if (Entry.parse(Bytes.of(bytes)) instanceof Entry.Parsed.Ok(Entry entry)
                        && entry.type() == EntryType.EPOCH
                        && Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Close close)
                        && close.mintedMicro() > 0) {
                    long index = row.getLong(1);
                    bytes[LAST_BYTE_OF_FIRST_REWARD] ^= 1;
                    try (PreparedStatement update =
                            connection.prepareStatement("UPDATE entry SET bytes = ? WHERE log_index = ?")) {
                        update.setBytes(1, bytes);
                        update.setLong(2, index);
                        assertThat(update.executeUpdate()).isEqualTo(1);
                    }
                    return index;
                }
            }
        }
        throw new AssertionError("no epoch with rewards in " + copy);
    }

    private void missingEntries() throws Exception {
        Path gap = Files.copy(store, directory.resolve("gap.db"));
        delete(gap, "DELETE FROM entry WHERE log_index = 2");
        assertThat(verify(gap).out()).isEqualTo("entry 2: missing, as all up to entry 3\n");
        Path shorter = Files.copy(store, directory.resolve("shorter.db"));
        delete(shorter, "DELETE FROM entry WHERE log_index = (SELECT max(log_index) FROM entry)");
        assertThat(verify(shorter).out())
                .matches("ledger: the log of [0-9]+ entries has the root [0-9a-f]+, the checkpoint says [0-9]+ entries"
                        + " and [0-9a-f]+\n");
        assertThat(List.of(verify(gap).code(), verify(shorter).code())).containsOnly(1);
    }

    private static void delete(Path copy, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private void truncatedFile() throws Exception {
        Path copy = Files.copy(store, directory.resolve("truncated.db"));
        for (long length : new long[] {Files.size(copy) / 2, 5_000, 100, 10}) {
            try (RandomAccessFile raw = new RandomAccessFile(copy.toFile(), "rw")) {
                raw.setLength(length);
            }
            Program.Result result = verify(copy);
            assertThat(result.code()).as("%d bytes", length).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.errLines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("sunpeer: ")
                            .contains(copy.toString())
                            .containsAnyOf("is damaged", "is not a Sunpeer store"));
        }
    }
}
