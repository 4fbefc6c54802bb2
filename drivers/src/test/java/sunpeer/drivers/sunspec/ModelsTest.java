package sunpeer.drivers.sunspec;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.sunspec.Model.Group;
import sunpeer.drivers.sunspec.Model.ModelPoint;

/** The table of models, by itself and against the published one. */
class ModelsTest {
    /** What the published table writes for units that are named otherwise here. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("AH", "Ah"),
            Map.entry("WH", "Wh"),
            Map.entry("kAH", "kAh"),
            Map.entry("Secs", "s"),
            Map.entry("Tms", "s"),
            Map.entry("Tmh", "h"),
            Map.entry("Tmd", "d"),
            Map.entry("ohms", "ohm"),
            Map.entry("cos()", ""),
            Map.entry("Pct", "percent"));

    @Test
    void modelsAreWhole() {
        assertThat(Models.known().keySet())
                .containsExactlyInAnyOrder(
                        1, 101, 102, 103, 111, 112, 113, 120, 121, 122, 123, 124, 160, 501, 502, 713, 714, 802, 803,
                        804, 805, 64111, 64112);
        Models.known().values().forEach(model -> {
            check(model, model.points(), Model.HEAD, Model.HEAD + model.length());
            model.group().ifPresent(group -> {
                check(model, group.points(), 0, group.length());
                assertThat(group.count().isEmpty() || model.point(group.count()).isPresent())
                        .as("count of model " + model.number())
                        .isTrue();
            });
        });
    }

    private static void check(Model model, List<ModelPoint> points, int from, int to) {
        int end = from;
        for (ModelPoint point : points) {
            String name = model.number() + "." + point.name();
            boolean twice = name.endsWith(".A_SF") && point.name().startsWith("InputA");
            assertThat(point.register()).as(name).isGreaterThanOrEqualTo(twice ? end - 1 : end);
            assertThat(point.end()).as(name).isLessThanOrEqualTo(to);
            end = point.end();
            if (!point.scaleFactor().isEmpty()) {
                assertThat(model.point(point.scaleFactor()).map(ModelPoint::type))
                        .as(name)
                        .contains(PointType.SUNSSF);
            }
        }
    }

    @Test
    void lengthsOfSomeModels() {
        assertThat(known(160).group().map(Group::length)).contains(20);
        assertThat(known(803).group().map(Group::count)).contains("NStr");
        assertThat(known(802).point("V").map(ModelPoint::register)).contains(34);
        assertThat(known(113).point("DCW").map(ModelPoint::register)).contains(38);
    }

    private static Model known(int number) {
        return Optional.ofNullable(Models.known().get(number)).orElseThrow();
    }

    /** Each register, type, scale factor and unit, if the folder with sunspec_models.json is given. */
    @Test
    void theSameAsPublished() throws IOException, JsonParserException {
        Map<Integer, JsonObject> published = new HashMap<>();
        for (Object element : facts("sunspec_models.json").getArray("models")) {
            JsonObject model = (JsonObject) element;
            published.put(model.getInt("model"), model);
        }
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Model model : Models.known().values()) {
            JsonObject other = published.get(model.number());
            if (other == null) {
                assertThat(model.number()).as("not in the file").isIn(102, 111, 112, 113);
                continue;
            }
            compared += compare(model.number(), model.points(), other.getArray("points"), differences);
            JsonArray repeating = other.getArray("repeating");
            assertThat(repeating.size()).isEqualTo(model.group().isPresent() ? 1 : 0);
            if (model.group().isPresent()) {
                Group group = model.group().get();
                assertThat(group.first()).isEqualTo(repeating.getObject(0).getInt("starts_at"));
                compared += compare(
                        model.number(), group.points(), repeating.getObject(0).getArray("points"), differences);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(500);
    }

    private static int compare(int model, List<ModelPoint> points, JsonArray published, List<String> differences) {
        Map<String, JsonObject> byName = new HashMap<>();
        for (Object element : published) {
            JsonObject point = (JsonObject) element;
            byName.put(point.getString("name"), point);
        }
        int compared = 0;
        for (ModelPoint point : points) {
            JsonObject other = byName.get(point.name());
            if (other == null) {
                assertThat(point.name()).isEqualTo("InputA.A_SF");
                continue;
            }
            compared++;
            String mine = "%d %s %d %s %s"
                    .formatted(point.register(), point.type(), point.words(), point.scaleFactor(), point.unit());
            String theirs = "%d %s %d %s %s"
                    .formatted(
                            other.getInt("off"),
                            other.getString("type").toUpperCase(Locale.ROOT),
                            other.getInt("size"),
                            other.getString("sf", ""),
                            unit(point.name(), other.getString("units", "")));
            if (!mine.equals(theirs)) {
                differences.add(model + "." + point.name() + ": " + mine + " and not " + theirs);
            }
        }
        return compared;
    }

    private static String unit(String point, String published) {
        if (point.equals("WAval")) {
            return "W"; // available watts; the file says var
        }
        String plain = published.strip();
        if (plain.startsWith("%")) {
            return plain.endsWith("/sec") ? "percent/s" : "percent";
        }
        return UNITS.getOrDefault(plain, plain);
    }

    private static JsonObject facts(String name) throws IOException, JsonParserException {
        String folder = System.getProperty("sunpeer.facts");
        Assumptions.assumeTrue(folder != null, "give the folder that holds drivers/" + name + " as -Dsunpeer.facts");
        return JsonParser.object().from(Files.readString(Path.of(String.valueOf(folder), "drivers", name)));
    }
}
