package sunpeer.appliance.market.yuma;

import java.util.ArrayList;
import java.util.List;

/** One epoch of Yuma consensus, as the chain runs it on sparse weights. Pure and stateless. */
public final class Epoch {
    private Epoch() {}

    /**
     * Runs an epoch.
     *
     * @param state of the subnet when the epoch begins; it is not changed
     * @param emission units to distribute, not negative
     */
    public static EpochResult run(SubnetState state, long emission) {
        if (emission < 0) {
            throw new IllegalArgumentException("emission of " + emission + " units");
        }
        YumaParameters parameters = state.parameters();
        Validators validators = Validators.of(state);
        SparseMatrix weights = countedWeights(state, validators.permits);
        long[] consensus =
                WeightedMedian.ofColumns(weights, validators.activeStake, Fixed.ofProportion(parameters.kappa()));
        SparseMatrix clipped = weights.map((i, j, weight) -> clip(weight, consensus[j]));
        long[] incentive = Fixed.normalise(clipped.columnSumsWeightedBy(validators.activeStake));
        SparseMatrix weightsForBonds = penalise(weights, clipped, Fixed.ofProportion(parameters.bondsPenalty()));
        BondStep bonds = BondStep.of(state, weightsForBonds, consensus, incentive, validators.activeStake);
        Payout payout = Payout.of(emission, incentive, bonds.dividends, validators);

        long[] trust = clipped.rowSums();
        List<Outcome> outcomes = new ArrayList<>(trust.length);
        for (int i = 0; i < trust.length; i++) {
            outcomes.add(new Outcome(
                    validators.active[i],
                    validators.newPermits[i],
                    Fixed.proportionToU16(validators.stake[i]),
                    Fixed.proportionToU16(consensus[i]),
                    Fixed.proportionToU16(incentive[i]),
                    Fixed.proportionToU16(bonds.dividends[i]),
                    Fixed.proportionToU16(trust[i]),
                    payout.server[i],
                    payout.validator[i],
                    payout.combined[i],
                    validators.newPermits[i] ? bonds.stored.toProportions(i) : SparseRow.EMPTY));
        }
        return new EpochResult(outcomes, emission, Fixed.sum(payout.server), Fixed.sum(payout.validator));
    }

    /** The weights that count in this epoch, each row summing to 1. */
    private static SparseMatrix countedWeights(SubnetState state, boolean[] permits) {
        List<Neuron> neurons = state.neurons();
        return SparseMatrix.of(neurons.stream().map(Neuron::weights).toList(), Fixed::ofU16)
                .map((i, j, weight) -> {
                    boolean selfVote = i == j && !state.isOwner(i);
                    return permits[i] && !selfVote && meantFor(neurons.get(i), neurons.get(j))
                            ? weight
                            : SparseMatrix.REMOVED;
                })
                .rowNormalised();
    }

    /**
     * Whether the vote was for the peer that holds the uid now, and not for its predecessor.
     *
     * <p>A revealed sheet is newer than the decision in it. So with commits open, what counts is when the oldest was made.
     */
    private static boolean meantFor(Neuron voter, Neuron target) {
        return voter.lastUpdate() > target.registeredAt() && voter.earliestCommit() >= target.registeredAt();
    }

    private static long clip(long weight, long consensus) {
        if (weight <= consensus) {
            return weight;
        }
        return consensus > 0 ? consensus : SparseMatrix.REMOVED;
    }

    /** The weights that buy bonds: what exceeds the consensus is lost in proportion to the penalty. */
    private static SparseMatrix penalise(SparseMatrix weights, SparseMatrix clipped, long penalty) {
        // At the two ends the chain takes a matrix as it is, with its explicit zeros; between them it keeps none.
        if (penalty == 0) {
            return weights;
        }
        if (penalty == Fixed.ONE) {
            return clipped;
        }
        return weights.combine(clipped, (full, cut) -> full + Fixed.mul(penalty, cut - full));
    }
}
