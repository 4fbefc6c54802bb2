package sunpeer.drivers.board;

/**
 * Where a shunt monitor is and what its numbers mean.
 *
 * @param bus name of the bus, see {@link BoardModel#i2cBus}; its number is found at each open
 * @param address 0x40 to 0x4F, on an INA3221 to 0x43
 * @param channel 1, on an INA3221 to 3
 * @param shuntOhm resistance of the shunt, 0.00001 to 1
 * @param positive which way the current flows when the chip shows it as positive
 */
public record ShuntAddress(ShuntChip chip, String bus, int address, int channel, double shuntOhm, Positive positive) {
    private static final double SHUNT_OHM_MIN = 1e-5;
    private static final double SHUNT_OHM_MAX = 1;

    /** Follows from which end of the shunt is wired to the chip's plus input. */
    public enum Positive {
        CHARGE(1),
        DISCHARGE(-1);

        private final int sign;

        Positive(int sign) {
            this.sign = sign;
        }
    }

    public ShuntAddress {
        require(chip.hasAddress(address), "an " + chip + " has no address 0x" + Integer.toHexString(address));
        require(chip.hasChannel(channel), "an " + chip + " has no channel " + channel);
        require(
                shuntOhm >= SHUNT_OHM_MIN && shuntOhm <= SHUNT_OHM_MAX,
                "a shunt of " + shuntOhm + " ohm is not in 0.00001..1");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Ampere into the battery per volt at the chip's inputs. */
    double amperePerVolt() {
        return positive.sign / shuntOhm;
    }

    String describe() {
        return "%s at 0x%02X on %s%s".formatted(chip, address, bus, chip.hasChannel(2) ? ", channel " + channel : "");
    }
}
