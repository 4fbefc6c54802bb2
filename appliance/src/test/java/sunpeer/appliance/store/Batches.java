package sunpeer.appliance.store;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.Command.Keep;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** Batches whose content follows from their number, so that a test can tell from a file how many of them it holds. */
final class Batches {
    static final int ENTRIES_EACH = 3;

    private Batches() {}

    static List<Keep> batch(int number) {
        long first = (long) number * ENTRIES_EACH;
        Keep outbox = new Keep.PutOutbox(number + 1L, blob(number + 1L, 300));
        Keep note = new Keep.SetCheckpoint("checkpoint " + number);
        Keep state = new Keep.PutState("number", blob(number, 20_000));
        Keep reading = new Keep.PutReading(reading(number));
        return number == 0
                ? List.of(entry(first), entry(first + 1), entry(first + 2), note, outbox, state, reading)
                : List.of(
                        entry(first),
                        entry(first + 1),
                        entry(first + 2),
                        note,
                        new Keep.Acknowledge(number, blob(-number, 700)),
                        outbox,
                        state,
                        reading);
    }

    static Keep entry(long index) {
        return new Keep.AppendEntry(index, blob(index, 200));
    }

    static Bytes blob(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return Bytes.of(content);
    }

    static Reading reading(int number) {
        return new Reading(
                Instant.ofEpochMilli(1_750_000_000_000L + 900_000L * number),
                "a test at /dev/null, unit " + number,
                Value.good(13.25),
                Value.good(-0.5),
                Value.suspect(1e9),
                Value.good(0),
                Value.ABSENT,
                new Value(18.5, Quality.STALE),
                Value.good(number),
                Value.good(Double.POSITIVE_INFINITY),
                Value.good(-12.5),
                Value.ABSENT,
                Value.good(0.1 + 0.2),
                ChargeStage.ABSORPTION);
    }
}
