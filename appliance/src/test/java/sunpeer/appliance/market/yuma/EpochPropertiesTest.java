package sunpeer.appliance.market.yuma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every subnet; each failure names the seed that makes it. */
class EpochPropertiesTest {
    private static final int SUBNETS = 1_000;

    static List<BondRule> rules() {
        return List.of(new BondRule.Classic(), new BondRule.Proportional(), BondRule.LiquidAlpha.CHAIN_DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void neverPaysMoreThanOffered(BondRule rule) {
        for (long seed = 0; seed < SUBNETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SubnetState state = RandomSubnets.of(random, rule);
            long emission = random.nextLong() >>> 1 >>> random.nextInt(62);
            EpochResult result = Epoch.run(state, emission);
            String what = "seed " + seed;
            long paid = 0;
            long recorded = 0;
            for (Outcome outcome : result.outcomes()) {
                assertThat(outcome.serverEmission()).as(what).isNotNegative();
                assertThat(outcome.validatorEmission()).as(what).isNotNegative();
                paid += outcome.serverEmission() + outcome.validatorEmission();
                recorded += outcome.emission();
            }
            assertThat(paid).as(what).isBetween(0L, emission);
            assertThat(recorded).as(what).isBetween(0L, emission);
            assertThat(result.remainder()).as(what).isEqualTo(emission - paid);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theNumberingOfThePeersDoesNotMatter(BondRule rule) {
        for (long seed = 0; seed < SUBNETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SubnetState state = RandomSubnets.of(random, rule);
            if (sharesAreTied(state)) {
                continue;
            }
            int[] newUid = permutation(random, state.neurons().size());
            List<Outcome> plain = Epoch.run(state, 1_000_000_000).outcomes();
            List<Outcome> renumbered =
                    Epoch.run(renumber(state, newUid), 1_000_000_000).outcomes();
            for (int i = 0; i < newUid.length; i++) {
                Outcome moved = withBonds(plain.get(i), renumber(plain.get(i).bonds(), newUid));
                assertThat(renumbered.get(newUid[i]))
                        .as("seed " + seed + ", uid " + i)
                        .isEqualTo(moved);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void onlyTheSharesOfTheStakeMatter(BondRule rule) {
        for (long seed = 0; seed < SUBNETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SubnetState state = RandomSubnets.of(random, rule);
            long factor = 2L + random.nextInt(100);
            List<Neuron> richer = new ArrayList<>();
            for (Neuron neuron : state.neurons()) {
                richer.add(withStake(neuron, neuron.stake() * factor));
            }
            SubnetState scaled = new SubnetState(
                    state.block(),
                    state.lastStepBlock(),
                    state.owner(),
                    richer,
                    withThreshold(state.parameters(), state.parameters().stakeThreshold() * factor));
            assertThat(Epoch.run(scaled, 12_345_678)).as("seed " + seed).isEqualTo(Epoch.run(state, 12_345_678));
        }
    }

    @Test
    void agreesWithPlainFloatingPoint() {
        for (long seed = 0; seed < SUBNETS; seed++) {
            // Where only a tiny share of the stake buys a miner's bonds, its 32 bits are too few for two steps of a
            // u16.
            SubnetState state = RandomSubnets.of(new SplittableRandom(seed), new BondRule.Classic(), 1L << 39);
            EpochResult result = Epoch.run(state, 1_000);
            DoubleYuma plain = new DoubleYuma(state);
            assertClose(seed, "stake", result, Outcome::stakeWeight, plain.stake);
            assertClose(seed, "consensus", result, Outcome::consensus, plain.consensus);
            assertClose(seed, "trust", result, Outcome::validatorTrust, plain.trust);
            assertClose(seed, "incentive", result, Outcome::incentive, plain.incentive);
            assertClose(seed, "dividends", result, Outcome::dividends, plain.dividends);
        }
    }

    private static void assertClose(
            long seed, String what, EpochResult result, ToIntFunction<Outcome> field, double[] plain) {
        for (int i = 0; i < plain.length; i++) {
            double difference = field.applyAsInt(result.outcomes().get(i)) - plain[i] * 65_535;
            assertThat(Math.abs(difference))
                    .as("seed " + seed + ", " + what + " of uid " + i)
                    .isLessThan(2);
        }
    }

    /** Of equal shares the lower uid loses its permit, so a subnet with some is not the same when renumbered. */
    private static boolean sharesAreTied(SubnetState state) {
        long total = state.neurons().stream().mapToLong(Neuron::stake).sum();
        long[] positive = state.neurons().stream()
                .mapToLong(neuron -> Fixed.share(neuron.stake(), total))
                .filter(share -> share > 0)
                .toArray();
        return IntStream.range(0, positive.length)
                        .mapToLong(i -> positive[i])
                        .distinct()
                        .count()
                < positive.length;
    }

    private static int[] permutation(SplittableRandom random, int n) {
        int[] result = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = result[i];
            result[i] = result[other];
            result[other] = swapped;
        }
        return result;
    }

    private static SubnetState renumber(SubnetState state, int[] newUid) {
        List<Neuron> neurons = new ArrayList<>(state.neurons());
        for (int i = 0; i < newUid.length; i++) {
            Neuron old = state.neurons().get(i);
            neurons.set(
                    newUid[i],
                    new Neuron(
                            old.stake(),
                            old.lastUpdate(),
                            old.registeredAt(),
                            old.permit(),
                            old.earliestCommit(),
                            renumber(old.weights(), newUid),
                            renumber(old.bonds(), newUid)));
        }
        OptionalInt owner =
                state.owner().isPresent() ? OptionalInt.of(newUid[state.owner().getAsInt()]) : OptionalInt.empty();
        return new SubnetState(state.block(), state.lastStepBlock(), owner, neurons, state.parameters());
    }

    private static SparseRow renumber(SparseRow row, int[] newUid) {
        int[] entries = IntStream.range(0, row.size())
                .boxed()
                .sorted((a, b) -> newUid[row.uid(a)] - newUid[row.uid(b)])
                .mapToInt(k -> k)
                .toArray();
        return SparseRow.of(
                IntStream.of(entries).map(k -> newUid[row.uid(k)]).toArray(),
                IntStream.of(entries).map(row::value).toArray());
    }

    private static Outcome withBonds(Outcome outcome, SparseRow bonds) {
        return new Outcome(
                outcome.active(),
                outcome.permit(),
                outcome.stakeWeight(),
                outcome.consensus(),
                outcome.incentive(),
                outcome.dividends(),
                outcome.validatorTrust(),
                outcome.serverEmission(),
                outcome.validatorEmission(),
                outcome.emission(),
                bonds);
    }

    private static Neuron withStake(Neuron neuron, long stake) {
        return new Neuron(
                stake,
                neuron.lastUpdate(),
                neuron.registeredAt(),
                neuron.permit(),
                neuron.earliestCommit(),
                neuron.weights(),
                neuron.bonds());
    }

    private static YumaParameters withThreshold(YumaParameters parameters, long threshold) {
        return new YumaParameters(
                parameters.kappa(),
                parameters.bondsPenalty(),
                parameters.bondsMovingAverage(),
                parameters.activityCutoff(),
                threshold,
                parameters.maxValidators(),
                parameters.tempo(),
                parameters.bondRule());
    }
}
