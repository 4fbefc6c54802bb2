package sunpeer.drivers.profile;

import java.time.Instant;
import java.util.Map;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;

/** From the labelled texts of a talking device to a judged reading. Pure. */
public final class TextJudgement {
    private TextJudgement() {}

    public static ReadResult reading(Instant at, String origin, Profile profile, Map<String, String> fields) {
        Measured measured = new Measured();
        for (Point point : profile.points().values()) {
            if (point.source() instanceof Point.Source.Field(String label)) {
                String text = fields.get(label);
                if (text != null) {
                    measured.decode(point, text);
                }
            }
        }
        if (measured.get(Quantity.BATTERY_V).quality() == Quality.ABSENT) {
            return Judgement.implausible(origin, "no battery voltage in a block of " + fields.size() + " fields");
        }
        return Judgement.reading(at, origin, profile.points(), measured);
    }
}
