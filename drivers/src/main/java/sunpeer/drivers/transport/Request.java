package sunpeer.drivers.transport;

import java.util.List;

/** What can be asked of a Modbus device. Immutable; a request that exists can be sent. */
public sealed interface Request {
    int UNIT_MAX = 255;

    int unit();

    /** The Modbus function code. */
    int function();

    /** For people: {@code "registers 0x3100..0x3111 (function 4)"}. */
    String describe();

    /**
     * Registers in a row.
     *
     * @param function 3 for holding registers, 4 for input registers
     */
    record Registers(int unit, int function, int address, int count) implements Request {
        /** The most registers a Modbus answer can carry. */
        public static final int COUNT_MAX = 125;

        public Registers {
            checkUnit(unit);
            if (function != 3 && function != 4) {
                throw new IllegalArgumentException("function " + function + " does not read registers");
            }
            if (address < 0 || count < 1 || count > COUNT_MAX || address + count > 0x1_0000) {
                throw new IllegalArgumentException("no such registers: " + count + " at " + address);
            }
        }

        @Override
        public String describe() {
            return span("register", address, count, function);
        }
    }

    /**
     * Bits in a row.
     *
     * @param function 1 for coils, 2 for discrete inputs
     */
    record Bits(int unit, int function, int address, int count) implements Request {
        /** The most bits a Modbus answer can carry. */
        public static final int COUNT_MAX = 2000;

        public Bits {
            checkUnit(unit);
            if (function != 1 && function != 2) {
                throw new IllegalArgumentException("function " + function + " does not read bits");
            }
            if (address < 0 || count < 1 || count > COUNT_MAX || address + count > 0x1_0000) {
                throw new IllegalArgumentException("no such bits: " + count + " at " + address);
            }
        }

        @Override
        public String describe() {
            return span("bit", address, count, function);
        }
    }

    /** Vendor, model and revision: function 43/14, the basic objects. */
    record Identity(int unit) implements Request {
        public Identity {
            checkUnit(unit);
        }

        @Override
        public int function() {
            return 0x2B;
        }

        @Override
        public String describe() {
            return "its identity (function 43/14)";
        }
    }

    /**
     * One of the few writes that this program is able to send at all.
     *
     * @param words 16 bits each; as many as {@code what} takes
     */
    record Write(int unit, AllowedWrite what, List<Integer> words) implements Request {
        public Write {
            checkUnit(unit);
            words = List.copyOf(words);
            what.check(words);
        }

        @Override
        public int function() {
            return what.function();
        }

        @Override
        public String describe() {
            return "a write of " + what.describe();
        }
    }

    private static void checkUnit(int unit) {
        if (unit < 0 || unit > UNIT_MAX) {
            throw new IllegalArgumentException("no such unit: " + unit);
        }
    }

    private static String span(String what, int address, int count, int function) {
        return count == 1
                ? "%s 0x%04X (function %d)".formatted(what, address, function)
                : "%ss 0x%04X..0x%04X (function %d)".formatted(what, address, address + count - 1, function);
    }
}
