package sunpeer.appliance.market.yuma;

/** Units to each uid. Immutable within the package. */
final class Payout {
    final long[] server;
    final long[] validator;
    /** Both together, as the chain records it: normalised and rounded on its own. */
    final long[] combined;

    private Payout(long[] server, long[] validator, long[] combined) {
        this.server = server;
        this.validator = validator;
        this.combined = combined;
    }

    /** Incentive and dividends each sum to about 1, so miners and validators get about half each. */
    static Payout of(long emission, long[] incentive, long[] dividends, Validators validators) {
        long[] combined = incentive.clone();
        for (int i = 0; i < combined.length; i++) {
            combined[i] = Fixed.add(combined[i], dividends[i]);
        }
        long sum = Fixed.sum(combined);
        if (sum == 0) {
            // Nobody agrees on anything: validators are paid by stake, and if none of them is active, everybody is.
            long[] byStake = validators.nobodyVotes() ? validators.stake : validators.activeStake;
            long[] units = units(byStake, emission);
            return new Payout(new long[incentive.length], units, units);
        }
        return new Payout(
                units(Fixed.normaliseBy(incentive, sum), emission),
                units(Fixed.normaliseBy(dividends, sum), emission),
                units(Fixed.normaliseBy(combined, sum), emission));
    }

    private static long[] units(long[] shares, long emission) {
        long[] units = new long[shares.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = Fixed.ofUnits(shares[i], emission);
        }
        return units;
    }
}
