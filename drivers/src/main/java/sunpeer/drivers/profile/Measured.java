package sunpeer.drivers.profile;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;
import sunpeer.drivers.profile.Point.Source;
import sunpeer.drivers.transport.Words;

/** The points of a profile as one poll found them, each judged by itself only. Confined to one poll. */
final class Measured {
    private final Map<Quantity, Value> values = new EnumMap<>(Quantity.class);
    private ChargeStage stage = ChargeStage.UNKNOWN;

    Value get(Quantity quantity) {
        return values.getOrDefault(quantity, Value.ABSENT);
    }

    void put(Quantity quantity, Value value) {
        values.put(quantity, value);
    }

    ChargeStage stage() {
        return stage;
    }

    /** Whether something was measured and all of it is out of range. */
    boolean nothingPlausible() {
        boolean suspect = values.values().stream().anyMatch(value -> value.quality() == Quality.SUSPECT);
        return suspect && values.values().stream().noneMatch(value -> value.quality() == Quality.GOOD);
    }

    /** @param fresh false when the words come from an earlier poll */
    void decode(Point point, Source.Register register, Words words, boolean fresh) {
        long raw = raw(register, words);
        if (point.na().contains(raw)) {
            return;
        }
        if (point.quantity() == Quantity.STAGE) {
            stage = point.stages().getOrDefault(raw, ChargeStage.UNKNOWN);
            return;
        }
        put(point, raw, fresh);
    }

    void decode(Point point, String text) {
        if (point.naText().contains(text)) {
            return;
        }
        Optional<Long> raw = wholeNumber(text);
        if (point.quantity() == Quantity.STAGE) {
            stage = raw.map(point.stages()::get).orElse(ChargeStage.UNKNOWN);
        } else {
            raw.ifPresent(number -> put(point, number, true));
        }
    }

    private static Optional<Long> wholeNumber(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return Optional.empty(); // a field of another firmware: absent is the honest answer
        }
    }

    private void put(Point point, long raw, boolean fresh) {
        // Scales like 0.01 have no exact binary form; rounded so that 1296 x 0.01 prints as 12.96.
        double number = Math.round(raw * point.scale() * 1e6) / 1e6;
        boolean inRange = number >= point.min() && number <= point.max();
        Quality quality = !inRange ? Quality.SUSPECT : fresh ? Quality.GOOD : Quality.STALE;
        values.put(point.quantity(), new Value(number, quality));
    }

    private static long raw(Source.Register register, Words words) {
        int first = words.at(register.address());
        long raw = switch (register.type()) {
            case U16 -> first;
            case S16 -> (short) first;
            case U32 -> pair(register, words) & 0xFFFF_FFFFL;
            case S32 -> (int) pair(register, words);
            case U8HI -> first >> 8;
            case U8LO -> first & 0xFF;
            case SM8HI -> signMagnitude(first >> 8);
            case SM8LO -> signMagnitude(first & 0xFF);
        };
        return (raw & register.mask()) >> register.shift();
    }

    private static long pair(Source.Register register, Words words) {
        int first = words.at(register.address());
        int second = words.at(register.address() + 1);
        return register.lowWordFirst() ? ((long) second << 16) | first : ((long) first << 16) | second;
    }

    private static int signMagnitude(int octet) {
        return (octet & 0x80) == 0 ? octet : -(octet & 0x7F);
    }
}
