package sunpeer.appliance.market.yuma;

/** How bonds follow weights, and what they pay. Immutable. */
public sealed interface BondRule {
    /** The chain's default: bonds are shares of a miner, bought with stake times weight; they alone make the dividend. */
    record Classic() implements BondRule {}

    /** Yuma 3: each bond follows its own weight at one rate; stake enters only into the dividend. */
    record Proportional() implements BondRule {}

    /**
     * Yuma 3 with liquid alpha: the rate of each bond grows with its distance to the consensus (buying) or to the weight
     * (selling).
     *
     * @param low slowest rate in 1/65535, at least {@link #RATE_MIN}
     * @param high fastest rate in 1/65535, not below {@code low}
     * @param steepness of the sigmoid between them, in hundredths
     */
    record LiquidAlpha(int low, int high, int steepness) implements BondRule {
        /** Rates of 0.7 to 0.9, steepness 10. */
        public static final LiquidAlpha CHAIN_DEFAULT = new LiquidAlpha(45_875, 58_982, 1_000);

        /** 1/40, below which the chain accepts no rate. */
        public static final int RATE_MIN = 1_638;

        public LiquidAlpha {
            if (low < RATE_MIN || high < low || high > Fixed.U16_MAX) {
                throw new IllegalArgumentException("rates " + low + " to " + high);
            }
            if (steepness < Short.MIN_VALUE || steepness > Short.MAX_VALUE) {
                throw new IllegalArgumentException("steepness " + steepness);
            }
        }
    }
}
