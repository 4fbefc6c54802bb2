package sunpeer.appliance.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.schedule.PricePolicy;

/** The past day of a made-up node, and its plan for a fair day and a better one. */
final class SampleCharts {
    private SampleCharts() {}

    static Optional<PricePolicy.Prices> planned(Instant now) {
        List<PricePolicy.Ahead> hours = new ArrayList<>();
        double soc = 0.41;
        Instant first = now.truncatedTo(ChronoUnit.HOURS);
        for (int i = 0; i < 48; i++) {
            Instant start = first.plus(Duration.ofHours(i));
            double height = Math.sin((start.atZone(ZoneOffset.UTC).getHour() - 4) / 16.0 * Math.PI);
            double sun = Math.max(0, (i < 24 ? 42 : 66) * height);
            double board = sun > 20 ? 5.8 : 2.5;
            soc = Math.clamp(soc + (sun - board) / 256, 0.0, 1.0);
            hours.add(new PricePolicy.Ahead(start, board, sun, soc, 0.2 * (1 - soc)));
        }
        return Optional.of(new PricePolicy.Prices(now, 0.093, hours));
    }

    /** A day with clouds, and a hole of two hours. */
    static List<EnergyMonitor.Point> past(Instant to, double end) {
        Random random = new Random(7);
        List<EnergyMonitor.Point> points = new ArrayList<>();
        double soc = 0;
        for (int quarter = 140; quarter >= 0; quarter--) {
            Instant at = to.minus(Duration.ofMinutes(15L * quarter));
            double hour = at.atZone(SampleViews.ZONE).toLocalTime().toSecondOfDay() / 3600.0;
            double clear = Math.max(0, Math.sin(Math.PI * (hour - 5.4) / 15.5));
            double pvW = 130 * clear * clear * (0.35 + 0.65 * random.nextDouble());
            soc += (pvW * 0.085 - 2.2) / 350;
            if (quarter < 68 || quarter > 76) {
                points.add(new EnergyMonitor.Point(at, soc, pvW));
            }
        }
        // The line ends where the estimate stands.
        double shift = end - soc;
        return points.stream()
                .map(point -> new EnergyMonitor.Point(
                        point.at(), Math.clamp(point.socFraction() + shift, 0.05, 1.0), point.pvW()))
                .toList();
    }
}
