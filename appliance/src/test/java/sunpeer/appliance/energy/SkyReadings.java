package sunpeer.appliance.energy;

import java.time.Instant;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** What a controller tells of its panel, and hardly more. */
final class SkyReadings {
    private SkyReadings() {}

    static Reading of(Instant at, Value pvW, ChargeStage stage) {
        return new Reading(
                at,
                "test",
                Value.good(13.2),
                Value.good(1),
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                pvW,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                stage);
    }
}
