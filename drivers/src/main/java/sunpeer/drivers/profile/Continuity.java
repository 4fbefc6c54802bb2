package sunpeer.drivers.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Value;

/**
 * Doubts what jumps: a battery does not change by volts in seconds, and a lifetime counter does not fall. What is doubted once
 * and seen again is believed. Confined to the thread that owns the wire.
 */
final class Continuity {
    /** After a longer silence anything may have happened. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final double VOLTS_PER_10_S = 2;
    /** A battery of 48 V moves by more volts than one of 12 V. */
    private static final double VOLTAGE_SHARE = 0.1;

    private static final double SOC_PER_MINUTE = 10;
    /** Devices count in steps of up to 1 kWh, and nothing that is read here yields more within the time that is remembered. */
    private static final double ENERGY_RISE_MAX_WH = 5000;

    private static final class Seen {
        private double number;
        private Instant at;
        private @Nullable Double doubted;

        Seen(double number, Instant at) {
            this.number = number;
            this.at = at;
        }
    }

    // for this connection
    private final Map<Quantity, Seen> seen = new EnumMap<>(Quantity.class);

    void forget() {
        seen.clear();
    }

    void judge(Measured measured, Instant now) {
        judge(Quantity.BATTERY_V, measured, now);
        judge(Quantity.CONTROLLER_SOC, measured, now);
        judge(Quantity.PV_ENERGY_TOTAL, measured, now);
    }

    private void judge(Quantity quantity, Measured measured, Instant now) {
        Value value = measured.get(quantity);
        if (!value.isGood()) {
            return;
        }
        double number = value.number();
        Seen last = seen.get(quantity);
        Duration passed = last == null ? REMEMBERED : Duration.between(last.at, now);
        boolean comparable = last != null && passed.isPositive() && passed.compareTo(REMEMBERED) < 0;
        if (last != null && comparable && !follows(quantity, last.number, number, passed)) {
            boolean again = last.doubted != null && follows(quantity, last.doubted, number, passed);
            last.doubted = again ? null : Double.valueOf(number);
            if (!again) {
                measured.put(quantity, Value.suspect(number));
                return;
            }
        }
        seen.put(quantity, new Seen(number, now));
    }

    private static boolean follows(Quantity quantity, double before, double after, Duration passed) {
        double seconds = passed.toMillis() / 1000.0;
        double step = Math.abs(after - before);
        return switch (quantity) {
            case BATTERY_V -> step <= Math.max(VOLTS_PER_10_S, VOLTAGE_SHARE * before) * Math.max(1, seconds / 10);
            case CONTROLLER_SOC -> step <= SOC_PER_MINUTE * Math.max(1, seconds / 60);
            case PV_ENERGY_TOTAL -> after >= before && step <= ENERGY_RISE_MAX_WH;
            default -> true;
        };
    }
}
