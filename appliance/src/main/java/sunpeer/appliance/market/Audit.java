package sunpeer.appliance.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Checkpoint;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.Ledger;

/**
 * Checks a stored log from its first byte, trusting nothing: form, order, every signature, every epoch's arithmetic, and at
 * the end the root that the gateway signed.
 *
 * <p>Confined to one thread. Feed it the entries in order, then ask for {@link #findings}.
 */
public final class Audit {
    /** @param index of the entry, -1 for the log as a whole */
    public record Finding(long index, String text) {}

    private final Ledger ledger = new Ledger();
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Books books;
    private long epochs;
    private boolean broken;

    /** Checks the next entry; false once there is no use in going on. */
    public boolean take(long index, Bytes bytes) {
        if (broken) {
            return false;
        }
        String what = Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry) ? describe(entry) : "";
        switch (ledger.append(bytes)) {
            case Ledger.Appended.Rejected(Ledger.Check check, String reason) -> {
                findings.add(new Finding(index, what + reason + " (" + check + ")"));
                arithmetic(index, bytes, what);
                broken = true;
            }
            case Ledger.Appended.Ok(Entry entry, long at) -> apply(index, entry, what);
        }
        return !broken;
    }

    /** An entry whose signature fails may still tell what was changed in it. */
    private void arithmetic(long index, Bytes bytes, String what) {
        Books known = books;
        if (known != null
                && Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)
                && Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Close close)
                && known.apply(entry) instanceof Books.Applied.Wrong(String reason)) {
            findings.add(new Finding(index, what + reason));
        }
    }

    private void apply(long index, Entry entry, String what) {
        Books known = books;
        if (known == null) {
            if (!(Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Genesis genesis))) {
                findings.add(new Finding(index, "the genesis entry holds no rules"));
                broken = true;
                return;
            }
            known = new Books(genesis.rules());
            books = known;
        }
        switch (known.apply(entry)) {
            case Books.Applied.Wrong(String reason) -> {
                findings.add(new Finding(index, what + reason));
                broken = true;
            }
            case Books.Applied.Done(Payload.Close close) -> epochs++;
            case Books.Applied.Done done -> {}
            case Books.Applied.NoEffect late -> {}
        }
    }

    private static String describe(Entry entry) {
        String author = entry.author() == Entry.GATEWAY
                ? "the gateway"
                : entry.author() == Entry.NEWCOMER ? "a newcomer" : "uid " + entry.author();
        return entry.type() + " by " + author + ", epoch " + entry.epoch() + ": ";
    }

    /** What is wrong; empty if the log verifies and ends in this checkpoint. */
    public List<Finding> findings(Optional<String> checkpoint) {
        List<Finding> all = new ArrayList<>(findings);
        if (!broken && ledger.size() > 0) {
            if (checkpoint.isEmpty()) {
                all.add(new Finding(-1, "there is no checkpoint to compare the log with"));
            } else {
                compare(checkpoint.get()).ifPresent(text -> all.add(new Finding(-1, text)));
            }
        }
        return all;
    }

    private Optional<String> compare(String note) {
        var gateway = ledger.gatewayKey().orElseThrow();
        return switch (Checkpoint.parse(note, gateway)) {
            case Checkpoint.Parsed.Malformed(String reason) -> Optional.of("the checkpoint is not valid: " + reason);
            case Checkpoint.Parsed.Ok(Checkpoint signed) ->
                signed.size() == ledger.size() && signed.root().equals(ledger.root())
                        ? Optional.empty()
                        : Optional.of("the log of " + ledger.size() + " entries has the root "
                                + ledger.root().shortHex() + ", the checkpoint says " + signed.size() + " entries and "
                                + signed.root().shortHex());
        };
    }

    public long size() {
        return ledger.size();
    }

    public long epochs() {
        return epochs;
    }

    public Bytes root() {
        return ledger.root();
    }

    public Optional<Books> books() {
        return Optional.ofNullable(books);
    }
}
