package sunpeer.appliance.sim.weather;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Optional;

/** The typical year of PVGIS as JSON; see {@link PvgisCsv}. */
final class PvgisJson {
    private PvgisJson() {}

    static WeatherYear read(Lines lines) throws IOException {
        JsonObject root;
        try {
            root = JsonParser.object().from(lines.text());
        } catch (JsonParserException broken) {
            throw new Where(lines.file(), ":" + broken.getLinePosition())
                    .wrong("no JSON: " + broken.getMessage() + ": download it again");
        }
        JsonObject location = root.getObject("inputs", new JsonObject()).getObject("location", new JsonObject());
        JsonArray hours = root.getObject("outputs", new JsonObject()).getArray("tmy_hourly", new JsonArray());
        if (hours.isEmpty()) {
            throw new Where(lines.file(), "").wrong("no outputs.tmy_hourly in this JSON" + PvgisCsv.WHICH);
        }
        Where site = new Where(lines.file(), ": inputs.location");
        var place = Head.place(site, text(location, "latitude"), text(location, "longitude"));
        double offsetH = location.has("irradiance_time_offset")
                ? site.number("irradiance_time_offset", text(location, "irradiance_time_offset"))
                : 0;
        Series series = new Series(lines.file());
        for (int i = 0; i < hours.size(); i++) {
            Where here = new Where(lines.file(), ": outputs.tmy_hourly[" + i + "]");
            if (!(hours.get(i) instanceof JsonObject hour)) {
                throw here.wrong("is no object: download it again");
            }
            series.add(
                    here,
                    PvgisCsv.timeS(here, text(hour, "time(UTC)")),
                    here.number("G(h)", text(hour, "G(h)")),
                    here.number("Gb(n)", text(hour, "Gb(n)")),
                    here.number("Gd(h)", text(hour, "Gd(h)")),
                    here.number("T2m", text(hour, "T2m")));
        }
        return series.typical(Optional.of(place), ZoneOffset.UTC, PvgisCsv.shiftS(site, offsetH));
    }

    private static String text(JsonObject object, String key) {
        return String.valueOf(object.get(key));
    }
}
