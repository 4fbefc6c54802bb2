package sunpeer.appliance.market.yuma;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Who may validate in this epoch and in the next, and with how much stake. Immutable within the package. */
final class Validators {
    /** Share of the stake by uid; inactive peers and those without permit included. */
    final long[] stake;
    /** Share of the stake that votes in this epoch, by uid. */
    final long[] activeStake;

    final boolean[] active;
    /** Permits as the epoch before granted them: a new peer validates one epoch later. */
    final boolean[] permits;

    final boolean[] newPermits;

    private Validators(long[] stake, boolean[] active, boolean[] permits, boolean[] newPermits) {
        this.stake = stake;
        this.active = active;
        this.permits = permits;
        this.newPermits = newPermits;
        long[] voting = stake.clone();
        for (int i = 0; i < voting.length; i++) {
            voting[i] = active[i] && permits[i] ? voting[i] : 0;
        }
        this.activeStake = Fixed.normalise(voting);
    }

    static Validators of(SubnetState state) {
        int n = state.neurons().size();
        YumaParameters parameters = state.parameters();
        long[] units = new long[n];
        boolean[] active = new boolean[n];
        boolean[] permits = new boolean[n];
        long total = 0;
        for (int i = 0; i < n; i++) {
            Neuron neuron = state.neurons().get(i);
            boolean owner = state.isOwner(i);
            units[i] = owner || neuron.stake() >= parameters.stakeThreshold() ? neuron.stake() : 0;
            total += units[i];
            // Written as a difference because the sum could overflow; at the cutoff itself a peer is still active.
            active[i] = neuron.lastUpdate() >= state.block() - parameters.activityCutoff();
            permits[i] = owner || neuron.permit();
        }
        long[] stake = new long[n];
        for (int i = 0; i < n; i++) {
            stake[i] = Fixed.share(units[i], total);
        }
        return new Validators(stake, active, permits, newPermits(state, stake));
    }

    /** The largest stakes. The sort is stable and the smallest are dropped first, so of equal stakes the lower uid loses. */
    private static boolean[] newPermits(SubnetState state, long[] stake) {
        boolean[] result = new boolean[stake.length];
        int dropped = Math.max(0, stake.length - state.parameters().maxValidators());
        IntStream.range(0, stake.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> stake[i]))
                .skip(dropped)
                .forEach(i -> result[i] = stake[i] != 0);
        state.owner().ifPresent(uid -> result[uid] = true);
        return result;
    }

    boolean nobodyVotes() {
        return Arrays.stream(activeStake).allMatch(share -> share == 0);
    }
}
