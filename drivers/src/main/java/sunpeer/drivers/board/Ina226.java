package sunpeer.drivers.board;

import java.util.List;

/** INA226 (SBOS547): shunt 2.5 µV a step, bus 1.25 mV a step. */
final class Ina226 implements ShuntSensor {
    private static final int CONFIG = 0;
    private static final int SHUNT = 1;
    private static final int BUS = 2;
    private static final int CALIBRATION = 5;
    private static final int MASK = 6;
    private static final int MANUFACTURER = 0xFE;
    private static final int DIE = 0xFF;

    /** Mean of 16, 1.1 ms each, both without end. The reset value 0x4127 takes single samples. */
    private static final int SETTING = 0x4527;

    private static final int CONVERSION_MILLIS = 40;
    private static final int OVERFLOW = 1 << 2;

    private boolean identified;

    @Override
    public Sample sample(I2cChip chip, double amperePerVolt) throws Unreadable {
        if (!identified) {
            ShuntSensor.identify(chip, MANUFACTURER, DIE, 0xFFF0, 0x2260);
            identified = true;
        }
        if (chip.settle(CONFIG, SETTING, CONVERSION_MILLIS)) {
            // Not used, and at zero it cannot overflow: the flag then tells of somebody else on this chip.
            chip.write(CALIBRATION, 0);
        }
        int shunt = chip.signedWord(SHUNT);
        int bus = chip.word(BUS);
        boolean overflow = (chip.word(MASK) & OVERFLOW) != 0;
        boolean atEnd = shunt == Short.MAX_VALUE || shunt == Short.MIN_VALUE;
        return new Sample(shunt * 2.5e-6, !overflow && !atEnd, (bus & 0x7FFF) * 1.25e-3, List.of());
    }
}
