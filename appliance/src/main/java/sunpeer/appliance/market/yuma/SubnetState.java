package sunpeer.appliance.market.yuma;

import java.util.List;
import java.util.OptionalInt;

/**
 * Everything an epoch reads, frozen: the same state and emission give the same result on every peer. Immutable.
 *
 * @param block now
 * @param lastStepBlock block of the last epoch, 0 if none has run yet
 * @param owner the uid that always may validate and may vote for itself, if there is one
 * @param neurons by uid, from 0
 * @param parameters of the subnet
 */
public record SubnetState(
        long block, long lastStepBlock, OptionalInt owner, List<Neuron> neurons, YumaParameters parameters) {
    /** The chain's subnets have 256; with this many the sums of u16 integers stay a factor of 8 below the range of a long. */
    public static final int MAX_UIDS = 4_096;

    public SubnetState {
        neurons = List.copyOf(neurons);
        if (block < 0 || lastStepBlock < 0) {
            throw new IllegalArgumentException("negative block: " + block + ", last step " + lastStepBlock);
        }
        if (neurons.size() > MAX_UIDS) {
            throw new IllegalArgumentException(neurons.size() + " uids, more than " + MAX_UIDS);
        }
        if (owner.isPresent() && (owner.getAsInt() < 0 || owner.getAsInt() >= neurons.size())) {
            throw new IllegalArgumentException("no such owner: uid " + owner.getAsInt());
        }
        long total = 0;
        for (Neuron neuron : neurons) {
            total += neuron.stake();
            if (total < 0) {
                throw new IllegalArgumentException("the stakes sum to 2^63 or more");
            }
            requireKnownUids(neuron.weights(), neurons.size());
            requireKnownUids(neuron.bonds(), neurons.size());
        }
    }

    private static void requireKnownUids(SparseRow row, int uids) {
        if (row.size() > 0 && row.uid(row.size() - 1) >= uids) {
            throw new IllegalArgumentException("no such uid: " + row.uid(row.size() - 1) + " of " + uids);
        }
    }

    boolean isOwner(int uid) {
        return owner.isPresent() && owner.getAsInt() == uid;
    }

    /** Bonds to a peer that registered at or after this block belong to its predecessor. */
    long bondsValidFrom() {
        return lastStepBlock == 0 ? Math.max(0, block - parameters.tempo()) : lastStepBlock + 1;
    }
}
