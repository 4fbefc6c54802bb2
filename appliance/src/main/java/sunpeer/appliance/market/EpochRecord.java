package sunpeer.appliance.market;

import java.util.List;
import sunpeer.appliance.market.yuma.Outcome;

/**
 * A closed epoch as this program recomputed it. Immutable.
 *
 * @param sheets score sheets that were sequenced in it
 * @param outcomes by uid; empty when nothing was minted
 * @param close the entry that the gateway must have written
 * @param why one sentence for people when nothing was minted, else empty
 */
public record EpochRecord(long epoch, int sheets, List<Outcome> outcomes, Payload.Close close, String why) {
    public EpochRecord {
        outcomes = List.copyOf(outcomes);
    }

    public long rewardMicro(int uid) {
        return uid >= 0 && uid < close.rewardsMicro().size()
                ? close.rewardsMicro().get(uid)
                : 0;
    }
}
