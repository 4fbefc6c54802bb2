package sunpeer.drivers.board;

import com.pi4j.io.i2c.I2C;
import sunpeer.drivers.Fault.Kind;

/** A chip at its address, in the terms of datasheets: registers, big end first. Confined to the thread that owns the bus. */
final class I2cChip implements AutoCloseable {
    private final Kernel kernel;
    private final I2C i2c;
    private final String where;

    /** @param where chip and bus, for people */
    I2cChip(Kernel kernel, I2C i2c, String where) {
        this.kernel = kernel;
        this.i2c = i2c;
        this.where = where;
    }

    String where() {
        return where;
    }

    @FunctionalInterface
    private interface Exchange {
        int run();
    }

    private void exchange(Exchange exchange) throws Unreadable {
        try {
            exchange.run();
        } catch (RuntimeException failed) {
            throw Unreadable.of(failed, where, "i2c");
        }
    }

    int word(int register) throws Unreadable {
        return (int) number(register, 2);
    }

    int signedWord(int register) throws Unreadable {
        return (short) word(register);
    }

    /** @param count up to 5 bytes: an unsigned number */
    long number(int register, int count) throws Unreadable {
        byte[] got = new byte[count];
        exchange(() -> i2c.readRegister(register, got, 0, count));
        long number = 0;
        for (byte octet : got) {
            number = (number << 8) | (octet & 0xFF);
        }
        return number;
    }

    void write(int register, int word) throws Unreadable {
        byte[] data = {(byte) (word >> 8), (byte) word};
        exchange(() -> i2c.writeRegister(register, data, 0, data.length));
    }

    void command(byte... command) throws Unreadable {
        exchange(() -> i2c.write(command, 0, command.length));
    }

    byte[] answer(int count) throws Unreadable {
        byte[] got = new byte[count];
        exchange(() -> i2c.read(got, 0, count));
        return got;
    }

    void pause(int millis) {
        kernel.pause(millis);
    }

    /**
     * Makes sure that a register holds what we want there. A chip that lost power forgets it and goes on measuring with
     * its defaults, so this is asked at every reading.
     *
     * @param conversionMillis time until the first result under the new setting
     * @return whether it had to be written
     */
    boolean settle(int register, int wanted, int conversionMillis) throws Unreadable {
        if (word(register) == wanted) {
            return false;
        }
        write(register, wanted);
        int got = word(register);
        if (got != wanted) {
            throw new Unreadable(
                    Kind.IMPLAUSIBLE,
                    "%s does not keep its setting (0x%04X written, 0x%04X read): is it another chip?"
                            .formatted(where, wanted, got));
        }
        pause(conversionMillis);
        return true;
    }

    @Override
    public void close() {
        i2c.close();
    }
}
