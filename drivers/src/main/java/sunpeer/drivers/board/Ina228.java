package sunpeer.drivers.board;

import java.util.List;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;

/**
 * INA228 (SBOSA20): 20 bits in the upper end of 24, the shunt's signed, the bus's not; a charge counter of 40 signed bits
 * and an energy counter of 40 unsigned ones, which run on while the computer sleeps as long as the chip has power.
 */
final class Ina228 implements ShuntSensor {
    private static final int CONFIG = 0x00;
    private static final int ADC_CONFIG = 0x01;
    private static final int SHUNT_CAL = 0x02;
    private static final int SHUNT = 0x04;
    private static final int BUS = 0x05;
    private static final int DIE_TEMPERATURE = 0x06;
    private static final int ENERGY = 0x09;
    private static final int CHARGE = 0x0A;
    private static final int DIAGNOSIS = 0x0B;
    private static final int MANUFACTURER = 0x3E;
    private static final int DEVICE = 0x3F;

    /** Range ±163.84 mV. */
    private static final int SETTING = 0x0000;

    private static final int CLEAR_COUNTERS = 1 << 14;
    /** Shunt, bus and die without end, mean of 16, 1052 µs each. The reset value 0xFB68 takes single samples. */
    private static final int ADC_SETTING = 0xFB6A;

    private static final int CONVERSION_MILLIS = 60;
    /**
     * 13107.2e6 · current_lsb · R with current_lsb = 312.5 nV / R: the same for every shunt, and the value after a reset,
     * so a dip of the supply cannot change what a count means.
     */
    private static final int CALIBRATION = 4096;

    private static final double SHUNT_V = 312.5e-9;
    private static final double BUS_V = 195.3125e-6;
    private static final int ENERGY_OVERFLOW = 1 << 11;
    private static final int CHARGE_OVERFLOW = 1 << 10;
    private static final int MATH_OVERFLOW = 1 << 9;
    private static final int MEMORY_SOUND = 1;

    private boolean identified;
    private boolean measuring;

    @Override
    public Sample sample(I2cChip chip, double amperePerVolt) throws Unreadable {
        if (!identified) {
            ShuntSensor.identify(chip, MANUFACTURER, DEVICE, 0xFFF0, 0x2280);
            identified = true;
        }
        boolean otherRange = chip.settle(CONFIG, SETTING, 0);
        boolean otherCalibration = chip.settle(SHUNT_CAL, CALIBRATION, 0);
        boolean rescaled = otherRange || otherCalibration;
        if (rescaled) {
            // Somebody else counted with another scale: such a sum means nothing.
            chip.write(CONFIG, SETTING | CLEAR_COUNTERS);
            chip.write(CONFIG, SETTING);
            chip.pause(CONVERSION_MILLIS);
        }
        boolean restarted = chip.settle(ADC_CONFIG, ADC_SETTING, CONVERSION_MILLIS);
        int shunt = signed20(chip.number(SHUNT, 3));
        long bus = chip.number(BUS, 3) >> 4;
        int diagnosis = chip.word(DIAGNOSIS);
        boolean atEnd = shunt == 0x7FFFF || shunt == -0x80000;
        boolean sound = (diagnosis & MEMORY_SOUND) != 0;
        List<Detail> details = List.of(
                Detail.number("die_c", Value.good(rounded(chip.signedWord(DIE_TEMPERATURE) * 7.8125e-3)), "C"),
                charge(chip, amperePerVolt, (diagnosis & (CHARGE_OVERFLOW | MATH_OVERFLOW)) == 0),
                energy(chip, amperePerVolt, (diagnosis & (ENERGY_OVERFLOW | MATH_OVERFLOW)) == 0),
                Detail.text("counters", measuring && (restarted || rescaled) ? "restarted" : "running"));
        measuring = true;
        return new Sample(shunt * SHUNT_V, sound && !atEnd, bus * BUS_V, details);
    }

    /** The sign is bit 19 after the shift. */
    private static int signed20(long register) {
        return ((int) register << 8) >> 12;
    }

    private static Detail charge(I2cChip chip, double amperePerVolt, boolean trusted) throws Unreadable {
        long raw = (chip.number(CHARGE, 5) << 24) >> 24;
        return counter("charge_ah", raw * SHUNT_V * amperePerVolt / 3600, "Ah", trusted);
    }

    /** Has no sign: what went in and what came out add up. */
    private static Detail energy(I2cChip chip, double amperePerVolt, boolean trusted) throws Unreadable {
        double joules = chip.number(ENERGY, 5) * 16 * 3.2 * SHUNT_V * Math.abs(amperePerVolt);
        return counter("throughput_wh", joules / 3600, "Wh", trusted);
    }

    private static Detail counter(String name, double number, String unit, boolean trusted) {
        return Detail.number(name, new Value(rounded(number), trusted ? Quality.GOOD : Quality.SUSPECT), unit);
    }

    private static double rounded(double number) {
        return Math.round(number * 1e6) / 1e6;
    }
}
