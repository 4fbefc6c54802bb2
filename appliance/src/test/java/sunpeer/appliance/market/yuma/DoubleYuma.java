package sunpeer.appliance.market.yuma;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classic branch once more, in plain floating point on dense matrices and from its textbook formulas. It shares no code with
 * the real one, so an error would have to be made twice.
 */
final class DoubleYuma {
    final double[] stake;
    final double[] consensus;
    final double[] incentive;
    final double[] dividends;
    final double[] trust;

    private final SubnetState state;
    private final List<Neuron> neurons;
    private final int n;

    DoubleYuma(SubnetState state) {
        this.state = state;
        this.neurons = state.neurons();
        this.n = neurons.size();
        YumaParameters parameters = state.parameters();
        stake = shares(vector(i -> owner(i) || neurons.get(i).stake() >= parameters.stakeThreshold()
                ? neurons.get(i).stake()
                : 0));
        double[] voting = shares(vector(i -> votes(i) ? stake[i] : 0));
        double[][] weights = weights();
        double kappa = parameters.kappa() / 65_535.0;
        consensus = vector(j -> supportedWeight(voting, weights, j, kappa));
        double[][] clipped = matrix((i, j) -> Math.min(weights[i][j], consensus[j]));
        trust = vector(i -> Arrays.stream(clipped[i]).sum());
        incentive = shares(vector(j -> sum(i -> voting[i] * clipped[i][j])));
        double penalty = parameters.bondsPenalty() / 65_535.0;
        double[][] bought =
                columnShares(matrix((i, j) -> voting[i] * ((1 - penalty) * weights[i][j] + penalty * clipped[i][j])));
        double[][] old = columnShares(bonds());
        double kept = parameters.bondsMovingAverage() / 1e6;
        double[][] bonds = columnShares(matrix((i, j) -> (1 - kept) * bought[i][j] + kept * old[i][j]));
        dividends = shares(vector(i -> sum(j -> bonds[i][j] * incentive[j])));
    }

    private boolean owner(int uid) {
        return state.owner().isPresent() && state.owner().getAsInt() == uid;
    }

    private boolean permitted(int i) {
        return owner(i) || neurons.get(i).permit();
    }

    private boolean votes(int i) {
        long age = state.block() - neurons.get(i).lastUpdate();
        return permitted(i) && age <= state.parameters().activityCutoff();
    }

    private double[][] weights() {
        double[][] raw = matrix((i, j) -> {
            boolean counts = permitted(i)
                    && (i != j || owner(i))
                    && neurons.get(i).lastUpdate() > neurons.get(j).registeredAt()
                    && neurons.get(i).earliestCommit() >= neurons.get(j).registeredAt();
            return counts ? neurons.get(i).weights().valueOf(j) : 0;
        });
        return Arrays.stream(raw).map(DoubleYuma::shares).toArray(double[][]::new);
    }

    private double[][] bonds() {
        long lastStep =
                state.lastStepBlock() == 0 ? state.block() - state.parameters().tempo() : state.lastStepBlock() + 1;
        return matrix((i, j) -> neurons.get(j).registeredAt() < lastStep
                ? neurons.get(i).bonds().valueOf(j)
                : 0);
    }

    /** The largest weight that at least kappa of the voting stake supports. */
    private double supportedWeight(double[] voting, double[][] weights, int j, double kappa) {
        List<Integer> voters = IntStream.range(0, n)
                .filter(i -> voting[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> weights[i][j]).reversed())
                .toList();
        double support = 0;
        for (int i : voters) {
            support += voting[i];
            if (support >= kappa) {
                return weights[i][j];
            }
        }
        return voters.isEmpty() ? 0 : weights[voters.getLast()][j];
    }

    @FunctionalInterface
    private interface Element {
        double at(int i);
    }

    @FunctionalInterface
    private interface Entry {
        double at(int i, int j);
    }

    private double[] vector(Element element) {
        return IntStream.range(0, n).mapToDouble(element::at).toArray();
    }

    private double[][] matrix(Entry entry) {
        return IntStream.range(0, n).mapToObj(i -> vector(j -> entry.at(i, j))).toArray(double[][]::new);
    }

    private double sum(Element element) {
        return Arrays.stream(vector(element)).sum();
    }

    private double[][] columnShares(double[][] values) {
        double[] sums = vector(j -> sum(i -> values[i][j]));
        return matrix((i, j) -> sums[j] == 0 ? 0 : values[i][j] / sums[j]);
    }

    private static double[] shares(double[] values) {
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(value -> sum == 0 ? 0 : value / sum).toArray();
    }
}
