package sunpeer.appliance.energy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the node may count on right now. Immutable. */
public sealed interface Supply {
    /**
     * Nothing may be concluded.
     *
     * @param starting there has been no time yet to know more
     * @param why one sentence for people
     */
    record Unknown(boolean starting, String why) implements Supply {}

    /**
     * The battery is known.
     *
     * @param capacityWh of the whole battery as it is believed to be, at its temperature
     * @param reserve fraction that only the always-on base load may touch
     * @param surplus the controller turns sun away because the battery is full
     * @param nextSunrise null where none comes for a year
     */
    record Known(
            SocEstimate soc,
            double capacityWh,
            double reserve,
            boolean sunUp,
            boolean surplus,
            @Nullable Instant nextSunrise)
            implements Supply {
        /** The fraction that is there with some certainty. */
        public double cautious() {
            return soc.cautious();
        }
    }
}
