package sunpeer.appliance.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.drivers.Reading;

/**
 * A store for looking only: of a running node, of one that was killed, or a copy on another computer. Makes and changes no file
 * beside the store, and needs no right to. Confined to one thread.
 */
public final class StoreReader implements AutoCloseable {
    // for the process
    private final Path file;
    private final Connection connection;
    private final @Nullable Path copies;

    private StoreReader(Path file, Connection connection, @Nullable Path copies) {
        this.file = file;
        this.connection = connection;
        this.copies = copies;
    }

    public sealed interface Opened {
        record Ok(StoreReader reader) implements Opened {}

        /** @param reason one line that says what to do */
        record Failed(String reason) implements Opened {}
    }

    /** Which of three ways leaves the file alone depends on what lies beside it. */
    public static Opened open(Path file) {
        try {
            if (!Files.exists(file)) {
                return new Opened.Failed("there is no store " + file);
            }
            if (!Files.isReadable(file)) {
                return new Opened.Failed("user " + Trouble.user() + " may not read " + file + ": try with sudo");
            }
            Optional<Trouble> notStore = Store.notStore(file);
            if (notStore.isPresent()) {
                return new Opened.Failed(notStore.get().reason());
            }
            boolean wal = Files.exists(Store.wal(file));
            if (wal && Files.exists(file.resolveSibling(file.getFileName() + "-shm"))) {
                // Running or killed: SQLite reads the index in -shm, or makes its own in memory if nobody holds it.
                return open(file, file, "mode=ro&readonly_shm=1", null);
            }
            if (wal && Files.size(Store.wal(file)) > 0) {
                return openCopy(file);
            }
            // All is in the one file and nobody has it open. If a node starts meanwhile, a page may look torn: read
            // again.
            return open(file, file, "mode=ro&immutable=1", null);
        } catch (IOException failure) {
            return new Opened.Failed(Trouble.of(file, failure).reason());
        }
    }

    /** A -wal without its index, as in a copy: SQLite would have to make the index beside it, so it gets a place of its own. */
    private static Opened openCopy(Path file) throws IOException {
        Path copies = Files.createTempDirectory("sunpeer-read");
        try {
            Path copy = copies.resolve("copy");
            Files.copy(file, copy);
            Files.copy(Store.wal(file), Store.wal(copy));
            return open(file, copy, "psow=0", copies);
        } catch (IOException failure) {
            remove(copies);
            throw failure;
        }
    }

    private static Opened open(Path file, Path opened, String parameters, @Nullable Path copies) {
        Connection connection = null;
        Optional<Trouble> trouble;
        try {
            connection = Store.connect(opened, parameters);
            trouble = Schema.check(connection, file);
            if (trouble.isEmpty()) {
                return new Opened.Ok(new StoreReader(file, connection, copies));
            }
        } catch (SQLException failure) {
            trouble = Optional.of(Trouble.of(file, failure));
        }
        Store.closeQuietly(connection);
        remove(copies);
        return new Opened.Failed(trouble.map(Trouble::reason).orElseThrow());
    }

    /** The log entry by entry, all of one moment, and the checkpoint of that moment. */
    public LogRead readLog(EntrySink sink) {
        return new Queries(connection, file).log(sink);
    }

    /** What a core would continue from. */
    public Loaded<NodeMemory> load() {
        return new Queries(connection, file).memory();
    }

    /** The newest readings, oldest first. */
    public Loaded<List<Reading>> readings(int newest) {
        return new Queries(connection, file).readings(newest);
    }

    @Override
    public void close() {
        Store.closeQuietly(connection);
        remove(copies);
    }

    private static void remove(@Nullable Path copies) {
        if (copies == null) {
            return;
        }
        try {
            for (String name : List.of("copy", "copy-wal", "copy-shm")) {
                Files.deleteIfExists(copies.resolve(name));
            }
            Files.deleteIfExists(copies);
        } catch (IOException atTheEnd) {
            // It lies in the temporary directory.
        }
    }
}
