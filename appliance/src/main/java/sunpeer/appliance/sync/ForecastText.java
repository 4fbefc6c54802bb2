package sunpeer.appliance.sync;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import sunpeer.appliance.energy.ToldForecast;

/**
 * Somebody's forecast of a day's sun, as it arrives on {@code sunpeer/1/ID/forecast}.
 *
 * <p>A JSON object: {@code source}, the name under which its errors are counted; {@code day}, as 2026-06-21 by the date at the
 * place; and one of {@code clearness} (share of a clear day, 0 to 1.2), {@code panel_wh} (energy of this node's panel in the day,
 * Wh) or {@code ghi_wh_m2} (sun on the horizontal in the day, Wh/m²). Other keys are ignored. Anybody who may write to the
 * broker may send one: a wrong one is found out by the day itself, and counts for less from then on.
 */
final class ForecastText {
    /** Far more than a forecast needs. */
    private static final int BYTES_MAX = 2000;

    private ForecastText() {}

    /** @throws IllegalArgumentException with a sentence for people */
    static ToldForecast parse(String text) {
        if (text.length() > BYTES_MAX) {
            throw new IllegalArgumentException("longer than " + BYTES_MAX + " characters");
        }
        JsonObject json;
        LocalDate day;
        try {
            json = JsonParser.object().from(text);
            day = LocalDate.parse(json.getString("day", ""));
        } catch (JsonParserException notJson) {
            throw new IllegalArgumentException("not a JSON object", notJson);
        } catch (DateTimeException noDate) {
            throw new IllegalArgumentException("\"day\" is no date such as \"2026-06-21\"", noDate);
        }
        String source = json.getString("source", "");
        if (!source.matches("[A-Za-z0-9._ -]{1,32}")) {
            throw new IllegalArgumentException("\"source\" is no name of 1 to 32 letters, digits, . _ - or spaces");
        }
        List<String> given = List.of("clearness", "panel_wh", "ghi_wh_m2").stream()
                .filter(json::isNumber)
                .toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("give one number of \"clearness\", \"panel_wh\" and \"ghi_wh_m2\"");
        }
        String key = given.getFirst();
        ToldForecast.Kind kind = switch (key) {
            case "clearness" -> ToldForecast.Kind.CLEARNESS;
            case "panel_wh" -> ToldForecast.Kind.PANEL_WH;
            default -> ToldForecast.Kind.HORIZONTAL_WH_M2;
        };
        return new ToldForecast(source, day, kind, json.getDouble(key));
    }
}
