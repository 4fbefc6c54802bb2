package sunpeer.appliance.energy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Finds the hours of the solar day at which something stands between the panel and the sun.
 *
 * <p>An hour is judged only on days that had a clear spell near to it, by the better of those days, and only by its direct
 * light: so clouds do not look like a wall. An hour in which the battery was full counts as open, for then only its cloudy
 * days are seen. Confined to one call.
 */
final class Shade {
    /** Days with a clear spell near the hour that it takes to say anything. */
    private static final int MIN_DAYS = 6;
    /** Quarters that agree with a clear sky one after the other. */
    private static final int SPELL = 6;
    /** Quarters before or after the hour within which that spell must lie. */
    private static final int NEAR = 16;

    private static final double AGREES = 0.10;
    private static final double BETTER_QUANTILE = 0.8;
    /** Brighter is rather a fault of the models than a tree. */
    private static final double SHADED_BELOW = 0.75;
    /** Direct light on the panel below which there is nothing to be shaded. */
    private static final double MIN_DIRECT_WM2 = 150;

    private final PanelModel open;
    private final List<List<Double>> seen = new ArrayList<>();

    private Shade(PanelModel open) {
        this.open = open;
        for (int hour = 0; hour < PanelModel.HOURS; hour++) {
            seen.add(new ArrayList<>());
        }
    }

    /** Share of the direct light that is left, by hour, where {@code open} would be the panel without any shade. */
    static List<Double> directByHour(Collection<List<Quarter>> days, PanelModel open) {
        Shade shade = new Shade(open);
        days.forEach(shade::look);
        return shade.seen.stream().map(Shade::better).toList();
    }

    private void look(List<Quarter> day) {
        boolean[] clear = new boolean[day.size()];
        for (int i = 0; i < clear.length; i++) {
            Quarter quarter = day.get(i);
            double ratio = quarter.bin().meanPvW() / open.clearPowerW(quarter);
            clear[i] = quarter.bin().tellsTheSky() && Math.abs(Math.log(ratio)) < AGREES;
        }
        int first = 0;
        while (first < clear.length) {
            int hour = day.get(first).hour();
            int end = first + 1;
            while (end < clear.length && day.get(end).hour() == hour) {
                end++;
            }
            if (hasSpell(clear, first, end)) {
                share(day.subList(first, end)).ifPresent(seen.get(hour)::add);
            }
            first = end;
        }
    }

    /** Whether there is a clear spell near the quarters from {@code first} up to {@code end}, but outside of them. */
    private static boolean hasSpell(boolean[] clear, int first, int end) {
        int run = 0;
        for (int i = Math.max(0, first - NEAR); i < Math.min(clear.length, end + NEAR); i++) {
            run = clear[i] && (i < first || i >= end) ? run + 1 : 0;
            if (run >= SPELL) {
                return true;
            }
        }
        return false;
    }

    private OptionalDouble share(List<Quarter> hour) {
        return hour.stream()
                .filter(quarter -> directWm2(quarter) >= MIN_DIRECT_WM2)
                .mapToDouble(this::share)
                .average();
    }

    private double directWm2(Quarter quarter) {
        return quarter.position().poaWm2(quarter.clearGhiWm2(), open.panel()) - aroundWm2(quarter);
    }

    private double aroundWm2(Quarter quarter) {
        return quarter.position().poaWm2(quarter.clearGhiWm2(), open.panel(), 0);
    }

    private double share(Quarter quarter) {
        if (!quarter.bin().tellsTheSky()) {
            return 1;
        }
        double clearW = open.clearPowerW(quarter);
        double clearWm2 = directWm2(quarter) + aroundWm2(quarter);
        double poa = clearWm2 * quarter.bin().meanPvW() / clearW;
        return Math.clamp((poa - aroundWm2(quarter)) / directWm2(quarter), 0, 1);
    }

    private static double better(List<Double> days) {
        if (days.size() < MIN_DAYS) {
            return 1;
        }
        double[] sorted = days.stream().mapToDouble(share -> share).sorted().toArray();
        double better = sorted[(int) ((sorted.length - 1) * BETTER_QUANTILE)];
        return better < SHADED_BELOW ? better : 1;
    }
}
