package sunpeer.appliance.service;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.config.Header;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.TwoWitnesses;
import sunpeer.drivers.board.BatteryThermometer;
import sunpeer.drivers.board.Board;
import sunpeer.drivers.board.BoardModel;
import sunpeer.drivers.board.Thermometer;
import sunpeer.drivers.judge.JudgedDevice;
import sunpeer.drivers.polling.Handover;
import sunpeer.drivers.polling.Poller;

/**
 * What the node reads: its controller, and if it has them a battery monitor and a thermometer at the battery. A monitor on a wire
 * of its own is polled by the thread of that wire, and what hangs on the board's header by another one, so that a silent one
 * costs the controller nothing. Confined to the controller's thread.
 */
final class Instruments implements AutoCloseable {
    /** How long a silent monitor on the controller's own wire is left alone: each try costs seconds. */
    private static final Duration SPARED = Duration.ofMinutes(1);

    /** A battery's temperature changes in hours. */
    private static final Duration WARMTH_EVERY = Duration.ofMinutes(1);

    private static final Duration WARMTH_MAX_AGE = Duration.ofMinutes(3);

    private final NodeClock clock;
    private final Device controller;
    private final Optional<Device> sameWire;
    private final Optional<Poller> otherWire;
    private final Optional<Poller> onHeader;
    private final Handover newest = new Handover(1);
    private final Handover newestOnHeader = new Handover(4);
    private final TwoWitnesses witnesses = new TwoWitnesses();
    private final Consumer<String> warn;
    private Optional<Reading> monitored = Optional.empty();
    private int silences;
    private Optional<Reading> warmth = Optional.empty();
    private final boolean hasShunt;
    private final Outage monitorOutage;
    private final Outage warmthOutage;
    private @Nullable Instant sparedUntil;

    /**
     * @param warn takes one line that a person should know
     * @throws IllegalArgumentException when an address cannot be, or both devices do not fit on one wire
     */
    Instruments(NodeConfig config, Board board, NodeClock clock, Consumer<String> warn) {
        this.clock = clock;
        this.warn = warn;
        this.monitorOutage = new Outage("the controller alone is believed", "the battery monitor answers again", warn);
        this.warmthOutage = new Outage(
                "the battery's thermometer cannot be read", "the battery's thermometer can be read again", warn);
        DeviceAddress address = config.controller().address();
        Optional<DeviceAddress> monitor = config.monitor().flatMap(NodeConfig.Monitor::wired);
        boolean shared = monitor.filter(other -> isSameWire(address.wire(), other.wire()))
                .isPresent();
        List<Device> devices = shared
                ? Devices.openTogether(List.of(address, monitor.get()), clock)
                : List.of(Devices.open(address, clock));
        Duration pollPeriod = config.controller().pollPeriod();
        this.controller = new JudgedDevice(devices.getFirst(), pollPeriod);
        this.sameWire = shared ? Optional.of(new JudgedDevice(devices.getLast(), pollPeriod)) : Optional.empty();
        Duration period = clock.real(pollPeriod);
        this.otherWire = monitor.filter(_ -> !shared)
                .map(other -> Poller.start(List.of(new Poller.Task(other, period, false)), clock, () -> false, newest));
        Optional<Poller.Own> shunt = shunt(config, board).map(device -> new Poller.Own(device, period));
        Optional<Poller.Own> thermometer =
                thermometer(config, board).map(one -> new Poller.Own(new BatteryThermometer(one, clock), WARMTH_EVERY));
        this.hasShunt = shunt.isPresent();
        List<Poller.Own> own =
                Stream.concat(shunt.stream(), thermometer.stream()).toList();
        // One thread for both: they may hang on one bus.
        this.onHeader = own.isEmpty() ? Optional.empty() : Optional.of(Poller.together(own, newestOnHeader));
    }

    private Optional<Device> shunt(NodeConfig config, Board board) {
        if (!(config.monitor().orElse(null) instanceof NodeConfig.Monitor.Shunt shunt)) {
            return Optional.empty();
        }
        Optional<String> bus = shunt.bus().or(() -> board.model().map(BoardModel::i2cBus));
        if (bus.isEmpty()) {
            warn.accept("the controller alone is believed: this computer's header is not known, so where the shunt is"
                    + " must be given as i2c_bus under [monitor]");
        }
        return bus.map(name -> board.shuntMonitor(shunt.on(name), clock));
    }

    private Optional<Thermometer> thermometer(NodeConfig config, Board board) {
        Optional<String> bus = board.model().map(BoardModel::i2cBus);
        Optional<Header.Thermometer> given = config.board().header().battery();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.get() instanceof Header.Thermometer.Ds18b20(String id)) {
            return Optional.of(board.ds18b20(id));
        }
        if (bus.isEmpty()) {
            warn.accept(
                    "the battery_thermometer is left alone: this computer's header is not known; a DS18B20 would do");
        }
        return bus.map(name -> given.get() instanceof Header.Thermometer.Sht3x
                ? board.sht3x(name, Header.Thermometer.SHT_ADDRESS)
                : board.sht4x(name, Header.Thermometer.SHT_ADDRESS));
    }

    private static boolean isSameWire(Wire one, Wire other) {
        if (one instanceof Wire.Serial(String path, int _) && other instanceof Wire.Serial(String second, int _)) {
            return real(path).equals(real(second));
        }
        return one.equals(other);
    }

    private static String real(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException _) {
            return path; // unplugged for now, or never a path: the reading says so
        }
    }

    /** Reads the controller; with a monitor, its newest sight of the battery is put in. */
    ReadResult read() throws InterruptedException {
        ReadResult result = controller.read();
        recycle(result);
        takeMonitor();
        if (!(result instanceof ReadResult.Ok(Reading reading, var details))) {
            return result;
        }
        TwoWitnesses.Together together = witnesses.judge(reading, monitored);
        together.warning().ifPresent(warn);
        return new ReadResult.Ok(warmed(together.reading()), details);
    }

    /** With the battery's temperature by its own thermometer, where nobody else has a good one. */
    private Reading warmed(Reading reading) {
        return warmth.filter(one -> !reading.batteryC().isGood()
                        && one.batteryC().isGood()
                        && clock.real(Duration.between(one.at(), reading.at()))
                                        .abs()
                                        .compareTo(WARMTH_MAX_AGE)
                                <= 0)
                .map(one -> reading.withBatteryC(one.batteryC(), one.origin()))
                .orElse(reading);
    }

    /** An adapter that hangs gives nothing until its port is opened anew. */
    private void recycle(ReadResult result) {
        boolean silent = result instanceof ReadResult.Failed(Fault fault)
                && (fault.kind() == Fault.Kind.NO_ANSWER || fault.kind() == Fault.Kind.GARBLED);
        silences = silent ? silences + 1 : 0;
        if (silences == Poller.RECYCLE_SILENCES) {
            silences = 0;
            controller.close();
        }
    }

    private void takeMonitor() throws InterruptedException {
        Instant now = clock.instant();
        if (sameWire.isPresent() && (sparedUntil == null || !now.isBefore(sparedUntil))) {
            ReadResult read = sameWire.get().read();
            sparedUntil = read instanceof ReadResult.Failed ? now.plus(SPARED) : null;
            take(read);
        } else if (otherWire.isPresent()) {
            var polled = newest.take(Duration.ZERO);
            if (polled.isPresent()) {
                take(polled.get().result());
            }
        }
        if (onHeader.isPresent()) {
            takeHeader();
        }
    }

    private void takeHeader() throws InterruptedException {
        for (var polled = newestOnHeader.take(Duration.ZERO);
                polled.isPresent();
                polled = newestOnHeader.take(Duration.ZERO)) {
            ReadResult result = polled.get().result();
            if (hasShunt && polled.get().device() == 0) {
                take(result);
            } else if (result instanceof ReadResult.Failed(var fault)) {
                warmth = Optional.empty();
                warmthOutage.now(Optional.of(fault));
            } else if (result instanceof ReadResult.Ok(Reading reading, var _)) {
                warmth = Optional.of(reading);
                warmthOutage.now(Optional.empty());
            }
        }
    }

    private void take(ReadResult result) {
        switch (result) {
            case ReadResult.Ok(Reading reading, var _) -> {
                monitored = Optional.of(reading);
                monitorOutage.now(Optional.empty());
            }
            case ReadResult.Failed(var fault) -> {
                monitored = Optional.empty();
                monitorOutage.now(Optional.of(fault));
            }
        }
    }

    @Override
    public void close() {
        otherWire.ifPresent(Poller::close);
        onHeader.ifPresent(Poller::close);
        controller.close();
    }
}
