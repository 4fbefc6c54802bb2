package sunpeer.drivers.board;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault.Kind;

/** An SHT3x or SHT4x; through the kernel's driver when one owns it, otherwise directly. */
final class ShtThermometer implements Thermometer {
    // for the process
    private final Buses buses;
    private final Sensirion family;
    private final String bus;
    private final int address;

    // for this connection
    private @Nullable I2cChip chip;

    ShtThermometer(Buses buses, Sensirion family, String bus, int address) {
        if (!family.hasAddress(address)) {
            throw new IllegalArgumentException("an " + family + " has no address 0x" + Integer.toHexString(address));
        }
        this.buses = buses;
        this.family = family;
        this.bus = bus;
        this.address = address;
    }

    @Override
    public Climate read() {
        try {
            return measure();
        } catch (Unreadable unreadable) {
            close();
            return new Climate.Failed(unreadable.fault());
        }
    }

    private Climate measure() throws Unreadable {
        if (chip == null) {
            int number = buses.sysfs().i2cBus(bus);
            Optional<Path> hwmon = buses.sysfs().hwmon(number, address);
            if (hwmon.isPresent()) {
                return throughKernel(hwmon.get());
            }
            chip = buses.chip(number, address, describe());
        }
        chip.command(family.command());
        chip.pause(Sensirion.WAIT_MILLIS);
        return family.decode(chip.answer(Sensirion.ANSWER_BYTES), describe());
    }

    private Climate throughKernel(Path hwmon) throws Unreadable {
        Sysfs sysfs = buses.sysfs();
        String driver = sysfs.text(hwmon.resolve("name"));
        if (!driver.equals(family.driver())) {
            throw new Unreadable(
                    Kind.IMPLAUSIBLE,
                    "the kernel drives %s as \"%s\": correct its name here or in the device tree"
                            .formatted(describe(), driver));
        }
        double celsius = sysfs.number(hwmon.resolve("temp1_input")) * 1e-3;
        Path humidity = hwmon.resolve("humidity1_input");
        return Sensirion.climate(
                celsius, Files.exists(humidity) ? Optional.of(sysfs.number(humidity) * 1e-3) : Optional.empty());
    }

    @Override
    public String describe() {
        return "%s at 0x%02X on %s".formatted(family, address, bus);
    }

    @Override
    public void close() {
        if (chip != null) {
            chip.close();
            chip = null;
        }
    }
}
