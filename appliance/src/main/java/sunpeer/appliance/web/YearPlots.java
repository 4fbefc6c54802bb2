package sunpeer.appliance.web;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import sunpeer.appliance.schedule.Tier;
import sunpeer.appliance.sim.year.Day;
import sunpeer.appliance.sim.year.Report;

/**
 * The drawings of a simulated year, day by day. A drawing stretches with the screen and its letters do not, as in
 * {@link DayChart}. Pure.
 */
final class YearPlots {
    private static final double[] NICE = {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10};
    private static final int HOURS = 24;
    /** Fewer days are labelled by their date instead of by months. */
    private static final int SHORT_DAYS = 62;

    private static final int SHORT_EVERY = 7;
    /** A bar and the gap beside it. */
    private static final int BAR = 10;

    // From where all work runs to where none does.
    private static final double PRICE_LOW = 0.001;
    private static final double PRICE_HIGH = 1;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);

    private final Report report;
    private final List<Day> days;

    /** What lies upon each other from the bottom up: its kind in the style sheet, its name, its height. */
    private record Layer(String kind, String name, ToDoubleFunction<Day> height) {}

    YearPlots(Report report) {
        this.report = report;
        this.days = report.days();
    }

    /** What a tier brings for each watt-hour, in words. */
    String brings(Tier tier) {
        return Words.number(3, bringsPerWh(tier));
    }

    private double bringsPerWh(Tier tier) {
        double drawW = report.plant().board().activeW() - report.plant().board().restingW();
        return tier.valuePerHour() / drawW;
    }

    Html battery() {
        double reserve = report.plant().reserve();
        Html band = path("soc-band", area(Day::lowestSoc, Day::highestSoc, 1));
        return plot(
                "battery",
                "The battery was down to " + Math.round(100 * report.lowestSoc()) + " % at its lowest.",
                List.of("100 %", "50 %", "0 %"),
                Html.join(List.of(band, level("reserve-line", 1 - reserve))),
                days.size(),
                dates(),
                List.of(
                        key("soc-band", "range of the day"),
                        line("reserve-line", "reserve, " + Math.round(100 * reserve) + " %")));
    }

    Html sun() {
        return stacked(
                "sun",
                " Wh",
                0,
                List.of(
                        new Layer("sun-used", "used", Day::sunWh),
                        new Layer("sun-lost", "turned away: the battery was full", Day::curtailedWh)));
    }

    Html work() {
        List<Layer> layers = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            String name = name(tier);
            layers.add(new Layer("tier-" + name, name, day -> report.workHours(day, tier)));
        }
        layers.add(new Layer("no-power", "without power", Day::darkHours));
        return stacked("work", " h", HOURS, layers);
    }

    /** @param most top of the scale; 0 to take it from the data */
    private Html stacked(String id, String unit, double most, List<Layer> layers) {
        double highest = days.stream()
                .mapToDouble(day -> layers.stream()
                        .mapToDouble(layer -> layer.height().applyAsDouble(day))
                        .sum())
                .max()
                .orElse(1);
        double top = most > 0 ? most : nice(highest);
        List<Html> paths = new ArrayList<>();
        List<Html> keys = new ArrayList<>();
        ToDoubleFunction<Day> below = day -> 0;
        for (Layer layer : layers) {
            ToDoubleFunction<Day> bottom = below;
            ToDoubleFunction<Day> roof =
                    day -> bottom.applyAsDouble(day) + layer.height().applyAsDouble(day);
            paths.add(path(layer.kind(), area(bottom, roof, top)));
            keys.add(key(layer.kind(), layer.name()));
            below = roof;
        }
        return plot(
                id,
                "At most " + Words.number(0, highest) + unit + " on one day.",
                List.of(plain(top) + unit, plain(top / 2) + unit, "0" + unit),
                Html.join(paths),
                days.size(),
                dates(),
                keys);
    }

    Html months() {
        TreeMap<YearMonth, Map<Tier, Double>> values = new TreeMap<>();
        for (Day day : days) {
            Map<Tier, Double> sums =
                    values.computeIfAbsent(YearMonth.from(day.date()), month -> new EnumMap<>(Tier.class));
            for (Tier tier : Tier.values()) {
                sums.merge(tier, report.workHours(day, tier) * tier.valuePerHour(), Double::sum);
            }
        }
        double highest = values.values().stream()
                .mapToDouble(month ->
                        month.values().stream().mapToDouble(value -> value).sum())
                .max()
                .orElse(1);
        double top = nice(highest);
        List<Html> bars = new ArrayList<>();
        List<Html> labels = new ArrayList<>();
        int at = 0;
        for (var month : values.entrySet()) {
            double y = 100;
            for (Tier tier : Tier.values()) {
                double height = 100 * month.getValue().getOrDefault(tier, 0.0) / top;
                y -= height;
                bars.add(Html.of(
                        "<rect class=\"tier-{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                        name(tier),
                        BAR * at + 1,
                        Words.number(2, y),
                        BAR - 2,
                        Words.number(2, height)));
            }
            double x = 100.0 * (at + 0.5) / values.size();
            labels.add(label(x, MONTH.format(month.getKey()), at % 2 == 0));
            at++;
        }
        List<Html> keys = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            keys.add(key("tier-" + name(tier), name(tier)));
        }
        return plot(
                "months",
                "At most " + Words.number(0, highest) + " in a month.",
                List.of(plain(top), plain(top / 2), "0"),
                Html.join(bars),
                BAR * values.size(),
                Html.join(labels),
                keys);
    }

    Html price() {
        StringBuilder line = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < days.size(); i++) {
            double price = days.get(i).pricePerWh();
            if (Double.isNaN(price)) {
                pen = false;
                continue;
            }
            String y = Words.number(1, 100 * depth(price));
            line.append(pen ? 'L' : 'M')
                    .append(i)
                    .append(' ')
                    .append(y)
                    .append('H')
                    .append(i + 1);
            pen = true;
        }
        List<Html> layers = new ArrayList<>();
        List<Html> keys = new ArrayList<>();
        keys.add(line("price-line", "price"));
        for (Tier tier : Tier.values()) {
            String kind = "brings-" + name(tier);
            layers.add(level(kind, depth(bringsPerWh(tier))));
            keys.add(line(kind, "a job that is " + name(tier) + " brings " + brings(tier)));
        }
        layers.add(path("price-line", line.toString()));
        return plot(
                "price",
                "On a scale of powers of ten.",
                List.of("1", "0.03", "0.001"),
                Html.join(layers),
                days.size(),
                dates(),
                keys);
    }

    /** From the top of the scale, which counts powers of ten; 0 to 1. */
    private static double depth(double price) {
        double within = Math.clamp(price, PRICE_LOW, PRICE_HIGH);
        return Math.log(PRICE_HIGH / within) / Math.log(PRICE_HIGH / PRICE_LOW);
    }

    private static String name(Tier tier) {
        return tier.name().toLowerCase(Locale.ROOT);
    }

    private static double nice(double highest) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1e-3, highest))));
        for (double step : NICE) {
            if (step * power >= highest) {
                return step * power;
            }
        }
        return highest;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Words.number(0, number) : Words.number(1, number);
    }

    private String area(ToDoubleFunction<Day> bottom, ToDoubleFunction<Day> roof, double top) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < days.size(); i++) {
            String y = y(roof.applyAsDouble(days.get(i)), top);
            out.append(i == 0 ? "M0 " : "V").append(y).append('H').append(i + 1);
        }
        for (int i = days.size() - 1; i >= 0; i--) {
            out.append('V')
                    .append(y(bottom.applyAsDouble(days.get(i)), top))
                    .append('H')
                    .append(i);
        }
        return out.append('Z').toString();
    }

    private static String y(double value, double top) {
        return Words.number(1, 100 - 100 * Math.clamp(value / top, 0, 1));
    }

    private static Html path(String kind, String drawn) {
        return Html.of("<path class=\"{}\" d=\"{}\"/>", kind, drawn);
    }

    private Html level(String kind, double depth) {
        return path(kind, "M0 " + Words.number(1, 100 * depth) + "H" + days.size());
    }

    private static Html line(String kind, String name) {
        return key(kind, "M0 5H16", name);
    }

    private static Html key(String kind, String name) {
        return key(kind, "M0 0H16V10H0Z", name);
    }

    private static Html key(String kind, String drawn, String name) {
        return Html.of(
                "<li><svg class=\"key\" viewBox=\"0 0 16 10\" aria-hidden=\"true\"><path class=\"{}\" d=\"{}\"/></svg>{}</li>",
                kind,
                drawn,
                name);
    }

    private Html dates() {
        List<Html> labels = new ArrayList<>();
        boolean byMonth = days.size() > SHORT_DAYS;
        int count = 0;
        for (int i = 0; i < days.size(); i++) {
            LocalDate date = days.get(i).date();
            boolean marked = byMonth ? date.getDayOfMonth() == 1 : i % SHORT_EVERY == 0;
            double x = 100.0 * i / days.size();
            if (marked && x < 97) {
                labels.add(label(x, (byMonth ? MONTH : DATE).format(date), count % 2 == 0));
                count++;
            }
        }
        return Html.join(labels);
    }

    private static Html label(double x, String text, boolean major) {
        return Html.of(
                "<g class=\"{}\"><line class=\"tick\" x1=\"{}%\" x2=\"{}%\" y1=\"190\" y2=\"195\"/>"
                        + "<text x=\"{}%\" y=\"211\" text-anchor=\"middle\">{}</text></g>",
                major ? "major" : "minor", Words.number(2, x), Words.number(2, x), Words.number(2, x), text);
    }

    private static Html plot(
            String id, String says, List<String> axis, Html layers, int width, Html labels, List<Html> keys) {
        return Html.of(
                """
                <div class="chart year"><svg class="axis" aria-hidden="true" text-anchor="end"><text x="50" y="14">{}</text>\
                <text x="50" y="104">{}</text><text x="50" y="194">{}</text></svg>\
                <svg class="plot" role="img" aria-labelledby="{}-says"><title id="{}-says">{}</title>{}\
                <svg y="10" width="100%" height="180" viewBox="0 0 {} 100" preserveAspectRatio="none">{}</svg>{}</svg></div>
                <ul class="legend">{}</ul>
                """,
                axis.get(0),
                axis.get(1),
                axis.get(2),
                id,
                id,
                says,
                DayChart.grid(),
                width,
                layers,
                labels,
                Html.join(keys));
    }
}
