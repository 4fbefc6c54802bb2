package sunpeer.appliance.market.yuma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The rules one by one, at their edges, where upstream's own tests do not notice a wrong sign. */
class EpochRulesTest {
    private static final long BLOCK = 10_000;
    private static final long LAST_STEP = 9_000;
    private static final YumaParameters DEFAULT = YumaParameters.CHAIN_DEFAULT;

    @Test
    void anEmptySubnetKeepsTheEmission() {
        EpochResult result = run(100, OptionalInt.empty(), DEFAULT, List.of());
        assertThat(result.outcomes()).isEmpty();
        assertThat(result.remainder()).isEqualTo(100);
    }

    @Test
    void withoutConsensusTheVotingStakeIsPaidAndWithoutVotersAllStake() {
        List<Neuron> silent = List.of(
                peer(300).build(), peer(100).build(), peer(400).noPermit().build());
        assertThat(run(1_000, OptionalInt.empty(), DEFAULT, silent).outcomes())
                .extracting(Outcome::validatorEmission)
                .containsExactly(750L, 250L, 0L);
        List<Neuron> idle =
                List.of(peer(300).updated(0).build(), peer(100).updated(0).build());
        assertThat(run(1_000, OptionalInt.empty(), DEFAULT, idle).outcomes())
                .extracting(Outcome::validatorEmission)
                .containsExactly(750L, 250L);
    }

    @Test
    void aPeerIsActiveUpToTheCutoffItself() {
        List<Neuron> peers = List.of(
                peer(1).updated(BLOCK - 5_000).build(),
                peer(1).updated(BLOCK - 5_001).build());
        assertThat(run(0, OptionalInt.empty(), DEFAULT, peers).outcomes())
                .extracting(Outcome::active)
                .containsExactly(true, false);
    }

    @Test
    void aVoteForAPeerThatRegisteredAtTheSameBlockIsForItsPredecessor() {
        assertThat(incentiveWhen(9_500, 9_500, Neuron.NO_COMMIT)).isZero();
        assertThat(incentiveWhen(9_501, 9_500, Neuron.NO_COMMIT)).isEqualTo(65_535);
    }

    @Test
    void anOpenCommitOlderThanTheRegistrationHidesTheVote() {
        assertThat(incentiveWhen(9_900, 9_500, 9_499)).isZero();
        assertThat(incentiveWhen(9_900, 9_500, 9_500)).isEqualTo(65_535);
    }

    private static int incentiveWhen(long voted, long registered, long commit) {
        Neuron voter = peer(10).updated(voted).commit(commit).weight(1, 65_535).build();
        Neuron target = peer(0).registeredAt(registered).noPermit().build();
        return run(1_000, OptionalInt.empty(), DEFAULT, List.of(voter, target))
                .outcomes()
                .get(1)
                .incentive();
    }

    @Test
    void bondsToAPeerThatRegisteredSinceTheLastEpochAreGone() {
        // Nobody votes for uid 1, so its column of bonds is what survives of the old one.
        assertThat(bondsAfter(LAST_STEP)).isEqualTo(SparseRow.of(new int[] {1}, new int[] {65_535}));
        assertThat(bondsAfter(LAST_STEP + 1)).isEqualTo(SparseRow.EMPTY);
    }

    private static SparseRow bondsAfter(long registered) {
        Neuron holder = peer(10).bond(1, 1_000).build();
        Neuron target = peer(0).registeredAt(registered).noPermit().build();
        return run(0, OptionalInt.empty(), DEFAULT, List.of(holder, target))
                .outcomes()
                .get(0)
                .bonds();
    }

    @Test
    void permitsGoToTheLargestStakesAndOfEqualOnesTheLowerUidLoses() {
        YumaParameters two = parameters(0, 2);
        List<Neuron> peers = List.of(peer(5).build(), peer(5).build(), peer(5).build(), peer(0).build());
        assertThat(run(0, OptionalInt.empty(), two, peers).outcomes())
                .extracting(Outcome::permit)
                .containsExactly(false, true, true, false);
        assertThat(run(0, OptionalInt.of(3), two, peers).outcomes())
                .extracting(Outcome::permit)
                .containsExactly(false, true, true, true);
    }

    @Test
    void theOwnerVotesForItselfWithoutPermitAndBelowTheThreshold() {
        List<Neuron> peers = List.of(
                peer(5).noPermit().weight(0, 65_535).build(),
                peer(9).weight(1, 65_535).build());
        List<Outcome> outcomes =
                run(1_000, OptionalInt.of(0), parameters(10, 128), peers).outcomes();
        assertThat(outcomes).extracting(Outcome::stakeWeight).containsExactly(65_535, 0);
        assertThat(outcomes).extracting(Outcome::incentive).containsExactly(65_535, 0);
        assertThat(outcomes).extracting(Outcome::serverEmission).containsExactly(500L, 0L);
    }

    @Test
    void aSelfVoteOfAnybodyElseIsIgnored() {
        List<Neuron> peers = List.of(
                peer(5).weight(0, 65_535).build(), peer(5).weight(1, 65_535).build());
        assertThat(run(1_000, OptionalInt.empty(), DEFAULT, peers).outcomes())
                .extracting(Outcome::incentive)
                .containsOnly(0);
    }

    @Test
    void aMinorityDoesNotMoveTheConsensus() {
        List<Neuron> peers = List.of(
                peer(60).weight(2, 65_535).weight(3, 65_535).build(),
                peer(40).weight(3, 65_535).build(),
                peer(0).noPermit().build(),
                peer(0).noPermit().build());
        List<Outcome> outcomes = run(1_000, OptionalInt.empty(), DEFAULT, peers).outcomes();
        assertThat(outcomes).extracting(Outcome::consensus).containsExactly(0, 0, 32_767, 32_767);
        assertThat(outcomes).extracting(Outcome::validatorTrust).containsExactly(65_535, 32_767, 0, 0);
    }

    @Test
    void whoLosesThePermitLosesTheBonds() {
        List<Neuron> peers = List.of(
                peer(5).bond(1, 9).weight(1, 65_535).build(),
                peer(6).bond(0, 9).weight(0, 65_535).build());
        assertThat(run(0, OptionalInt.empty(), parameters(0, 1), peers).outcomes())
                .extracting(Outcome::bonds)
                .containsExactly(SparseRow.EMPTY, SparseRow.of(new int[] {0}, new int[] {65_535}));
    }

    @Test
    void withLiquidAlphaABondDecaysUnderAnExplicitZeroAndIsLostWithoutAWeightThatCounts() {
        assertThat(bondUnderLiquidAlpha(peer(40).weight(2, 0).weight(3, 65_535)))
                .isBetween(1, 29_999);
        assertThat(bondUnderLiquidAlpha(peer(40).weight(3, 65_535))).isZero();
        // Only the minority votes for uid 2: its weight is clipped away, and that is as if it had not been there.
        assertThat(bondUnderLiquidAlpha(peer(40).weight(2, 65_535).weight(3, 65_535)))
                .isZero();
    }

    private static int bondUnderLiquidAlpha(PeerBuilder minority) {
        YumaParameters liquid =
                new YumaParameters(32_767, 65_535, 900_000, 5_000, 0, 128, 360, BondRule.LiquidAlpha.CHAIN_DEFAULT);
        List<Neuron> peers = List.of(
                peer(60).weight(3, 65_535).build(),
                minority.bond(2, 30_000).build(),
                peer(0).noPermit().build(),
                peer(0).noPermit().build());
        List<Outcome> outcomes = run(0, OptionalInt.empty(), liquid, peers).outcomes();
        assertThat(outcomes.get(2).consensus()).isZero();
        assertThat(outcomes.get(3).consensus()).isPositive();
        return outcomes.get(1).bonds().valueOf(2);
    }

    @Test
    void whatIsNoStateIsRefused() {
        assertThatThrownBy(() -> SparseRow.of(new int[] {1, 1}, new int[] {2, 3}))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> SparseRow.of(new int[] {1}, new int[] {65_536}))
                .hasMessageContaining("u16");
        assertThatThrownBy(() -> peer(-1).build()).hasMessageContaining("negative");
        List<Neuron> stranger = List.of(peer(1).weight(1, 7).build());
        assertThatThrownBy(() -> run(0, OptionalInt.empty(), DEFAULT, stranger)).hasMessageContaining("no such uid");
        List<Neuron> rich = List.of(peer(Long.MAX_VALUE).build(), peer(1).build());
        assertThatThrownBy(() -> run(0, OptionalInt.empty(), DEFAULT, rich)).hasMessageContaining("2^63");
        assertThatThrownBy(() -> run(0, OptionalInt.of(0), DEFAULT, List.of())).hasMessageContaining("owner");
        assertThatThrownBy(() -> run(-1, OptionalInt.empty(), DEFAULT, List.of()))
                .hasMessageContaining("emission");
        assertThatThrownBy(() -> DEFAULT.withKappa(65_536)).hasMessageContaining("kappa");
        assertThatThrownBy(() -> new BondRule.LiquidAlpha(5, 4, 0)).hasMessageContaining("rates");
    }

    @Test
    void sheetsAreStoredWithTheirLargestAt65535() {
        assertThat(WeightSheets.maxUpscale(new int[] {0, 1, 2})).containsExactly(0, 32_768, 65_535);
        assertThat(WeightSheets.maxUpscale(new int[] {0, 0})).containsExactly(0, 0);
        assertThat(WeightSheets.maxUpscale(new int[] {})).isEmpty();
    }

    private static EpochResult run(long emission, OptionalInt owner, YumaParameters parameters, List<Neuron> neurons) {
        return Epoch.run(new SubnetState(BLOCK, LAST_STEP, owner, neurons, parameters), emission);
    }

    private static YumaParameters parameters(long threshold, int maxValidators) {
        return new YumaParameters(
                32_767, 65_535, 900_000, 5_000, threshold, maxValidators, 360, new BondRule.Classic());
    }

    private static PeerBuilder peer(long stake) {
        return new PeerBuilder(stake);
    }

    /** A validator that voted just now, unless said otherwise. */
    private static final class PeerBuilder {
        private final long stake;
        private final List<int[]> weights = new ArrayList<>();
        private final List<int[]> bonds = new ArrayList<>();
        private long updated = BLOCK;
        private long registered;
        private long commit = Neuron.NO_COMMIT;
        private boolean permit = true;

        PeerBuilder(long stake) {
            this.stake = stake;
        }

        PeerBuilder updated(long block) {
            updated = block;
            return this;
        }

        PeerBuilder registeredAt(long block) {
            registered = block;
            return this;
        }

        PeerBuilder commit(long block) {
            commit = block;
            return this;
        }

        PeerBuilder noPermit() {
            permit = false;
            return this;
        }

        PeerBuilder weight(int uid, int value) {
            weights.add(new int[] {uid, value});
            return this;
        }

        PeerBuilder bond(int uid, int value) {
            bonds.add(new int[] {uid, value});
            return this;
        }

        Neuron build() {
            return new Neuron(stake, updated, registered, permit, commit, row(weights), row(bonds));
        }

        private static SparseRow row(List<int[]> entries) {
            return SparseRow.of(
                    entries.stream().mapToInt(entry -> entry[0]).toArray(),
                    entries.stream().mapToInt(entry -> entry[1]).toArray());
        }
    }
}
