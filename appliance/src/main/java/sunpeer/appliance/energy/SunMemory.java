package sunpeer.appliance.energy;

import java.time.LocalDate;
import java.util.List;

/**
 * What was learned of the days at this place. Immutable.
 *
 * @param learnedTo last day that has its place in {@code pairs} or could not be seen; {@link LocalDate#MIN} before the first
 */
public record SunMemory(List<ClearnessHistory.Pair> pairs, LocalDate learnedTo, List<ForecastBlend.Source> sources) {
    public static final SunMemory NONE = new SunMemory(List.of(), LocalDate.MIN, List.of());

    public SunMemory {
        pairs = List.copyOf(pairs);
        sources = List.copyOf(sources);
    }
}
