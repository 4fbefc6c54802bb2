package sunpeer.appliance.market.yuma;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * How the bonds move in one epoch, and the dividends they pay. Immutable within the package.
 *
 * <p>Called bonds because a validator that supported a miner early keeps a claim on its incentive: this, not voting with the
 * majority, is what pays validators.
 */
final class BondStep {
    /** Proportions to store for the next epoch. */
    final SparseMatrix stored;
    /** By uid; they sum to 1, or are all 0. */
    final long[] dividends;

    private BondStep(SparseMatrix stored, long[] dividends) {
        this.stored = stored;
        this.dividends = dividends;
    }

    /**
     * The step of one epoch.
     *
     * @param weights for bonds: with the bonds penalty already applied
     * @param consensus by uid
     * @param incentive by uid
     * @param activeStake share of the voting stake by uid
     */
    static BondStep of(
            SubnetState state, SparseMatrix weights, long[] consensus, long[] incentive, long[] activeStake) {
        return switch (state.parameters().bondRule()) {
            case BondRule.Classic() -> classic(state, weights, incentive, activeStake);
            case BondRule.Proportional() -> {
                SparseMatrix bonds = validBonds(state, Fixed::ofProportion);
                yield proportional(average(state, weights, bonds), incentive, activeStake);
            }
            case BondRule.LiquidAlpha rule -> {
                SparseMatrix bonds = validBonds(state, Fixed::ofProportion);
                boolean anyConsensus = Arrays.stream(consensus).anyMatch(c -> c != 0);
                SparseMatrix moved = anyConsensus
                        ? LiquidAlphas.move(rule, weights, bonds, consensus)
                        : average(state, weights, bonds);
                yield proportional(moved, incentive, activeStake);
            }
        };
    }

    private static BondStep classic(SubnetState state, SparseMatrix weights, long[] incentive, long[] activeStake) {
        SparseMatrix old = validBonds(state, Fixed::ofU16).columnNormalised();
        SparseMatrix bought =
                weights.map((i, j, weight) -> Fixed.mul(weight, activeStake[i])).columnNormalised();
        SparseMatrix bonds = average(state, bought, old).columnNormalised();
        long[] dividends = Fixed.normalise(bonds.rowSumsWeightedBy(incentive));
        return new BondStep(bonds.columnUpscaled(), dividends);
    }

    private static BondStep proportional(SparseMatrix bonds, long[] incentive, long[] activeStake) {
        long[] claims = bonds.columnNormalised().rowSumsWeightedBy(incentive);
        for (int i = 0; i < claims.length; i++) {
            claims[i] = Fixed.mul(claims[i], activeStake[i]);
        }
        return new BondStep(bonds, Fixed.normalise(claims));
    }

    /** The stored bonds, without those to a peer that took its uid since the last epoch. */
    private static SparseMatrix validBonds(SubnetState state, IntToLongFunction fixedOfU16) {
        List<Neuron> neurons = state.neurons();
        long validFrom = state.bondsValidFrom();
        return SparseMatrix.of(neurons.stream().map(Neuron::bonds).toList(), fixedOfU16)
                .map((i, j, bond) -> validFrom <= neurons.get(j).registeredAt() ? SparseMatrix.REMOVED : bond);
    }

    private static SparseMatrix average(SubnetState state, SparseMatrix observed, SparseMatrix old) {
        long alpha = state.parameters().bondsAlpha();
        // Two products, each floored, then added: rounding the weighted mean once would differ in the last bit.
        return observed.combine(old, (now, before) -> Fixed.mul(alpha, now) + Fixed.mul(Fixed.ONE - alpha, before));
    }
}
