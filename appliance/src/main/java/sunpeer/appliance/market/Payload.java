package sunpeer.appliance.market;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.ByteReader;
import sunpeer.appliance.ledger.ByteWriter;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.ledger.PeerKey;

/** What the entries of the sunshine subnet say, in one fixed binary form each. All immutable. */
public sealed interface Payload {
    int NAME_LENGTH_MAX = 32;
    int SALT_BYTES = 16;

    EntryType type();

    Bytes encode();

    /** The gateway's key comes first: {@link sunpeer.appliance.ledger.Ledger} reads it there without knowing the rest. */
    record Genesis(PeerKey gateway, Rules rules) implements Payload {
        @Override
        public EntryType type() {
            return EntryType.GENESIS;
        }

        @Override
        public Bytes encode() {
            ByteWriter out = new ByteWriter().raw(gateway.raw());
            rules.write(out);
            return out.done();
        }
    }

    /** @param place as coarse as a tenth of a degree, about 11 km */
    record Join(PeerKey key, String name, Place place) implements Payload {
        public Join {
            place = new Place(
                    Math.round(place.latitudeDeg() * 10) / 10.0, Math.round(place.longitudeDeg() * 10) / 10.0);
        }

        @Override
        public EntryType type() {
            return EntryType.JOIN;
        }

        @Override
        public Bytes encode() {
            return new ByteWriter()
                    .raw(key.raw())
                    .u16((int) Math.round(place.latitudeDeg() * 10) + 900)
                    .u16((int) Math.round(place.longitudeDeg() * 10) + 1800)
                    .sized(Bytes.ofText(name))
                    .done();
        }
    }

    /** @param hash {@link Reveal#commitment} of the forecasts that will be revealed */
    record Commit(long window, Bytes hash) implements Payload {
        @Override
        public EntryType type() {
            return EntryType.COMMIT;
        }

        @Override
        public Bytes encode() {
            return new ByteWriter().u32(window).raw(hash).done();
        }
    }

    /**
     * The forecasts for the sites of these uids.
     *
     * @param salt secret until now, so that nobody could guess the forecasts from the commitment
     */
    record Reveal(long window, Bytes salt, Map<Integer, QuantileForecast> forecasts) implements Payload {
        public Reveal {
            forecasts = Collections.unmodifiableMap(new TreeMap<>(forecasts));
        }

        @Override
        public EntryType type() {
            return EntryType.REVEAL;
        }

        @Override
        public Bytes encode() {
            ByteWriter out = new ByteWriter().u32(window).raw(salt).u16(forecasts.size());
            forecasts.forEach((uid, forecast) ->
                    out.u16(uid).u8(forecast.q10()).u8(forecast.q50()).u8(forecast.q90()));
            return out.done();
        }

        /** Bound to its author, so that nobody can commit to another's secret and show it as the own one later. */
        public Bytes commitment(int author) {
            return new ByteWriter()
                    .sized(Bytes.ofText("sunpeer commit v1"))
                    .u16(author)
                    .raw(encode())
                    .done()
                    .sha256();
        }
    }

    /**
     * A validator's sheet for one window of its own site.
     *
     * @param truth the clear-sky index that it measured, in hundredths
     * @param row one weight for each uid from 0, zero for itself and for everybody who did not answer
     */
    record Weights(long window, int truth, List<Integer> row) implements Payload {
        public Weights {
            row = List.copyOf(row);
        }

        @Override
        public EntryType type() {
            return EntryType.WEIGHTS;
        }

        @Override
        public Bytes encode() {
            ByteWriter out = new ByteWriter().u32(window).u8(truth).u16(row.size());
            row.forEach(out::u16);
            return out.done();
        }
    }

    /**
     * The end of an epoch.
     *
     * @param mintedMicro new micro-credits; the rewards add up to it
     * @param rewardsMicro one for each uid from 0
     * @param stateHash digest of the books after this close
     */
    record Close(long epoch, long mintedMicro, List<Long> rewardsMicro, Bytes stateHash) implements Payload {
        public Close {
            rewardsMicro = List.copyOf(rewardsMicro);
        }

        @Override
        public EntryType type() {
            return EntryType.EPOCH;
        }

        @Override
        public Bytes encode() {
            ByteWriter out = new ByteWriter().u32(epoch).i64(mintedMicro).u16(rewardsMicro.size());
            rewardsMicro.forEach(out::i64);
            return out.raw(stateHash).done();
        }
    }

    sealed interface Parsed {
        record Ok(Payload payload) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    static Parsed parse(Entry entry) {
        ByteReader in = new ByteReader(entry.payload());
        try {
            Payload payload = switch (entry.type()) {
                case GENESIS -> new Genesis(new PeerKey(in.raw(32)), Rules.read(in));
                case JOIN -> readJoin(in);
                case COMMIT -> new Commit(in.u32(), in.raw(32));
                case REVEAL -> readReveal(in);
                case WEIGHTS -> readWeights(in);
                case EPOCH -> readClose(in);
            };
            return in.endedWell() && payload.encode().equals(entry.payload())
                    ? new Parsed.Ok(payload)
                    : new Parsed.Malformed("its payload is not in canonical form");
        } catch (IllegalArgumentException outOfRange) {
            return new Parsed.Malformed("its payload is out of range: " + outOfRange.getMessage());
        }
    }

    private static Join readJoin(ByteReader in) {
        PeerKey key = new PeerKey(in.raw(32));
        Place place = new Place((in.u16() - 900) / 10.0, (in.u16() - 1800) / 10.0);
        String name = in.sized().text();
        if (!name.matches("[A-Za-z0-9_-]{1," + NAME_LENGTH_MAX + "}")) {
            throw new IllegalArgumentException("a name has 1 to " + NAME_LENGTH_MAX + " letters, digits, - and _");
        }
        return new Join(key, name, place);
    }

    private static Reveal readReveal(ByteReader in) {
        long window = in.u32();
        Bytes salt = in.raw(SALT_BYTES);
        int count = in.u16();
        Map<Integer, QuantileForecast> forecasts = new TreeMap<>();
        for (int i = 0; i < count && in.ok(); i++) {
            forecasts.put(in.u16(), new QuantileForecast(in.u8(), in.u8(), in.u8()));
        }
        return new Reveal(window, salt, forecasts);
    }

    private static Weights readWeights(ByteReader in) {
        long window = in.u32();
        int truth = in.u8();
        int count = in.u16();
        List<Integer> row = new ArrayList<>();
        for (int i = 0; i < count && in.ok(); i++) {
            row.add(in.u16());
        }
        return new Weights(window, truth, row);
    }

    private static Close readClose(ByteReader in) {
        long epoch = in.u32();
        long minted = in.i64();
        int count = in.u16();
        List<Long> rewards = new ArrayList<>();
        for (int i = 0; i < count && in.ok(); i++) {
            rewards.add(in.i64());
        }
        return new Close(epoch, minted, rewards, in.raw(32));
    }
}
