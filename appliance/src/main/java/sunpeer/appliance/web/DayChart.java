package sunpeer.appliance.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.schedule.PricePolicy;

/**
 * Some hours as one drawing, the last day or the two that are planned: state of charge as a line, sun as an area, and where it is
 * planned what the board draws.
 *
 * <p>Three drawings side by side: the outer two hold the axes and have a fixed width, the middle one stretches with the screen and
 * sets its text by percentages, so letters stay sharp and readable from 320 pixels up. Pure.
 */
final class DayChart {
    private static final Duration LAST_DAY = Duration.ofHours(24);

    /** Over a longer hole nothing is drawn: what was not measured is not shown as a straight line. */
    private static final Duration GAP = Duration.ofMinutes(40);

    private static final Duration PLANNED = Duration.ofHours(1);

    private static final double[] NICE_W = {
        10, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 5000, 10_000
    };
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final String id;
    private final String title;
    /** What is said where there is nothing to draw. */
    private final String empty;

    private final Instant from;
    private final Instant to;
    private final ZoneId zone;
    private final Duration gap;
    private final List<EnergyMonitor.Point> points;
    /** What the board is to draw at each point, W; empty where nothing is planned. */
    private final List<Double> loads;

    private final double maxW;

    private DayChart(
            String id,
            String title,
            String empty,
            Instant from,
            Instant to,
            ZoneId zone,
            Duration gap,
            List<EnergyMonitor.Point> points,
            List<Double> loads) {
        this.id = id;
        this.title = title;
        this.empty = empty;
        this.from = from;
        this.to = to;
        this.zone = zone;
        this.gap = gap;
        this.points = points;
        this.loads = loads;
        double sunW = points.stream()
                .mapToDouble(EnergyMonitor.Point::pvW)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double loadW = loads.stream().mapToDouble(load -> load).max().orElse(0);
        this.maxW = nice(Math.max(sunW, loadW));
    }

    /** The last 24 hours as they were measured. */
    static DayChart past(List<EnergyMonitor.Point> all, Instant now, ZoneId zone) {
        Instant from = now.minus(LAST_DAY);
        List<EnergyMonitor.Point> points = all.stream()
                .filter(point ->
                        !point.at().isBefore(from) && !point.at().isAfter(now) && Double.isFinite(point.socFraction()))
                .toList();
        return new DayChart(
                "chart",
                "Battery and sun in the last 24 hours",
                "The chart begins with the first half hour of readings.",
                from,
                now,
                zone,
                GAP,
                points,
                List.of());
    }

    /** The coming hours as they are planned. */
    static DayChart planned(List<PricePolicy.Ahead> hours, ZoneId zone) {
        List<EnergyMonitor.Point> points = hours.stream()
                .map(hour -> new EnergyMonitor.Point(
                        hour.start().plus(PLANNED.dividedBy(2)), hour.socFraction(), hour.harvestW()))
                .toList();
        Instant from = hours.isEmpty() ? Instant.EPOCH : hours.getFirst().start();
        Instant to = hours.isEmpty() ? Instant.EPOCH : hours.getLast().start().plus(PLANNED);
        return new DayChart(
                "ahead",
                "Battery, sun and board as planned for 48 hours",
                "No plan while the battery is unknown.",
                from,
                to,
                zone,
                PLANNED,
                points,
                hours.stream().map(PricePolicy.Ahead::loadW).toList());
    }

    private static double nice(double max) {
        for (double step : NICE_W) {
            if (step >= max) {
                return step;
            }
        }
        return max;
    }

    Html html() {
        if (points.size() < 2) {
            return Html.of("<p class=\"quiet\">{}</p>", empty);
        }
        return Html.of(
                """
                <div class="chart">{}<svg class="plot" role="img" aria-labelledby="{}-title {}-says">\
                <title id="{}-title">{}</title><desc id="{}-says">{}</desc>\
                {}<svg y="10" width="100%" height="180" viewBox="0 0 {} 100" preserveAspectRatio="none">\
                <path class="pv" d="{}"/><path class="load" d="{}"/><path class="soc" d="{}"/></svg>{}</svg>{}</div>\
                <ul class="legend"><li class="key-soc">battery, % (left)</li><li class="key-pv">sun, W (right)</li>{}</ul>
                """,
                axis("soc-axis", 38, "end", "100 %", "50 %", "0 %"),
                id,
                id,
                id,
                title,
                id,
                says(),
                grid(),
                Duration.between(from, to).toMinutes(),
                area(),
                steps(),
                line(),
                times(),
                axis("pv-axis", 5, "start", watts(maxW), watts(maxW / 2), "0 W"),
                loads.isEmpty() ? Html.EMPTY : new Html("<li class=\"key-load\">board, W (right)</li>"));
    }

    private static String watts(double watts) {
        return Words.number(0, watts) + " W";
    }

    private static Html axis(String type, int x, String anchor, String top, String middle, String bottom) {
        return Html.of("""
                <svg class="axis {}" aria-hidden="true" text-anchor="{}"><text x="{}" y="14">{}</text>\
                <text x="{}" y="104">{}</text><text x="{}" y="194">{}</text></svg>""", type, anchor, x, top, x, middle, x, bottom);
    }

    static Html grid() {
        StringBuilder out = new StringBuilder();
        for (int y = 10; y <= 190; y += 45) {
            out.append("<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"" + y + "\" y2=\"" + y + "\"/>");
        }
        return new Html(out.toString());
    }

    private Html times() {
        List<Html> ticks = new ArrayList<>();
        ZonedDateTime hour = from.atZone(zone).truncatedTo(ChronoUnit.HOURS).plusHours(1);
        for (; !hour.toInstant().isAfter(to); hour = hour.plusHours(1)) {
            if (hour.getHour() % (loads.isEmpty() ? 3 : 6) != 0) {
                continue;
            }
            double x =
                    100 * minutes(hour.toInstant()) / Duration.between(from, to).toMinutes();
            ticks.add(Html.of(
                    "<g class=\"{}\"><line class=\"tick\" x1=\"{}%\" x2=\"{}%\" y1=\"190\" y2=\"195\"/>"
                            + "<text x=\"{}%\" y=\"211\" text-anchor=\"middle\">{}</text></g>",
                    hour.getHour() % (loads.isEmpty() ? 6 : 12) == 0 ? "major" : "minor",
                    Words.number(2, x),
                    Words.number(2, x),
                    Words.number(2, x),
                    CLOCK.format(hour)));
        }
        return Html.join(ticks);
    }

    private double minutes(Instant at) {
        return Duration.between(from, at).toSeconds() / 60.0;
    }

    private String x(EnergyMonitor.Point point) {
        return Words.number(0, minutes(point.at()));
    }

    private static double watts(EnergyMonitor.Point point) {
        return Double.isFinite(point.pvW()) ? Math.max(0, point.pvW()) : 0;
    }

    private String line() {
        StringBuilder out = new StringBuilder();
        for (List<EnergyMonitor.Point> run : runs()) {
            char verb = 'M';
            for (EnergyMonitor.Point point : run) {
                double y = 100 - 100 * Math.clamp(point.socFraction(), 0.0, 1.0);
                out.append(verb).append(x(point)).append(' ').append(Words.number(1, y));
                verb = 'L';
            }
        }
        return out.toString();
    }

    private String area() {
        StringBuilder out = new StringBuilder();
        for (List<EnergyMonitor.Point> run : runs()) {
            out.append('M').append(x(run.getFirst())).append(" 100");
            for (EnergyMonitor.Point point : run) {
                out.append('L').append(x(point)).append(' ').append(Words.number(1, 100 - 100 * watts(point) / maxW));
            }
            out.append('L').append(x(run.getLast())).append(" 100Z");
        }
        return out.toString();
    }

    private String steps() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < loads.size(); i++) {
            String y = Words.number(1, 100 - 100 * loads.get(i) / maxW);
            double middle = minutes(points.get(i).at());
            double half = PLANNED.toMinutes() / 2.0;
            out.append(i == 0 ? 'M' : 'L')
                    .append(Words.number(0, middle - half))
                    .append(' ')
                    .append(y);
            out.append('L').append(Words.number(0, middle + half)).append(' ').append(y);
        }
        return out.toString();
    }

    private List<List<EnergyMonitor.Point>> runs() {
        List<List<EnergyMonitor.Point>> runs = new ArrayList<>();
        Instant last = Instant.MIN;
        for (EnergyMonitor.Point point : points) {
            if (runs.isEmpty() || point.at().isAfter(last.plus(gap))) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(point);
            last = point.at();
        }
        return runs;
    }

    private String says() {
        Comparator<EnergyMonitor.Point> byCharge = Comparator.comparingDouble(EnergyMonitor.Point::socFraction);
        EnergyMonitor.Point low = points.stream().min(byCharge).orElseThrow();
        EnergyMonitor.Point high = points.stream().max(byCharge).orElseThrow();
        EnergyMonitor.Point sun =
                points.stream().max(Comparator.comparingDouble(DayChart::watts)).orElseThrow();
        return String.format(
                Locale.ROOT,
                "Battery between %.0f %% at %s and %.0f %% at %s, %s %.0f %%; most sun %.0f W at %s.",
                100 * low.socFraction(),
                CLOCK.format(low.at().atZone(zone)),
                100 * high.socFraction(),
                CLOCK.format(high.at().atZone(zone)),
                loads.isEmpty() ? "now" : "at last",
                100 * points.getLast().socFraction(),
                watts(sun),
                CLOCK.format(sun.at().atZone(zone)));
    }
}
