package sunpeer.appliance.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;

/** Every kind of payload is read back as it was written, and whatever else stands there is refused without an exception. */
class PayloadTest {
    private static final long SEED = 77;
    private static final List<EntryType> TYPES = List.of(EntryType.values());

    private final SplittableRandom random = new SplittableRandom(SEED);

    private Payload random(EntryType type) {
        return switch (type) {
            case GENESIS ->
                new Payload.Genesis(
                        Spoken.signer(random.nextInt(5)).peerKey(),
                        new Rules(
                                Instant.ofEpochSecond(random.nextLong(4_000_000_000L)),
                                Duration.ofSeconds(random.nextLong(60, 86_401)),
                                random.nextLong(1_000_000_000_001L),
                                random.nextInt(4_097),
                                random.nextLong(1_000_000_000_001L),
                                random.nextInt(1, 65_536)));
            case JOIN ->
                new Payload.Join(
                        Spoken.signer(random.nextInt(5)).peerKey(),
                        "koeln-" + random.nextInt(1000),
                        new Place(random.nextDouble(-90, 90), random.nextDouble(-180, 180)));
            case COMMIT -> new Payload.Commit(random.nextLong(1L << 32), hash());
            case REVEAL -> new Payload.Reveal(random.nextLong(1L << 32), hash().slice(0, 16), forecasts());
            case WEIGHTS ->
                new Payload.Weights(
                        random.nextLong(1L << 32),
                        random.nextInt(256),
                        random.ints(random.nextInt(40), 0, 65_536).boxed().toList());
            case EPOCH -> {
                List<Long> rewards = new ArrayList<>();
                random.longs(random.nextInt(40)).forEach(rewards::add);
                yield new Payload.Close(random.nextLong(1L << 32), random.nextLong(), rewards, hash());
            }
        };
    }

    private Bytes hash() {
        return Mutants.noise(random, 20).sha256();
    }

    private Map<Integer, QuantileForecast> forecasts() {
        Map<Integer, QuantileForecast> forecasts = new TreeMap<>();
        for (int left = random.nextInt(20); left > 0; left--) {
            forecasts.put(
                    random.nextInt(65_536),
                    QuantileForecast.of(random.nextDouble(2), random.nextDouble(2), random.nextDouble(2)));
        }
        return forecasts;
    }

    @Test
    void everyKindIsReadBack() {
        for (int round = 0; round < 100; round++) {
            for (EntryType type : EntryType.values()) {
                Payload payload = random(type);
                assertThat(payload.type()).isEqualTo(type);
                assertThat(Payload.parse(Spoken.entry(0, payload)))
                        .as("seed %d, round %d", SEED, round)
                        .isEqualTo(new Payload.Parsed.Ok(payload));
            }
        }
    }

    /** The form must be the only one: else one forecast had two commitments and one vote two hashes. */
    @Test
    void whatIsReadIsWrittenTheSameAndNothingThrows() {
        EnumSet<EntryType> refused = EnumSet.noneOf(EntryType.class);
        for (int round = 0; round < 10_000; round++) {
            EntryType type = TYPES.get(round % TYPES.size());
            Bytes damaged = round % 5 == 0
                    ? Mutants.noise(random, 120)
                    : Mutants.mangled(random, random(type).encode());
            switch (Payload.parse(unsigned(type, damaged))) {
                case Payload.Parsed.Ok(Payload payload) ->
                    assertThat(payload.encode())
                            .as("seed %d, round %d", SEED, round)
                            .isEqualTo(damaged);
                case Payload.Parsed.Malformed(String reason) -> {
                    assertThat(reason).isNotBlank();
                    refused.add(type);
                }
            }
        }
        assertThat(refused).isEqualTo(EnumSet.allOf(EntryType.class));
    }

    private static Entry unsigned(EntryType type, Bytes payload) {
        Bytes none = Bytes.EMPTY;
        return new Entry(type, 1, 0, 0, 1, none, 0, 0, payload, none, none);
    }

    @Test
    void aNameIsShort() {
        var here = new Place(45, 7.5);
        var key = Spoken.signer(1).peerKey();
        var longest = new Payload.Join(key, "n".repeat(Payload.NAME_LENGTH_MAX), here);
        var tooLong = new Payload.Join(key, "n".repeat(Payload.NAME_LENGTH_MAX + 1), here);

        assertThat(Payload.parse(Spoken.entry(Entry.NEWCOMER, longest))).isEqualTo(new Payload.Parsed.Ok(longest));
        assertThat(Payload.parse(Spoken.entry(Entry.NEWCOMER, tooLong)))
                .isEqualTo(new Payload.Parsed.Malformed(
                        "its payload is out of range: a name has 1 to 32 letters, digits, - and _"));
    }

    @Test
    void aPlaceIsOnlyAsFineAsATenthOfADegree() {
        var join = new Payload.Join(Spoken.signer(1).peerKey(), "here", new Place(45.0703, 7.6869));
        assertThat(join.place()).isEqualTo(new Place(45.1, 7.7));
    }

    @Test
    void aCommitmentBindsAuthorWindowForecastsAndSalt() {
        Payload.Reveal reveal = Spoken.reveal(7, 1, 20, 50, 80);
        var salted = new Payload.Reveal(7, reveal.salt().sha256().slice(0, 16), reveal.forecasts());

        assertThat(reveal.commitment(3))
                .isEqualTo(Spoken.reveal(7, 1, 20, 50, 80).commitment(3))
                .isNotEqualTo(Spoken.reveal(8, 1, 20, 50, 80).commitment(3))
                .isNotEqualTo(Spoken.reveal(7, 2, 20, 50, 80).commitment(3))
                .isNotEqualTo(Spoken.reveal(7, 1, 20, 50, 81).commitment(3))
                .isNotEqualTo(salted.commitment(3))
                .as("somebody else cannot take it over")
                .isNotEqualTo(reveal.commitment(4));
    }
}
