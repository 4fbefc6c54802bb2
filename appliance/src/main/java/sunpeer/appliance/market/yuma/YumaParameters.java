package sunpeer.appliance.market.yuma;

/**
 * The hyper-parameters of a subnet that the epoch needs, in the chain's own units. Immutable.
 *
 * @param kappa share of the stake that must support a weight for it to count, in 1/65535
 * @param bondsPenalty how much of a weight above consensus is lost to the bonds, in 1/65535: 0 nothing, 65535 all
 * @param bondsMovingAverage what a bond keeps in an epoch, in millionths
 * @param activityCutoff blocks after the last sheet at which a validator stops counting
 * @param stakeThreshold units below which a stake counts as none; the owner is exempt
 * @param maxValidators how many permits an epoch grants, the owner's not counted
 * @param tempo blocks between epochs; used only as long as no epoch has run
 * @param bondRule how bonds move and pay
 */
public record YumaParameters(
        int kappa,
        int bondsPenalty,
        int bondsMovingAverage,
        long activityCutoff,
        long stakeThreshold,
        int maxValidators,
        long tempo,
        BondRule bondRule) {
    /** What a subnet of the chain begins with; 5000 blocks of cutoff is what its factor gives at a tempo of 360. */
    public static final YumaParameters CHAIN_DEFAULT =
            new YumaParameters(32_767, 65_535, 900_000, 5_000, 0, 128, 360, new BondRule.Classic());

    private static final int MILLION = 1_000_000;

    public YumaParameters {
        if (kappa < 0 || kappa > Fixed.U16_MAX || bondsPenalty < 0 || bondsPenalty > Fixed.U16_MAX) {
            throw new IllegalArgumentException("not u16: kappa " + kappa + ", bonds penalty " + bondsPenalty);
        }
        if (bondsMovingAverage < 0 || bondsMovingAverage > MILLION) {
            throw new IllegalArgumentException("bonds moving average " + bondsMovingAverage + " millionths");
        }
        if (activityCutoff < 0 || stakeThreshold < 0 || maxValidators < 0 || tempo < 0) {
            throw new IllegalArgumentException("negative: cutoff " + activityCutoff + ", threshold " + stakeThreshold
                    + ", validators " + maxValidators + ", tempo " + tempo);
        }
    }

    /** The same with another kappa; in small clusters 1/2 less the largest stake share is the safe one. */
    public YumaParameters withKappa(int kappaU16) {
        return new YumaParameters(
                kappaU16,
                bondsPenalty,
                bondsMovingAverage,
                activityCutoff,
                stakeThreshold,
                maxValidators,
                tempo,
                bondRule);
    }

    /** The weight of the new observation in the moving average of the bonds, as a fixed point number. */
    long bondsAlpha() {
        return Fixed.ONE - ((long) bondsMovingAverage << Fixed.FRACTION_BITS) / MILLION;
    }
}
