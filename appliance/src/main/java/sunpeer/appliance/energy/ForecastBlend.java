package sunpeer.appliance.energy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Forecasts of days by others, each weighed by how far it has been off before. Who is new counts as no better than the
 * climate; who has been off much hardly counts; a lie costs its teller the weight and never touches the reserve.
 *
 * <p>Confined to one thread; bounded by {@link #SOURCES_MAX} sources and three days for each.
 */
public final class ForecastBlend {
    static final int SOURCES_MAX = 8;
    /** Error of the daily clearness by climate alone, measured over eleven sites: 0.16 to 0.30. */
    private static final double STRANGER_SD = 0.28;
    /** Days that what is assumed of a stranger weighs. */
    private static final double STRANGER_DAYS = 4;
    /** Share by which a day's error moves the mean of an old source: some two months count. */
    private static final double SLOWEST = 1.0 / 60;
    /** No forecast of clouds is better; who seems so has been lucky. */
    private static final double SD_MIN = 0.08;

    /**
     * What is kept of one source.
     *
     * @param meanSquare of its errors, clearness squared
     * @param scored days
     * @param days what it says of today and of days to come, by clearness
     */
    public record Source(String name, double meanSquare, int scored, List<Day> days) {
        public Source {
            days = List.copyOf(days);
            if (!(meanSquare >= 0 && scored >= 0)) {
                throw new IllegalArgumentException("no such source of forecasts: " + name);
            }
        }
    }

    /** A day's clearness as it was told, 0 to about 1.25. */
    public record Day(LocalDate day, double clearness) {}

    private final TreeMap<String, Source> sources = new TreeMap<>();

    public ForecastBlend(List<Source> known) {
        known.forEach(source -> sources.put(source.name(), source));
    }

    public List<Source> sources() {
        return List.copyOf(sources.values());
    }

    /** Takes a forecast; the newest of a source for a day replaces the one before. False when too many others speak too. */
    boolean tell(String name, LocalDate day, double clearness) {
        Source source = sources.getOrDefault(name, new Source(name, STRANGER_SD * STRANGER_SD, 0, List.of()));
        if (!sources.containsKey(name) && sources.size() == SOURCES_MAX) {
            // Who has fallen silent makes room, however good it was.
            boolean room = sources.values().removeIf(known -> known.days().isEmpty());
            if (!room) {
                return false;
            }
        }
        List<Day> days = new ArrayList<>(source.days());
        days.removeIf(known -> known.day().equals(day));
        days.add(new Day(day, clearness));
        sources.put(name, new Source(name, source.meanSquare(), source.scored(), days));
        return true;
    }

    /** A day is over: scores what was said of it and forgets it; NaN when it was not seen. */
    void over(LocalDate day, double clearness) {
        sources.replaceAll((name, source) -> {
            double meanSquare = source.meanSquare();
            int scored = source.scored();
            for (Day told : source.days()) {
                if (told.day().equals(day) && !Double.isNaN(clearness)) {
                    double off = told.clearness() - clearness;
                    meanSquare += (off * off - meanSquare) * Math.max(SLOWEST, 1 / (STRANGER_DAYS + scored + 1));
                    scored++;
                }
            }
            List<Day> left = source.days().stream()
                    .filter(told -> told.day().isAfter(day))
                    .toList();
            return new Source(name, meanSquare, scored, left);
        });
        // Who was never right or wrong has nothing to be remembered.
        sources.values().removeIf(source -> source.days().isEmpty() && source.scored() == 0);
    }

    /** What all say of a day together, each by the inverse of its mean square error. */
    Optional<DayOutlook.Forecast> of(LocalDate day) {
        double weights = 0;
        double sum = 0;
        for (Source source : sources.values()) {
            for (Day told : source.days()) {
                if (told.day().equals(day)) {
                    double weight = 1 / Math.max(SD_MIN * SD_MIN, source.meanSquare());
                    weights += weight;
                    sum += weight * told.clearness();
                }
            }
        }
        if (weights == 0) {
            return Optional.empty();
        }
        // Weather services err together: two are not better than the better one.
        double best = sources.values().stream()
                .filter(source ->
                        source.days().stream().anyMatch(told -> told.day().equals(day)))
                .mapToDouble(Source::meanSquare)
                .min()
                .orElse(STRANGER_SD * STRANGER_SD);
        return Optional.of(new DayOutlook.Forecast(sum / weights, Math.max(SD_MIN, Math.sqrt(best))));
    }
}
