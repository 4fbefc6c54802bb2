package sunpeer.appliance.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.market.Audit;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.store.LogRead;
import sunpeer.appliance.store.StoreReader;

/** The audit of a stored ledger, without touching the store. Stateless. */
public final class LedgerCheck {
    public sealed interface Result {
        /** @param findings what is wrong, empty if all is right */
        record Checked(long entries, long epochs, Bytes root, Optional<Books> books, List<Audit.Finding> findings)
                implements Result {
            public Checked {
                findings = List.copyOf(findings);
            }

            public boolean isRight() {
                return findings.isEmpty();
            }
        }

        /** @param reason one line that says what to do */
        record Unreadable(String reason) implements Result {}
    }

    private LedgerCheck() {}

    /** @param store a store file, or the data directory that holds it */
    public static Result of(Path store) {
        Path file = Files.isDirectory(store) ? store.resolve(Ground.STORE_FILE) : store;
        return switch (StoreReader.open(file)) {
            case StoreReader.Opened.Failed(String reason) -> new Result.Unreadable(reason);
            case StoreReader.Opened.Ok(StoreReader reader) -> {
                try (reader) {
                    yield audit(reader);
                }
            }
        };
    }

    private static Result audit(StoreReader reader) {
        Audit audit = new Audit();
        return switch (reader.readLog(audit::take)) {
            case LogRead.Failed(String reason) -> new Result.Unreadable(reason);
            case LogRead.Gap(long missing, long found) ->
                checked(audit, List.of(new Audit.Finding(missing, "missing, as all up to entry " + found)));
            case LogRead.Stopped stopped -> checked(audit, audit.findings(Optional.empty()));
            case LogRead.Whole(long size, Optional<String> checkpoint) ->
                size == 0
                        ? new Result.Unreadable("the store holds no ledger yet")
                        : checked(audit, audit.findings(checkpoint));
        };
    }

    private static Result checked(Audit audit, List<Audit.Finding> findings) {
        return new Result.Checked(audit.size(), audit.epochs(), audit.root(), audit.books(), findings);
    }
}
