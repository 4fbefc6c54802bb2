package sunpeer.appliance.sim;

import java.time.Instant;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;

/** Light and air over one place at any moment. Implementations are immutable and thread-safe. */
public interface Sky {
    Place place();

    /** Light in the plane of the panel, W/m². */
    double poaWm2(Instant at, Panel panel);

    /** Temperature of the air in the shade. */
    double airC(Instant at);
}
