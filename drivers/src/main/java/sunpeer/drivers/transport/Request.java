package sunpeer.drivers.transport;

/**
 * One read of registers in a row.
 *
 * @param function 3 for holding registers, 4 for input registers
 */
public record Request(int unit, int function, int address, int count) {
    /** The most registers a Modbus answer can carry. */
    public static final int COUNT_MAX = 125;

    public Request {
        if (unit < 0 || unit > 255 || (function != 3 && function != 4)) {
            throw new IllegalArgumentException("not a register read: unit " + unit + ", function " + function);
        }
        if (address < 0 || count < 1 || count > COUNT_MAX || address + count > 0x1_0000) {
            throw new IllegalArgumentException("no such registers: " + count + " at " + address);
        }
    }

    /** For people: {@code "registers 0x3100..0x3111 (function 4)"}. */
    public String describe() {
        return count == 1
                ? "register 0x%04X (function %d)".formatted(address, function)
                : "registers 0x%04X..0x%04X (function %d)".formatted(address, address + count - 1, function);
    }
}
