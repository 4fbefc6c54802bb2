package sunpeer.appliance.cli;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.Locale;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** What a device said, for programs: one object on one line. Pure. */
final class ReadingJson {
    private ReadingJson() {}

    static String of(ReadResult.Ok read) {
        Reading reading = read.reading();
        JsonStringWriter json = JsonWriter.string()
                .object()
                .value("at", reading.at().toString())
                .value("origin", reading.origin())
                .value("stage", word(reading.stage()));
        List<Detail> values = reading.values();
        values.forEach(detail -> number(json, detail.name(), detail.value()));
        json.object("quality");
        values.stream()
                .filter(detail -> !detail.value().isGood())
                .forEach(detail -> json.value(detail.name(), word(detail.value().quality())));
        json.end().object("details");
        read.details().forEach(detail -> detail(json, detail));
        return json.end().end().done();
    }

    private static void detail(JsonStringWriter json, Detail detail) {
        json.object(detail.name());
        Value value = detail.value();
        boolean bareText = value.quality() == Quality.ABSENT && !detail.text().isEmpty();
        if (!bareText) {
            number(json, "value", value);
        }
        if (!detail.unit().isEmpty()) {
            json.value("unit", detail.unit());
        }
        if (!detail.text().isEmpty()) {
            json.value("text", detail.text());
        }
        json.value("quality", bareText ? "good" : word(value.quality())).end();
    }

    private static void number(JsonStringWriter json, String name, Value value) {
        if (value.quality() == Quality.ABSENT) {
            json.nul(name);
        } else {
            json.value(name, value.number());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
