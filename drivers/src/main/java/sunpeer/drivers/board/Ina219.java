package sunpeer.drivers.board;

import java.util.List;
import sunpeer.drivers.Fault.Kind;

/**
 * INA219 (SBOS448): shunt 10 µV a step whatever its range, bus 4 mV a step in bits 15 to 3. It has no register that names
 * it, so all that can be asked is that it is not one of its cousins.
 */
final class Ina219 implements ShuntSensor {
    private static final int CONFIG = 0;
    private static final int SHUNT = 1;
    private static final int BUS = 2;
    private static final int CALIBRATION = 5;
    /** Of INA226 and INA3221, of INA228. */
    private static final List<Integer> COUSINS_MANUFACTURER = List.of(0xFE, 0x3E);

    /** 32 V, ±320 mV, mean of 128 samples of both, without end. */
    private static final int SETTING = 0x3FFF;
    /** Twice 68.1 ms. */
    private static final int CONVERSION_MILLIS = 150;

    private static final int READY = 1 << 1;
    private static final int OVERFLOW = 1;
    private static final int END = 32_000;

    private boolean identified;

    @Override
    public Sample sample(I2cChip chip, double amperePerVolt) throws Unreadable {
        if (!identified) {
            for (int register : COUSINS_MANUFACTURER) {
                if (chip.word(register) == MANUFACTURER_TI) {
                    throw new Unreadable(
                            Kind.IMPLAUSIBLE,
                            chip.where()
                                    + " names its maker, which an INA219 cannot: that is another chip, correct its name or"
                                    + " address");
                }
            }
            identified = true;
        }
        if (chip.settle(CONFIG, SETTING, CONVERSION_MILLIS)) {
            // Not used, and at zero it cannot overflow: the flag then tells of somebody else on this chip.
            chip.write(CALIBRATION, 0);
        }
        int shunt = chip.signedWord(SHUNT);
        int bus = chip.word(BUS);
        if ((bus & READY) == 0) {
            throw new Unreadable(Kind.NO_ANSWER, chip.where() + " has not finished a measurement: try later");
        }
        boolean trusted = (bus & OVERFLOW) == 0 && Math.abs(shunt) < END;
        return new Sample(shunt * 10e-6, trusted, (bus >> 3) * 4e-3, List.of());
    }
}
