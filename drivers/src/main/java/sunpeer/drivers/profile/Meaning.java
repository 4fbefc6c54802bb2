package sunpeer.drivers.profile;

import java.util.List;
import java.util.Map;
import sunpeer.drivers.ChargeStage;

/** What the raw content of a point stands for. Immutable. */
public sealed interface Meaning {
    /** @param unit unit of the scaled number, {@code ""} for a plain count */
    record Amount(Scaling scaling, String unit) implements Meaning {}

    /** The stage of the charge controller's algorithm. */
    record Stage(Map<Long, ChargeStage> stages) implements Meaning {
        public Stage {
            stages = Map.copyOf(stages);
        }
    }

    /** A number whose values have names. */
    record States(Map<Long, String> texts) implements Meaning {
        public States {
            texts = Map.copyOf(texts);
        }
    }

    /** Flags and small numbers packed together. */
    record Flags(List<BitField> fields) implements Meaning {
        public Flags {
            fields = List.copyOf(fields);
        }
    }

    /** A text as it is. */
    record Text() implements Meaning {}

    /**
     * Bits {@code low} to {@code high}, 0 being the least.
     *
     * @param texts what their number means; a number that is not there is not worth a word when it is 0
     */
    record BitField(int low, int high, Map<Long, String> texts) {
        public BitField {
            texts = Map.copyOf(texts);
        }

        long of(long bits) {
            int width = high - low + 1;
            return (bits >>> low) & (width == Long.SIZE ? -1 : (1L << width) - 1);
        }
    }
}
