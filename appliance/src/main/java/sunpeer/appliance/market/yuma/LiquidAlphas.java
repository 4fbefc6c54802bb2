package sunpeer.appliance.market.yuma;

/** Liquid alpha: a rate for each pair of validator and miner, by which its bond moves towards its weight. Stateless. */
final class LiquidAlphas {
    private static final long HALF = Fixed.ONE / 2;
    private static final long MINUS_HUNDRED = -100 * Fixed.ONE;

    private LiquidAlphas() {}

    /** The new bonds. A pair without weight has none, whatever it had before: there is no decay here. */
    static SparseMatrix move(BondRule.LiquidAlpha rule, SparseMatrix weights, SparseMatrix bonds, long[] consensus) {
        long low = Fixed.ofProportion(rule.low());
        long high = Fixed.ofProportion(rule.high());
        long steepness = rule.steepness() * Fixed.ONE;
        return weights.map((i, j, weight) -> {
            long bond = bonds.valueAt(i, j);
            long rate = rate(consensus[j], weight, bond, low, high, steepness);
            long kept = Fixed.mul(Fixed.ONE - rate, bond);
            long moved = Math.min(Fixed.ONE, kept + Fixed.mul(rate, weight));
            return moved > 0 ? moved : SparseMatrix.REMOVED;
        });
    }

    /**
     * A rate between low and high: the further a purchase is above consensus, or a bond above its weight, the faster.
     *
     * @param steepness of the sigmoid, in hundredths, as a fixed point number
     */
    static long rate(long consensus, long weight, long bond, long low, long high, long steepness) {
        long distance = weight >= bond ? Fixed.sub(weight, consensus) : Fixed.sub(bond, weight);
        long centred = Math.clamp(distance, 0, Fixed.ONE) - HALF;
        long exponent = Fixed.mul(Fixed.div(steepness, MINUS_HUNDRED), centred);
        long sigmoid = Fixed.div(Fixed.ONE, Fixed.add(Fixed.ONE, Fixed.exp(exponent)));
        long rate = Fixed.add(low, Fixed.mul(sigmoid, Fixed.sub(high, low)));
        return Math.clamp(rate, low, high);
    }
}
