package sunpeer.drivers.profile;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;

/** The points of a profile as one poll found them. Confined to one poll. */
final class Measured {
    private final Map<Quantity, Value> values = new EnumMap<>(Quantity.class);
    private final Set<Quantity> coarse = EnumSet.noneOf(Quantity.class);
    private final Map<String, Detail> details = new LinkedHashMap<>();
    private ChargeStage stage = ChargeStage.UNKNOWN;

    Value get(Quantity quantity) {
        return values.getOrDefault(quantity, Value.ABSENT);
    }

    void put(Quantity quantity, Value value) {
        values.put(quantity, value);
    }

    void put(Quantity quantity, Value value, boolean rounded) {
        values.put(quantity, value);
        if (rounded) {
            coarse.add(quantity);
        }
    }

    boolean isCoarse(Quantity quantity) {
        return coarse.contains(quantity);
    }

    void put(Detail detail) {
        details.put(detail.name(), detail);
    }

    List<Detail> details() {
        return List.copyOf(details.values());
    }

    void putStage(@Nullable ChargeStage found) {
        stage = found == null ? ChargeStage.UNKNOWN : found;
    }

    ChargeStage stage() {
        return stage;
    }

    /** Whether something was measured and all of it is out of range. */
    boolean nothingPlausible() {
        boolean suspect = values.values().stream().anyMatch(value -> value.quality() == Quality.SUSPECT);
        return suspect && values.values().stream().noneMatch(value -> value.quality() == Quality.GOOD);
    }
}
