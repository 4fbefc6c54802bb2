package sunpeer.appliance.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.market.yuma.SparseRow;

/** The rules that are ours: when nothing is paid, what is carried, and what a cabal gets. */
class EpochCloserTest {
    private static final long SEED = 9_605;
    private static final Rules RULES = Spoken.RULES;

    private static List<Peer> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(uid -> new Peer(
                        uid,
                        Spoken.join(uid).key(),
                        "peer " + uid,
                        Spoken.join(uid).place(),
                        0))
                .toList();
    }

    /** Everybody hands in a sheet with this weight of each for each. */
    @FunctionalInterface
    private interface Opinion {
        int of(int voter, int target);
    }

    private static List<Account> scored(List<Account> accounts, long epoch, Opinion opinion) {
        List<Account> scored = new ArrayList<>();
        int count = accounts.size();
        int[] uids = IntStream.range(0, count).toArray();
        for (int voter = 0; voter < count; voter++) {
            int self = voter;
            int[] row = IntStream.range(0, count)
                    .map(target -> target == self ? 0 : opinion.of(self, target))
                    .toArray();
            scored.add(accounts.get(voter).withSheet(epoch, epoch - 1, SparseRow.of(uids, row)));
        }
        return scored;
    }

    private static List<Account> granted(long... stakes) {
        return IntStream.range(0, stakes.length)
                .mapToObj(uid -> Account.opened(stakes[uid]))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'no scores, nothing minted'",
        "1, 'one score sheet is no consensus, nothing minted'",
    })
    void fewerThanTwoSheetsMintNothing(int sheets, String why) {
        List<Account> accounts = scored(granted(10, 10, 10), 5, (voter, target) -> 100);
        EpochCloser.Closed closed = EpochCloser.close(RULES, 5, peers(3), accounts, sheets, 123);

        assertThat(closed.mintedMicro()).isZero();
        assertThat(closed.rewardsMicro()).containsExactly(0L, 0L, 0L);
        assertThat(closed.carriedMicro()).isEqualTo(123);
        assertThat(closed.accounts()).isEqualTo(accounts);
        assertThat(closed.why()).isEqualTo(why);
    }

    @Test
    void theFirstScoresGrantPermitsAndMintNothing() {
        List<Account> accounts = scored(granted(10, 10, 10), 1, (voter, target) -> 65_535);
        EpochCloser.Closed first = EpochCloser.close(RULES, 1, peers(3), accounts, 3, 5);

        assertThat(first.mintedMicro()).isZero();
        assertThat(first.carriedMicro()).as("no new money for nothing").isEqualTo(5);
        assertThat(first.why()).isEqualTo("permits granted, no consensus yet, nothing minted");
        assertThat(first.accounts()).allMatch(Account::permit);

        List<Account> again = scored(first.accounts(), 2, (voter, target) -> 65_535);
        EpochCloser.Closed second = EpochCloser.close(RULES, 2, peers(3), again, 3, 5);
        assertThat(second.mintedMicro()).isPositive();
        assertThat(second.why()).isEmpty();
    }

    /** Nothing is lost and nothing made up: what is offered is paid or carried. */
    @Test
    void mintedAndCarriedAddUpToWhatWasOffered() {
        SplittableRandom random = new SplittableRandom(SEED);
        long paid = 0;
        for (int subnet = 0; subnet < 20; subnet++) {
            int count = random.nextInt(2, 12);
            List<Account> accounts = granted(random.longs(count, 0, 20_000_000).toArray());
            long carried = 0;
            for (long epoch = 1; epoch < 12; epoch++) {
                long seed = random.nextLong();
                accounts = scored(accounts, epoch, (voter, target) ->
                        (int) new SplittableRandom(seed + 31L * voter + target).nextLong(65_536));
                EpochCloser.Closed closed = EpochCloser.close(RULES, epoch, peers(count), accounts, count, carried);
                long offered = closed.mintedMicro() > 0 ? RULES.emissionMicro() + carried : carried;
                String where = "seed %d, subnet %d, epoch %d".formatted(SEED, subnet, epoch);
                assertThat(closed.mintedMicro() + closed.carriedMicro())
                        .as(where)
                        .isEqualTo(offered);
                assertThat(closed.rewardsMicro()).as(where).allMatch(reward -> reward >= 0);
                for (int uid = 0; uid < count; uid++) {
                    assertThat(closed.accounts().get(uid).earnedMicro())
                            .as(where)
                            .isEqualTo(accounts.get(uid).earnedMicro()
                                    + closed.rewardsMicro().get(uid));
                }
                accounts = closed.accounts();
                carried = closed.carriedMicro();
                paid += closed.mintedMicro();
            }
        }
        assertThat(paid).as("most epochs pay").isGreaterThan(100 * RULES.emissionMicro());
    }

    /** The last members, with two fifths of the stake together, praise one another and nobody else. */
    @ParameterizedTest
    @CsvSource({"5, 2", "7, 2", "7, 3", "9, 2", "9, 3", "9, 4"})
    void aCabalGetsNoMoreThanItsStake(int count, int cabal) {
        int honest = count - cabal;
        long[] stakes = IntStream.range(0, count)
                .mapToLong(uid -> uid < honest ? 60_000_000L / honest : 40_000_000L / cabal)
                .toArray();
        List<Account> accounts = granted(stakes);
        long minted = 0;
        long grabbed = 0;
        long carried = 0;
        for (long epoch = 1; epoch <= 30; epoch++) {
            accounts = scored(accounts, epoch, (voter, target) -> (voter < honest) == (target < honest) ? 65_535 : 0);
            EpochCloser.Closed closed = EpochCloser.close(RULES, epoch, peers(count), accounts, count, carried);
            minted += closed.mintedMicro();
            for (int uid = honest; uid < count; uid++) {
                grabbed += closed.rewardsMicro().get(uid);
            }
            accounts = closed.accounts();
            carried = closed.carriedMicro();
        }
        assertThat(minted).as("the honest are paid").isGreaterThan(28 * RULES.emissionMicro());
        assertThat((double) grabbed / minted)
                .as("the cabal's part of the rewards")
                .isLessThanOrEqualTo(0.40);
    }

    @Test
    void whoIsSilentForLongerThanTheCutoffCountsNoMore() {
        List<Account> accounts = granted(10, 10, 10);
        for (long epoch = 1; epoch <= 3; epoch++) {
            accounts = EpochCloser.close(RULES, epoch, peers(3), scored(accounts, epoch, (voter, target) -> 9), 3, 0)
                    .accounts();
        }
        long late = 4L + RULES.activityCutoffEpochs();
        List<Account> two = new ArrayList<>(scored(accounts, late, (voter, target) -> 9));
        two.set(2, accounts.get(2));
        EpochCloser.Closed closed = EpochCloser.close(RULES, late, peers(3), two, 2, 0);

        var result = closed.result();
        assertThat(result).isNotNull();
        if (result != null) {
            assertThat(result.outcomes().get(2).active()).isFalse();
            assertThat(result.outcomes().get(0).active()).isTrue();
        }
    }
}
