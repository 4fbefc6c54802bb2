package sunpeer.drivers.board;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Device;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.board.ShuntSensor.Sample;

/**
 * A shunt monitor on the board's I²C bus as a battery monitor: battery voltage and net battery current, nothing else. It
 * reads through the kernel's driver when one owns the chip, otherwise the chip itself. Confined to the thread that owns
 * the bus.
 */
final class ShuntMonitor implements Device {
    /** One lithium cell, empty. Less on the pin of a battery monitor is a broken wire. */
    private static final double BATTERY_V_MIN = 2;

    // for the process
    private final Buses buses;
    private final ShuntAddress address;
    private final InstantSource clock;

    // for this connection
    private @Nullable I2cChip chip;
    private ShuntSensor sensor;

    ShuntMonitor(Buses buses, ShuntAddress address, InstantSource clock) {
        this.buses = buses;
        this.address = address;
        this.clock = clock;
        this.sensor = address.chip().sensor(address.channel());
    }

    @Override
    public ReadResult read() {
        try {
            return reading(sample());
        } catch (Unreadable unreadable) {
            close();
            return new ReadResult.Failed(unreadable.fault());
        }
    }

    private Sample sample() throws Unreadable {
        if (chip == null) {
            int bus = buses.sysfs().i2cBus(address.bus());
            Optional<Path> hwmon = buses.sysfs().hwmon(bus, address.address());
            if (hwmon.isPresent()) {
                return HwmonShunt.sample(buses.sysfs(), hwmon.get(), address);
            }
            sensor = address.chip().sensor(address.channel());
            chip = buses.chip(bus, address.address(), address.describe());
        }
        return sensor.sample(chip, address.amperePerVolt());
    }

    private ReadResult reading(Sample sample) {
        double volts = rounded(sample.busV());
        double amperes = rounded(sample.shuntV() * address.amperePerVolt());
        boolean plausible = volts >= BATTERY_V_MIN && volts <= address.chip().busVMax();
        Value batteryV = new Value(volts, plausible ? Quality.GOOD : Quality.SUSPECT);
        Value batteryA = new Value(amperes, sample.trusted() ? Quality.GOOD : Quality.SUSPECT);
        List<Detail> details = new ArrayList<>();
        details.add(Detail.number("shunt_mv", new Value(rounded(sample.shuntV() * 1e3), batteryA.quality()), "mV"));
        details.addAll(sample.details());
        Reading reading = Reading.ofBattery(clock.instant(), describe(), batteryV, batteryA, Value.ABSENT);
        return new ReadResult.Ok(reading, details);
    }

    private static double rounded(double number) {
        return Math.round(number * 1e6) / 1e6;
    }

    @Override
    public String describe() {
        return address.describe();
    }

    @Override
    public void close() {
        if (chip != null) {
            chip.close();
            chip = null;
        }
    }
}
