package sunpeer.drivers.profile;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import sunpeer.drivers.ChargeStage;

/**
 * One measured quantity of a device family and how it is read. Immutable.
 *
 * @param scale the raw number times this is the value in the quantity's unit
 * @param min lowest value that can be true
 * @param max highest value that can be true
 * @param na raw numbers that mean "not available"
 * @param naText texts that mean "not available"
 * @param coarse the device rounds so much that volts times amperes say more
 * @param stages for the stage only: raw number to the stage's name
 * @param confidence A: vendor text and device captures agree; B: one of the two; C: hearsay
 */
public record Point(
        Quantity quantity,
        Source source,
        double scale,
        double min,
        double max,
        Set<Long> na,
        Set<String> naText,
        boolean coarse,
        Map<Long, ChargeStage> stages,
        String confidence,
        SortedSet<String> sources) {

    public sealed interface Source {
        /**
         * @param shift how far the raw number is moved right, after {@code mask}
         * @param mask bits of the raw number that count; all when -1
         */
        record Register(int function, int address, Type type, boolean lowWordFirst, long mask, int shift)
                implements Source {}

        record Field(String label) implements Source {}
    }

    /** How a number stands in registers. */
    public enum Type {
        U16(1),
        S16(1),
        U32(2),
        S32(2),
        /** High byte, unsigned. */
        U8HI(1),
        /** Low byte, unsigned. */
        U8LO(1),
        /** High byte: bit 7 is the sign, the rest a magnitude; not two's complement. */
        SM8HI(1),
        /** Low byte in sign and magnitude. */
        SM8LO(1);

        private final int words;

        Type(int words) {
            this.words = words;
        }

        public int words() {
            return words;
        }
    }
}
