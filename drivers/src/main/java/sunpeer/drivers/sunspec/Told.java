package sunpeer.drivers.sunspec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;

/** The details of one poll by their names. Immutable. */
final class Told {
    private final Map<String, Detail> details = new LinkedHashMap<>();

    Told(List<Detail> details) {
        details.forEach(detail -> this.details.put(detail.name(), detail));
    }

    /** Absent when there is no such point. */
    Value number(String name) {
        Detail detail = details.get(name);
        return detail == null ? Value.ABSENT : detail.value();
    }

    /** Empty when there is no such point. */
    String text(String name) {
        Detail detail = details.get(name);
        return detail == null ? "" : detail.text();
    }

    /** What stands before the point: {@code "160.1"}, {@code "160.2"} for models 160 with a group and its point DCA. */
    List<String> having(String models, String point) {
        Pattern name = Pattern.compile("(" + models + ")\\." + point);
        return details.keySet().stream()
                .map(name::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
    }

    /** As good as the worst of them; absent when one of them is, or there is none. */
    static Value sum(List<Value> values) {
        double sum = 0;
        Quality worst = Quality.GOOD;
        for (Value value : values) {
            sum += value.number();
            worst = worse(worst, value.quality());
        }
        return values.isEmpty() || worst == Quality.ABSENT ? Value.ABSENT : new Value(rounded(sum), worst);
    }

    static Value product(Value one, Value other) {
        Quality worst = worse(one.quality(), other.quality());
        return worst == Quality.ABSENT ? Value.ABSENT : new Value(rounded(one.number() * other.number()), worst);
    }

    private static Quality worse(Quality one, Quality other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static double rounded(double number) {
        return Math.round(number * 1e6) / 1e6;
    }
}
