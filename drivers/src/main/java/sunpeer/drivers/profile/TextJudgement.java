package sunpeer.drivers.profile;

import java.time.Instant;
import java.util.Map;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;

/** From the labelled texts of a talking device to a judged reading. Pure. */
public final class TextJudgement {
    private TextJudgement() {}

    public static ReadResult reading(Instant at, String origin, Profile profile, Map<String, String> fields) {
        Measured measured = Decoding.decode(profile.points(), Samples.ofFields(fields));
        if (measured.get(Quantity.BATTERY_V).quality() == Quality.ABSENT) {
            return Judgement.implausible(
                    origin, profile.kind(), "no battery voltage in a block of " + fields.size() + " fields");
        }
        return Judgement.reading(at, origin, profile.kind(), measured);
    }
}
