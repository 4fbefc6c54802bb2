package sunpeer.appliance.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Mutants;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Checkpoint;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.sim.Fleet;
import sunpeer.appliance.sim.Household;

/** A real log verifies, and no change to it stays unnoticed. */
class AuditTest {
    private static final long SEED = 2_611;

    private static List<Bytes> log = List.of();
    private static String checkpoint = "";

    @BeforeAll
    static void simulateAMorning() {
        Fleet.Setup usual = Fleet.Setup.usual(SEED);
        Fleet fleet = new Fleet(new Fleet.Setup(
                Household.THREE.subList(0, 2),
                usual.weather(),
                SEED,
                usual.start().plus(Duration.ofHours(2)),
                Duration.ofHours(1),
                usual.lossShare(),
                usual.powerCutsPerDay(),
                usual.told()));
        fleet.run(Duration.ofHours(6));
        log = fleet.ledger();
        checkpoint = fleet.checkpoint().orElseThrow();
    }

    private static Audit read(List<Bytes> entries) {
        Audit audit = new Audit();
        for (int index = 0; index < entries.size(); index++) {
            if (!audit.take(index, entries.get(index))) {
                break;
            }
        }
        return audit;
    }

    private static List<Audit.Finding> findings(List<Bytes> entries, String note) {
        return read(entries).findings(Optional.of(note));
    }

    private static List<Bytes> with(int index, Bytes entry) {
        List<Bytes> changed = new ArrayList<>(log);
        changed.set(index, entry);
        return changed;
    }

    @Test
    void anHonestLogVerifies() {
        Audit audit = read(log);

        assertThat(audit.findings(Optional.of(checkpoint))).isEmpty();
        assertThat(audit.size()).isEqualTo(log.size());
        assertThat(audit.epochs()).isGreaterThanOrEqualTo(5);
        Books books = audit.books().orElseThrow();
        assertThat(books.mintedMicro()).isPositive();
        long earned = books.peers().stream()
                .mapToLong(peer -> books.earnedMicro(peer.uid()))
                .sum();
        assertThat(earned).isEqualTo(books.mintedMicro());
        assertThat(audit.findings(Optional.empty()))
                .containsExactly(new Audit.Finding(-1, "there is no checkpoint to compare the log with"));
        assertThat(new Audit().findings(Optional.empty()))
                .as("nothing to check")
                .isEmpty();
    }

    @Test
    void aChangedRewardIsNamedWithEntryAndUid() {
        int changes = 0;
        for (int index = 0; index < log.size(); index++) {
            if (!(Entry.parse(log.get(index)) instanceof Entry.Parsed.Ok(Entry entry))
                    || !(Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Close close))
                    || close.mintedMicro() == 0) {
                continue;
            }
            for (int uid = 0; uid < close.rewardsMicro().size(); uid++) {
                int payloadEnd = entry.bytes().length() - 64;
                int lowByte = payloadEnd - 32 - 8 * (close.rewardsMicro().size() - uid) + 7;
                List<Bytes> forged = with(index, Mutants.flipped(entry.bytes(), 8 * lowByte));
                String found = "gives uid " + uid + " a reward of "
                        + (close.rewardsMicro().get(uid) ^ 1) + " micro-credits, recomputed it is "
                        + close.rewardsMicro().get(uid);
                int at = index;
                assertThat(findings(forged, checkpoint)).anySatisfy(finding -> {
                    assertThat(finding.index()).isEqualTo(at);
                    assertThat(finding.text())
                            .startsWith("EPOCH by the gateway, epoch " + close.epoch() + ": ")
                            .contains(found);
                });
                changes++;
            }
        }
        assertThat(changes).isGreaterThanOrEqualTo(2);
    }

    @Test
    void everyFlippedBitIsFound() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 500; round++) {
            int index = random.nextInt(log.size() + 1);
            String where = "seed %d, round %d, entry %d".formatted(SEED, round, index);
            if (index == log.size()) {
                Bytes note = Bytes.ofText(checkpoint);
                String damaged =
                        Mutants.flipped(note, random.nextInt(8 * note.length())).text();
                assertThat(findings(log, damaged)).as(where).isNotEmpty();
            } else {
                Bytes entry = log.get(index);
                Bytes damaged = Mutants.flipped(entry, random.nextInt(8 * entry.length()));
                assertThat(findings(with(index, damaged), checkpoint))
                        .as(where)
                        .anySatisfy(finding -> assertThat(finding.index()).isEqualTo(index));
            }
        }
    }

    @Test
    void aMissingEndIsFound() {
        for (int size = 1; size < log.size(); size += 7) {
            assertThat(findings(log.subList(0, size), checkpoint))
                    .as("%d of %d entries", size, log.size())
                    .hasSize(1)
                    .first()
                    .satisfies(finding -> assertThat(finding.text())
                            .startsWith("the log of ")
                            .contains("the checkpoint says " + log.size() + " entries"));
        }
    }

    @Test
    void otherOrderGapsAndRepetitionAreFound() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 30; round++) {
            int index = random.nextInt(log.size() - 1);
            List<Bytes> swapped = new ArrayList<>(log);
            Collections.swap(swapped, index, index + 1);
            List<Bytes> shorter = new ArrayList<>(log);
            shorter.remove(index);
            List<Bytes> longer = new ArrayList<>(log);
            longer.add(index, log.get(index));

            assertThat(findings(swapped, checkpoint))
                    .as("seed %d: %d and the next swapped", SEED, index)
                    .isNotEmpty();
            assertThat(findings(shorter, checkpoint))
                    .as("seed %d: without %d", SEED, index)
                    .isNotEmpty();
            assertThat(findings(longer, checkpoint))
                    .as("seed %d: %d twice", SEED, index)
                    .isNotEmpty();
        }
    }

    /** A gateway that cheats can sign what it likes: the arithmetic still tells. */
    @Test
    void theFirstEntryMustHoldRules() {
        Bytes notRules = Entry.sign(
                        Spoken.signer(1),
                        Bytes.zeros(32),
                        new Entry.Position(Entry.GATEWAY, 1, Bytes.zeros(32), 0, 0),
                        new Entry.Draft(
                                EntryType.GENESIS,
                                1,
                                0,
                                Spoken.signer(1).peerKey().raw()))
                .bytes();
        Checkpoint signed =
                Checkpoint.sign(Spoken.signer(1), 1, read(List.of(notRules)).root());
        assertThat(findings(List.of(notRules), signed.note()))
                .containsExactly(new Audit.Finding(0, "the genesis entry holds no rules"));
    }
}
