package sunpeer.appliance.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.ledger.Entry;

/** What counts and what comes too early, too late or from the wrong mouth. */
class BooksTest {
    private final Spoken spoken = Spoken.with(3);
    private final Books books = spoken.books;

    private static Payload.Weights sheet(long window, Integer... row) {
        return new Payload.Weights(window, 70, List.of(row));
    }

    @Test
    void peersAreNumberedAsTheyJoinAndOnlyFoundersGetAGrant() {
        Rules rules = new Rules(Spoken.RULES.start(), Duration.ofHours(1), 1_000_000, 2, 10_000_000, 2);
        Spoken other = new Spoken(rules);
        other.says(Entry.NEWCOMER, Spoken.join(5));
        other.close();
        other.says(Entry.NEWCOMER, Spoken.join(3));
        other.says(Entry.NEWCOMER, Spoken.join(4));

        assertThat(other.books.peers()).extracting(Peer::name).containsExactly("peer-5", "peer-3", "peer-4");
        assertThat(other.books.peers()).extracting(Peer::uid).containsExactly(0, 1, 2);
        assertThat(other.books.peers()).extracting(Peer::joinedEpoch).containsExactly(0L, 1L, 1L);
        assertThat(List.of(other.books.stakeMicro(0), other.books.stakeMicro(1), other.books.stakeMicro(2)))
                .containsExactly(10_000_000L, 10_000_000L, 0L);
        assertThat(other.books.earnedMicro(0)).isZero();
    }

    @Test
    void aForecastIsCommittedBeforeItsWindowBegins() {
        spoken.closeUntil(5);
        var hash = Spoken.reveal(0, 1, 1, 2, 3).commitment(0);

        assertThat(spoken.refusal(0, new Payload.Commit(5, hash)))
                .isEqualTo("the commitment for window 5 came in epoch 5, too late");
        assertThat(spoken.refusal(0, new Payload.Commit(4, hash))).contains("too late");
        assertThat(spoken.refusal(0, new Payload.Commit(30, hash))).isEqualTo("window 30 is more than 24 epochs ahead");
        assertThat(spoken.refusal(0, new Payload.Commit(29, hash))).isEmpty();
        assertThat(spoken.refusal(0, new Payload.Commit(6, hash))).isEmpty();
        assertThat(spoken.refusal(0, new Payload.Commit(6, hash.sha256())))
                .isEqualTo("a commitment for window 6 stands already");
        assertThat(books.commitment(0, 6)).contains(hash);
        assertThat(books.commitment(1, 6)).isEmpty();
    }

    @Test
    void aForecastIsRevealedAsCommittedAndInItsTime() {
        Payload.Reveal reveal = Spoken.reveal(1, 1, 20, 50, 80);
        spoken.commit(0, reveal);

        assertThat(spoken.refusal(0, reveal)).isEqualTo("window 1 can still be committed to");
        spoken.close();
        assertThat(spoken.refusal(2, reveal)).isEqualTo("nothing was committed for it");
        assertThat(spoken.refusal(0, Spoken.reveal(1, 1, 20, 50, 81))).isEqualTo("it is not what was committed");
        assertThat(spoken.refusal(0, reveal)).isEmpty();
        assertThat(books.hasRevealed(0, 1)).isTrue();
        assertThat(books.answers(1)).containsExactly(new Books.Answer(0, reveal.forecasts()));
    }

    @Test
    void aRevealMayComeTwoEpochsLateAndNoLater() {
        Payload.Reveal reveal = Spoken.reveal(1, 1, 20, 50, 80);
        spoken.commit(0, reveal);
        spoken.commit(1, reveal);
        spoken.closeUntil(3);
        assertThat(spoken.refusal(0, reveal)).isEmpty();
        spoken.close();
        assertThat(spoken.refusal(1, reveal)).isEqualTo("the reveal for window 1 came in epoch 4, too late");
    }

    @Test
    void weightsAreForAClosedWindowOnceAndNeverForOneself() {
        spoken.closeUntil(3);

        assertThat(spoken.refusal(0, sheet(3, 0, 5))).isEqualTo("window 3 cannot be scored in epoch 3");
        assertThat(spoken.refusal(0, sheet(4, 0, 5))).contains("cannot be scored");
        assertThat(spoken.refusal(0, sheet(2, 1, 5))).isEqualTo("nobody scores itself");
        assertThat(spoken.refusal(2, sheet(2, 0, 5, 1))).isEqualTo("nobody scores itself");
        assertThat(spoken.refusal(0, sheet(2, 0, 5, 5, 5)))
                .isEqualTo("the sheet names unknown uids or an impossible truth");
        assertThat(spoken.refusal(0, new Payload.Weights(2, 201, List.of(0, 5))))
                .isEqualTo("the sheet names unknown uids or an impossible truth");
        assertThat(books.truth(0, 2)).isEmpty();
        assertThat(spoken.refusal(0, sheet(2, 0, 5, 5))).isEmpty();
        assertThat(spoken.refusal(0, sheet(2, 0, 5, 5))).isEqualTo("window 2 or a later one is scored already");
        assertThat(spoken.refusal(0, sheet(1, 0, 5, 5))).isEqualTo("window 1 or a later one is scored already");
        assertThat(books.truth(0, 2)).contains(70);
        assertThat(books.lastSheetWindow(0)).isEqualTo(2);
        assertThat(books.climatology(0).observations()).isEqualTo(1);
    }

    @Test
    void whatIsForgottenCannotBeScored() {
        spoken.closeUntil(60);
        assertThat(spoken.refusal(0, sheet(57, 0, 5))).isEqualTo("window 57 cannot be scored in epoch 60");
        assertThat(spoken.refusal(0, sheet(58, 0, 5))).isEmpty();
    }

    @Test
    void aWrongCloseNamesWhatIsWrong() {
        for (int round = 0; round < 3; round++) {
            spoken.close();
            for (int uid = 0; uid < 3; uid++) {
                spoken.says(uid, sheet(books.epoch() - 1, uid == 0 ? 0 : 9, uid == 1 ? 0 : 9, uid == 2 ? 0 : 9));
            }
        }
        Payload.Close right = books.nextClose();
        assertThat(right.mintedMicro()).as("something is paid").isPositive();
        List<Long> rewards = new ArrayList<>(right.rewardsMicro());
        rewards.set(1, rewards.get(1) + 1);
        long epoch = books.epoch();

        assertThat(spoken.refusal(
                        Entry.GATEWAY, new Payload.Close(epoch, right.mintedMicro(), rewards, right.stateHash())))
                .isEqualTo("WRONG epoch %d gives uid 1 a reward of %d micro-credits, recomputed it is %d"
                        .formatted(epoch, rewards.get(1), rewards.get(1) - 1));
        assertThat(spoken.refusal(
                        Entry.GATEWAY,
                        new Payload.Close(
                                epoch, right.mintedMicro(), right.rewardsMicro().subList(0, 2), right.stateHash())))
                .startsWith("WRONG epoch " + epoch + " gives uid 2 a reward of -1 ");
        assertThat(spoken.refusal(
                        Entry.GATEWAY,
                        new Payload.Close(epoch, right.mintedMicro() + 1, right.rewardsMicro(), right.stateHash())))
                .endsWith("differs from the recomputed one in the minted sum");
        assertThat(spoken.refusal(
                        Entry.GATEWAY,
                        new Payload.Close(
                                epoch,
                                right.mintedMicro(),
                                right.rewardsMicro(),
                                right.stateHash().sha256())))
                .endsWith("differs from the recomputed one in the digest of the books");
        assertThat(spoken.refusal(
                        Entry.GATEWAY,
                        new Payload.Close(epoch + 1, right.mintedMicro(), right.rewardsMicro(), right.stateHash())))
                .isEqualTo("WRONG it closes epoch " + (epoch + 1) + " while epoch " + epoch + " is open");
        assertThat(books.epoch()).as("nothing was closed by all that").isEqualTo(epoch);
        assertThat(spoken.refusal(Entry.GATEWAY, right)).isEmpty();
        assertThat(books.mintedMicro()).isPositive();
    }
}
