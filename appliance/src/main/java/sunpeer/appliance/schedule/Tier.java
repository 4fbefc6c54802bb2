package sunpeer.appliance.schedule;

/** What an hour of a kind of work is worth, in hours of the best work there is; see {@link WorkLadder#TIERS}. */
public enum Tier {
    /** What peers wait for. */
    ESSENTIAL(1.0),
    /** What makes later work better. */
    STANDARD(0.4),
    /** What may as well be left. */
    BACKFILL(0.15);

    private final double valuePerHour;

    Tier(double valuePerHour) {
        this.valuePerHour = valuePerHour;
    }

    public double valuePerHour() {
        return valuePerHour;
    }
}
