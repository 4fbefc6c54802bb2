package sunpeer.appliance.market;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.Signer;

/** Books and the things that are said to them, for tests of the market: the ledger's own checks are not repeated here. */
final class Spoken {
    static final Rules RULES = Rules.standard(Instant.parse("2026-06-01T00:00:00Z"), Duration.ofHours(1));

    private static final Bytes LOG = Bytes.zeros(32);
    private static final Bytes SALT = Bytes.zeros(Payload.SALT_BYTES);

    final Books books;

    Spoken(Rules rules) {
        books = new Books(rules);
    }

    /** Books with so many peers. */
    static Spoken with(int peers) {
        Spoken spoken = new Spoken(RULES);
        for (int uid = 0; uid < peers; uid++) {
            spoken.says(Entry.NEWCOMER, join(uid));
        }
        return spoken;
    }

    static Signer signer(int uid) {
        return Signer.fromSeed(Bytes.ofText("peer " + uid).sha256());
    }

    static Payload.Join join(int uid) {
        return new Payload.Join(signer(uid).peerKey(), "peer-" + uid, new Place(45 + uid / 10.0, 7.5));
    }

    static Entry entry(int author, Payload payload) {
        return Entry.sign(
                signer(0),
                LOG,
                new Entry.Position(author, 1, LOG, 0, 0),
                new Entry.Draft(payload.type(), 1, 0, payload.encode()));
    }

    static Payload.Reveal reveal(long window, int about, int low, int middle, int high) {
        return new Payload.Reveal(window, SALT, new TreeMap<>(Map.of(about, new QuantileForecast(low, middle, high))));
    }

    Books.Applied says(int author, Payload payload) {
        return books.apply(entry(author, payload));
    }

    /** Empty if it counted, else why not. */
    String refusal(int author, Payload payload) {
        return switch (says(author, payload)) {
            case Books.Applied.Done done -> "";
            case Books.Applied.NoEffect(Payload late, String reason) -> reason;
            case Books.Applied.Wrong(String reason) -> "WRONG " + reason;
        };
    }

    void commit(int author, Payload.Reveal reveal) {
        says(author, new Payload.Commit(reveal.window(), reveal.commitment(author)));
    }

    void close() {
        says(Entry.GATEWAY, books.nextClose());
    }

    void closeUntil(long epoch) {
        while (books.epoch() < epoch) {
            close();
        }
    }
}
