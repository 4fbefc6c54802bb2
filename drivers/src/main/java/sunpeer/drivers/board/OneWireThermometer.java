package sunpeer.drivers.board;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sunpeer.drivers.Fault.Kind;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;

/**
 * A DS18B20 by the kernel's 1-Wire driver (Documentation/w1/slaves/w1_therm.rst). The first line of its file says whether
 * the checksum held; the second shows the last temperature for which it did, however old that is.
 */
final class OneWireThermometer implements Thermometer {
    private static final Pattern SCRATCHPAD =
            Pattern.compile("((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)\\s+(?:[0-9a-f]{2} ){9}t=(-?\\d{1,6})");
    /** A bus shorted to ground; the checksum of nothing but zeros is zero. */
    private static final String SHORTED = "00 ".repeat(9);

    private static final long POWER_ON_MILLI_CELSIUS = 85_000;
    /** A battery that was this warm a reading ago may have reached 85 °C, no other one. */
    private static final double NEAR_POWER_ON_CELSIUS = 80;

    private static final double CELSIUS_MIN = -55;
    private static final double CELSIUS_MAX = 125;

    private final Sysfs sysfs;
    private final String id;
    private double lastCelsius = Double.NaN;

    /** @param id {@code "28-0123456789ab"}, or empty for the only one there is */
    OneWireThermometer(Sysfs sysfs, String id) {
        if (!id.matches("(28-[0-9a-f]{12})?")) {
            throw new IllegalArgumentException(
                    "\"" + id + "\" is no DS18B20: its id is 28- and twelve digits or a to f");
        }
        this.sysfs = sysfs;
        this.id = id;
    }

    @Override
    public Climate read() {
        try {
            return new Climate.Ok(celsius(sysfs.text(directory().resolve("w1_slave"))), Value.ABSENT);
        } catch (Unreadable unreadable) {
            return new Climate.Failed(unreadable.fault());
        }
    }

    private Path directory() throws Unreadable {
        Path devices = sysfs.path("sys/bus/w1/devices");
        if (!id.isEmpty()) {
            return devices.resolve(id);
        }
        List<Path> found = sysfs.list(devices, "28-*");
        if (found.size() != 1) {
            throw new Unreadable(
                    Kind.PORT_MISSING,
                    found.isEmpty()
                            ? "no DS18B20 on the 1-Wire bus: is `dtoverlay=w1-gpio` set, and its resistor to 3.3 V there?"
                            : found.size() + " DS18B20 on the 1-Wire bus: say which one, `ls " + devices
                                    + "` lists them");
        }
        return found.getFirst();
    }

    private Value celsius(String text) throws Unreadable {
        Matcher lines = SCRATCHPAD.matcher(text);
        if (!lines.matches()) {
            throw new Unreadable(Kind.GARBLED, describe() + " gives no temperature in its file");
        }
        if (lines.group(2).equals("NO") || lines.group(1).equals(SHORTED)) {
            throw new Unreadable(
                    Kind.GARBLED,
                    describe() + " sent a wrong checksum or only zeros: check its wires and its resistor");
        }
        long milli = Long.parseLong(lines.group(3));
        double celsius = milli / 1000.0;
        boolean powerOn = milli == POWER_ON_MILLI_CELSIUS && !(lastCelsius >= NEAR_POWER_ON_CELSIUS);
        boolean possible = celsius >= CELSIUS_MIN && celsius <= CELSIUS_MAX;
        if (powerOn || !possible) {
            // 85.00 °C is what it holds after power-up, before it ever measured; 127.94 °C after a dip of its supply.
            return new Value(celsius, Quality.SUSPECT);
        }
        lastCelsius = celsius;
        return Value.good(celsius);
    }

    @Override
    public String describe() {
        return "DS18B20 " + (id.isEmpty() ? "on the 1-Wire bus" : id);
    }

    @Override
    public void close() {}
}
