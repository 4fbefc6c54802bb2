package sunpeer.appliance.market;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import sunpeer.appliance.ledger.ByteReader;
import sunpeer.appliance.ledger.ByteWriter;
import sunpeer.appliance.ledger.Ledger;

/**
 * What a subnet's genesis entry fixes for everybody. Immutable.
 *
 * @param start begin of epoch 0
 * @param tempo length of an epoch, and of the window that one forecast is about
 * @param emissionMicro new micro-credits for each epoch that has scores
 * @param founders how many of the first peers get a grant
 * @param founderGrantMicro stake that each founder begins with
 * @param activityCutoffEpochs epochs after its last score sheet at which a validator's stake stops counting
 */
public record Rules(
        Instant start,
        Duration tempo,
        long emissionMicro,
        int founders,
        long founderGrantMicro,
        int activityCutoffEpochs) {
    public static final long MICRO_PER_CREDIT = 1_000_000;

    /** So that no sum over all peers and a century of epochs can overflow: a million credits. */
    private static final long AMOUNT_MAX = 1_000_000 * MICRO_PER_CREDIT;

    private static final int BYTES = 8 + 4 + 8 + 2 + 8 + 2;

    public Rules {
        tempo = tempo.truncatedTo(ChronoUnit.SECONDS);
        if (tempo.toSeconds() < 60 || tempo.toSeconds() > 86_400) {
            throw new IllegalArgumentException("a tempo of " + tempo + " is not between one minute and one day");
        }
        boolean inRange = emissionMicro >= 0
                && emissionMicro <= AMOUNT_MAX
                && founderGrantMicro >= 0
                && founderGrantMicro <= AMOUNT_MAX
                && founders >= 0
                && founders <= Ledger.PEERS_MAX
                && activityCutoffEpochs >= 1;
        if (!inRange) {
            throw new IllegalArgumentException("emission, founders, grant or cutoff is out of range");
        }
    }

    /** One credit an epoch, ten credits to each of the first sixteen peers, validators count for two epochs. */
    public static Rules standard(Instant start, Duration tempo) {
        return new Rules(start, tempo, MICRO_PER_CREDIT, 16, 10 * MICRO_PER_CREDIT, 2);
    }

    /** The epoch that an instant lies in; negative before the start. */
    public long epochAt(Instant at) {
        return Math.floorDiv(Duration.between(start, at).toSeconds(), tempo.toSeconds());
    }

    public Instant beginOf(long epoch) {
        return start.plusSeconds(epoch * tempo.toSeconds());
    }

    public Instant endOf(long epoch) {
        return beginOf(epoch + 1);
    }

    void write(ByteWriter out) {
        out.i64(start.getEpochSecond())
                .u32(tempo.toSeconds())
                .i64(emissionMicro)
                .u16(founders)
                .i64(founderGrantMicro)
                .u16(activityCutoffEpochs);
    }

    /** @throws IllegalArgumentException for values that no subnet can have */
    static Rules read(ByteReader in) {
        if (in.remaining() < BYTES) {
            throw new IllegalArgumentException("the rules are cut short");
        }
        long startSecond = in.i64();
        if (startSecond < 0 || startSecond > 1L << 40) {
            throw new IllegalArgumentException("the start lies outside any calendar");
        }
        return new Rules(
                Instant.ofEpochSecond(startSecond),
                Duration.ofSeconds(in.u32()),
                in.i64(),
                in.u16(),
                in.i64(),
                in.u16());
    }
}
