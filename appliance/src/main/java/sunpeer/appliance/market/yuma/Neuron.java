package sunpeer.appliance.market.yuma;

/**
 * What the subnet keeps for one uid, as it stands when the epoch begins. Immutable.
 *
 * <p>"Block" is the market's agreed counter; only the order of blocks and their distance to the activity cutoff matter.
 *
 * @param stake in units, not negative
 * @param lastUpdate block of the last weight sheet; a registration counts as one
 * @param registeredAt block at which the present peer took this uid
 * @param permit whether the epoch before this one allowed the uid to validate
 * @param earliestCommit block of the oldest commit that is neither revealed nor expired, or {@link #NO_COMMIT}
 * @param weights the sheet as stored, 0..65535 for each uid it scored
 * @param bonds as the last epoch stored them
 */
public record Neuron(
        long stake,
        long lastUpdate,
        long registeredAt,
        boolean permit,
        long earliestCommit,
        SparseRow weights,
        SparseRow bonds) {
    /** No open commit, or a subnet without commit and reveal. */
    public static final long NO_COMMIT = Long.MAX_VALUE;

    public Neuron {
        if (stake < 0 || lastUpdate < 0 || registeredAt < 0 || earliestCommit < 0) {
            throw new IllegalArgumentException("negative stake or block: " + stake + " units, updated " + lastUpdate
                    + ", registered " + registeredAt + ", committed " + earliestCommit);
        }
    }

    /** A peer that has just registered: it counts as updated now, and has no permit, weights or bonds. */
    public static Neuron registered(long stake, long block) {
        return new Neuron(stake, block, block, false, NO_COMMIT, SparseRow.EMPTY, SparseRow.EMPTY);
    }
}
