package sunpeer.appliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** A log with a gateway and two peers in it, for the ledger's own tests: what payloads mean does not matter here. */
final class TestLog {
    static final Signer GATEWAY = Signer.fromSeed(Bytes.ofText("gateway").sha256());
    static final Signer ANN = Signer.fromSeed(Bytes.ofText("ann").sha256());
    static final Signer BEN = Signer.fromSeed(Bytes.ofText("ben").sha256());

    final Ledger ledger = new Ledger();
    final List<Entry> entries = new ArrayList<>();

    /** @param rules whatever makes this log another one */
    TestLog(String rules) {
        add(GATEWAY, EntryType.GENESIS, Entry.GATEWAY, GATEWAY.peerKey().raw().plus(Bytes.ofText(rules)));
    }

    static TestLog withPeers() {
        TestLog log = new TestLog("rules");
        log.join(ANN);
        log.join(BEN);
        return log;
    }

    Entry join(Signer peer) {
        return add(peer, EntryType.JOIN, Entry.NEWCOMER, peer.peerKey().raw());
    }

    Entry next(Signer signer, EntryType type, int author, Bytes payload) {
        return sign(signer, type, ledger.nextPosition(author), payload);
    }

    Entry sign(Signer signer, EntryType type, Entry.Position position, Bytes payload) {
        return Entry.sign(signer, ledger.logId(), position, new Entry.Draft(type, 1, 0, payload));
    }

    Entry add(Signer signer, EntryType type, int author, Bytes payload) {
        Entry entry = next(signer, type, author, payload);
        assertThat(ledger.append(entry.bytes())).isEqualTo(new Ledger.Appended.Ok(entry, entries.size()));
        entries.add(entry);
        return entry;
    }

    /** What becomes of an entry that is appended, by its check; empty if it is taken. */
    String refusal(Entry entry) {
        return ledger.append(entry.bytes()) instanceof Ledger.Appended.Rejected(Ledger.Check check, String reason)
                ? check.name()
                : "";
    }
}
