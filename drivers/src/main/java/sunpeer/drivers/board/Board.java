package sunpeer.drivers.board;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import sunpeer.drivers.Device;

/**
 * The single-board computer that this program runs on: what hangs on its header. Everything that it hands out finds its
 * chip or line at the first use and again after a failure, and says what is missing as a fault; so a node without any of
 * it runs as well. Thread-safe; each thing that it hands out is confined to one thread, and all things on one I²C bus to
 * the same one.
 */
public final class Board implements AutoCloseable {
    private final Buses buses;

    private Board(Buses buses) {
        this.buses = buses;
    }

    /** @param root {@code /}; another directory when its tree shall stand for a board */
    public static Board at(Path root) {
        return at(root, new Linux());
    }

    static Board at(Path root, Kernel kernel) {
        return new Board(new Buses(root, kernel));
    }

    /** Which board this is; nothing when its header is not known by heart. */
    public Optional<BoardModel> model() {
        try {
            Sysfs sysfs = buses.sysfs();
            return BoardModel.of(sysfs.text(sysfs.path("sys/firmware/devicetree/base/model")));
        } catch (Unreadable _) {
            return Optional.empty(); // no device tree: a PC
        }
    }

    /**
     * A battery monitor.
     *
     * @param clock gives readings their time
     */
    public Device shuntMonitor(ShuntAddress address, InstantSource clock) {
        return new ShuntMonitor(buses, address, clock);
    }

    /**
     * An SHT30, SHT31 or SHT35.
     *
     * @param bus name of the bus, see {@link BoardModel#i2cBus}
     * @param address 0x44 or 0x45
     */
    public Thermometer sht3x(String bus, int address) {
        return new ShtThermometer(buses, Sensirion.SHT3X, bus, address);
    }

    /**
     * An SHT40, SHT41 or SHT45.
     *
     * @param bus name of the bus, see {@link BoardModel#i2cBus}
     * @param address 0x44 to 0x46
     */
    public Thermometer sht4x(String bus, int address) {
        return new ShtThermometer(buses, Sensirion.SHT4X, bus, address);
    }

    /** @param id {@code "28-0123456789ab"}, or empty for the only one there is */
    public Thermometer ds18b20(String id) {
        return new OneWireThermometer(buses.sysfs(), id);
    }

    /** @param type {@code "cpu-thermal"} on a Raspberry Pi and a Jetson */
    public Thermometer thermalZone(String type) {
        return new ZoneThermometer(buses.sysfs(), type);
    }

    /** @param activeLow whether a low level switches on, as on most relay boards with an optocoupler */
    public Output output(GpioLine line, boolean activeLow) {
        return new Output(buses, line, activeLow);
    }

    /** A contact to ground, held up by the board's own resistor. */
    public Input input(GpioLine line) {
        return new Input(buses, line);
    }

    /** Switches every output off and lets go of all lines and chips. */
    @Override
    public void close() {
        buses.close();
    }
}
