package sunpeer.drivers.board;

import java.util.List;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Fault.Kind;

/**
 * The registers of one kind of chip. The current follows from the shunt's voltage and its resistance and never from the
 * chip's current register, whose calibration a dip of the supply clears.
 */
interface ShuntSensor {
    int MANUFACTURER_TI = 0x5449;

    /**
     * One measurement.
     *
     * @param amperePerVolt what a volt at the shunt means, with its sign
     */
    Sample sample(I2cChip chip, double amperePerVolt) throws Unreadable;

    /**
     * What a chip told.
     *
     * @param shuntV as the chip's inputs are wired
     * @param trusted false when the chip says itself that it could not compute, or shows the end of its range
     * @param details what only this chip has
     */
    record Sample(double shuntV, boolean trusted, double busV, List<Detail> details) {
        public Sample {
            details = List.copyOf(details);
        }
    }

    /** Fails when the registers that name the chip name another one. */
    static void identify(I2cChip chip, int manufacturerRegister, int dieRegister, int dieMask, int die)
            throws Unreadable {
        int manufacturer = chip.word(manufacturerRegister);
        int found = chip.word(dieRegister);
        if (manufacturer != MANUFACTURER_TI || (found & dieMask) != die) {
            throw new Unreadable(
                    Kind.IMPLAUSIBLE,
                    "%s calls itself 0x%04X 0x%04X: that is another chip, correct its name or address"
                            .formatted(chip.where(), manufacturer, found));
        }
    }
}
