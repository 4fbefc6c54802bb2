package sunpeer.drivers.board;

import java.util.List;

/** INA3221 (SBOS576): both values are left-justified by three bits; shunt 40 µV a step, bus 8 mV a step. */
final class Ina3221 implements ShuntSensor {
    private static final int CONFIG = 0;
    private static final int MANUFACTURER = 0xFE;
    private static final int DIE = 0xFF;

    /** All channels, mean of 16, 1.1 ms each, without end. The reset value 0x7127 takes single samples. */
    private static final int SETTING = 0x7527;
    /** Three channels of two values. */
    private static final int CONVERSION_MILLIS = 120;

    private static final int END_MAX = 0x7FF8 >> 3;
    private static final int END_MIN = (short) 0x8000 >> 3;

    private final int channel;
    private boolean identified;

    Ina3221(int channel) {
        this.channel = channel;
    }

    @Override
    public Sample sample(I2cChip chip, double amperePerVolt) throws Unreadable {
        if (!identified) {
            ShuntSensor.identify(chip, MANUFACTURER, DIE, 0xFFFF, 0x3220);
            identified = true;
        }
        chip.settle(CONFIG, SETTING, CONVERSION_MILLIS);
        int shunt = chip.signedWord(2 * channel - 1) >> 3;
        int bus = chip.signedWord(2 * channel) >> 3;
        return new Sample(shunt * 40e-6, shunt < END_MAX && shunt > END_MIN, bus * 8e-3, List.of());
    }
}
