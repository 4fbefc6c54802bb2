package sunpeer.appliance.market.yuma;

import java.util.List;

/**
 * The result of one epoch. Immutable.
 *
 * @param outcomes by uid, from 0
 * @param offered units that were to be distributed
 * @param serverSum units earned by miners
 * @param validatorSum units earned by validators
 */
public record EpochResult(List<Outcome> outcomes, long offered, long serverSum, long validatorSum) {
    public EpochResult {
        outcomes = List.copyOf(outcomes);
        if (serverSum < 0 || validatorSum < 0 || serverSum > offered - validatorSum) {
            throw new IllegalStateException(
                    "paid " + serverSum + " + " + validatorSum + " units of " + offered + " offered");
        }
    }

    /** Units that rounding, or a subnet without stake, left over: they belong to the next epoch. */
    public long remainder() {
        return offered - serverSum - validatorSum;
    }
}
