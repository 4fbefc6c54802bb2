package sunpeer.appliance.market.yuma;

/**
 * What an epoch says about one uid. Proportions are in 1/65535, floored. Immutable.
 *
 * @param active whether its last sheet is recent enough
 * @param permit whether it may validate until the next epoch
 * @param stakeWeight share of the stake, inactive peers included
 * @param consensus the largest weight that enough stake supports
 * @param incentive share of the miners' half
 * @param dividends share of the validators' half
 * @param validatorTrust how much of its weight was within consensus
 * @param serverEmission units earned as a miner
 * @param validatorEmission units earned as a validator
 * @param emission both together as the chain records it; its own rounding, so it can differ from the sum by a unit
 * @param bonds to store for the next epoch
 */
public record Outcome(
        boolean active,
        boolean permit,
        int stakeWeight,
        int consensus,
        int incentive,
        int dividends,
        int validatorTrust,
        long serverEmission,
        long validatorEmission,
        long emission,
        SparseRow bonds) {}
