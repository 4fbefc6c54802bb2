package sunpeer.drivers.board;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Fault.Kind;
import sunpeer.drivers.board.ShuntSensor.Sample;

/**
 * A shunt monitor that a kernel driver owns (Documentation/hwmon/ina2xx.rst, ina3221.rst): volts as they are, amperes by
 * the resistance that the driver reckons with, which need not be the owner's.
 */
final class HwmonShunt {
    /** Values come in whole milliampere, so the end of the range is met to within one of them. */
    private static final double END = 0.9995;

    private HwmonShunt() {}

    static Sample sample(Sysfs sysfs, Path hwmon, ShuntAddress address) throws Unreadable {
        String driver = sysfs.text(hwmon.resolve("name"));
        if (!driver.equals(address.chip().driver())) {
            throw new Unreadable(
                    Kind.IMPLAUSIBLE,
                    "the kernel drives %s as \"%s\": correct its name here or in the device tree"
                            .formatted(address.describe(), driver));
        }
        return address.chip() == ShuntChip.INA3221
                ? channel(sysfs, hwmon, address.channel())
                : single(sysfs, hwmon, address);
    }

    private static Sample single(Sysfs sysfs, Path hwmon, ShuntAddress address) throws Unreadable {
        Path resistor = hwmon.resolve("shunt_resistor");
        if (!Files.exists(resistor)) {
            throw new Unreadable(
                    Kind.REFUSED,
                    address.describe() + " is owned by a kernel driver that does not say which shunt it reckons with:"
                            + " take the chip out of the device tree, then it is read directly");
        }
        // in0_input has whole millivolts only, too coarse for a shunt; the driver's ampere times its ohm are finer.
        double shuntV = sysfs.number(hwmon.resolve("curr1_input")) * 1e-3 * sysfs.number(resistor) * 1e-6;
        double busV = sysfs.number(hwmon.resolve("in1_input")) * 1e-3;
        return new Sample(shuntV, inRange(shuntV, address.chip()), busV, List.of());
    }

    private static Sample channel(Sysfs sysfs, Path hwmon, int channel) throws Unreadable {
        double busV = sysfs.number(hwmon.resolve("in" + channel + "_input")) * 1e-3;
        double shuntV = sysfs.number(hwmon.resolve("in" + (channel + 3) + "_input")) * 1e-6;
        Path label = hwmon.resolve("in" + channel + "_label");
        List<Detail> details = Files.exists(label) ? List.of(Detail.text("channel", sysfs.text(label))) : List.of();
        return new Sample(shuntV, inRange(shuntV, ShuntChip.INA3221), busV, details);
    }

    private static boolean inRange(double shuntV, ShuntChip chip) {
        return Math.abs(shuntV) < END * chip.shuntVMax();
    }
}
