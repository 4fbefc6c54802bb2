package sunpeer.drivers.profile;

import java.util.List;

/** Where the content of a point comes from. Immutable. */
public sealed interface Source {
    /**
     * Registers, or one bit.
     *
     * @param function 1 to 4: the function that reads it
     * @param words registers it takes
     * @param lowWordFirst for numbers of two registers and more
     * @param lowByteFirst for letters only
     * @param mask bits of the raw number that count; all when -1, else the number is unsigned
     * @param shift how far the raw number is moved right, after {@code mask}
     * @param octets for versions only: which bytes are shown
     */
    record Register(
            int function,
            int address,
            Type type,
            int words,
            boolean lowWordFirst,
            boolean lowByteFirst,
            long mask,
            int shift,
            List<Integer> octets)
            implements Source {
        public Register {
            octets = List.copyOf(octets);
        }

        /** A plain number, for profiles that are made in code. */
        public static Register number(int function, int address, Type type, boolean lowWordFirst) {
            return new Register(function, address, type, type.words(), lowWordFirst, false, -1, 0, List.of());
        }

        /** Letters with the high byte first, for profiles that are made in code. */
        public static Register letters(int function, int address, int words) {
            return new Register(function, address, Type.ASCII, words, false, false, -1, 0, List.of());
        }

        Register movedBy(int registers) {
            return new Register(
                    function, address + registers, type, words, lowWordFirst, lowByteFirst, mask, shift, octets);
        }
    }

    /** A labelled text of a device that talks by itself. */
    record Field(String label, Notation notation) implements Source {}

    /** How a field is written. */
    enum Notation {
        DECIMAL,
        /** {@code 0xA053} or {@code A053}. */
        HEXADECIMAL,
        TEXT
    }
}
