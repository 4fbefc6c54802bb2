package sunpeer.appliance.market.yuma;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Subnets by seed, of all the shapes that matter: silent and late peers, missing and zero weights, owners, thresholds. */
final class RandomSubnets {
    private static final long BLOCK = 20_000;
    private static final long LAST_STEP = 19_600;
    private static final long STAKE_BOUND = 1L << 49;

    private RandomSubnets() {}

    /** Any stakes from 1 unit up. */
    static SubnetState of(SplittableRandom random, BondRule rule) {
        return of(random, rule, 1);
    }

    /** Stakes of at least some units, and zero. */
    static SubnetState of(SplittableRandom random, BondRule rule, long stakeMin) {
        int n = 1 + random.nextInt(24);
        List<Neuron> neurons = new ArrayList<>();
        double density = 0.3 + 0.7 * random.nextDouble();
        for (int i = 0; i < n; i++) {
            neurons.add(neuron(random, n, density, stakeMin));
        }
        OptionalInt owner = random.nextInt(3) == 0 ? OptionalInt.of(random.nextInt(n)) : OptionalInt.empty();
        return new SubnetState(
                BLOCK, random.nextInt(4) == 0 ? 0 : LAST_STEP, owner, neurons, parameters(random, n, rule));
    }

    private static Neuron neuron(SplittableRandom random, int n, double density, long stakeMin) {
        long registeredAt = random.nextInt(8) == 0 ? BLOCK - random.nextInt(800) : random.nextInt(10_000);
        long lastUpdate = Math.max(registeredAt, BLOCK - random.nextInt(random.nextInt(5) == 0 ? 8_000 : 400));
        boolean commits = random.nextInt(6) == 0;
        // A wide spread of stakes, and no two alike: which of two equal peers loses its permit depends on the uid.
        long stake = random.nextLong(stakeMin, Math.max(2 * stakeMin, STAKE_BOUND >> random.nextInt(30)));
        return new Neuron(
                random.nextInt(12) == 0 ? 0 : stake,
                lastUpdate,
                registeredAt,
                random.nextInt(4) != 0,
                commits ? BLOCK - random.nextInt(1_000) : Neuron.NO_COMMIT,
                row(random, n, density),
                row(random, n, density));
    }

    private static SparseRow row(SplittableRandom random, int n, double density) {
        int[] uids =
                IntStream.range(0, n).filter(j -> random.nextDouble() < density).toArray();
        int[] values = new int[uids.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextInt(6) == 0 ? 0 : random.nextInt(65_536);
        }
        return SparseRow.of(uids, values);
    }

    private static YumaParameters parameters(SplittableRandom random, int n, BondRule rule) {
        int[] penalties = {0, 65_535, random.nextInt(65_536)};
        return new YumaParameters(
                random.nextInt(3) == 0 ? random.nextInt(65_536) : 32_767,
                penalties[random.nextInt(3)],
                random.nextInt(1_000_001),
                5_000,
                random.nextInt(3) == 0 ? 1L << 20 : 0,
                1 + random.nextInt(n),
                360,
                rule);
    }
}
