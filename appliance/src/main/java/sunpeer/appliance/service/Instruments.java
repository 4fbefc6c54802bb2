package sunpeer.appliance.service;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.TwoWitnesses;
import sunpeer.drivers.judge.JudgedDevice;
import sunpeer.drivers.polling.Handover;
import sunpeer.drivers.polling.Poller;

/**
 * What the node reads: its controller, and the battery monitor if it has one. A monitor on a wire of its own is polled by the
 * thread of that wire, so that a silent one costs the controller nothing. Confined to the controller's thread.
 */
final class Instruments implements AutoCloseable {
    /** How long a silent monitor on the controller's own wire is left alone: each try costs seconds. */
    private static final Duration SPARED = Duration.ofMinutes(1);

    /** Silences in a row after which the controller's wire is closed, to be opened anew by the next read. */
    private static final int SILENCES_MAX = 8;

    private final NodeClock clock;
    private final Device controller;
    private final Optional<Device> sameWire;
    private final Optional<Poller> otherWire;
    private final Handover newest = new Handover(1);
    private final TwoWitnesses witnesses = new TwoWitnesses();
    private final Consumer<String> warn;
    private Optional<Reading> monitored = Optional.empty();
    private boolean isSilent;
    private int silences;
    private @Nullable Instant sparedUntil;

    /**
     * @param warn takes one line that a person should know
     * @throws IllegalArgumentException when an address cannot be, or both devices do not fit on one wire
     */
    Instruments(NodeConfig config, NodeClock clock, Consumer<String> warn) {
        this.clock = clock;
        this.warn = warn;
        DeviceAddress address = config.controller().address();
        Optional<DeviceAddress> monitor = config.monitor();
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
        return new ReadResult.Ok(together.reading(), details);
    }

    /** An adapter that hangs gives nothing until its port is opened anew. */
    private void recycle(ReadResult result) {
        boolean silent = result instanceof ReadResult.Failed(Fault fault)
                && (fault.kind() == Fault.Kind.NO_ANSWER || fault.kind() == Fault.Kind.GARBLED);
        silences = silent ? silences + 1 : 0;
        if (silences == SILENCES_MAX) {
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
    }

    private void take(ReadResult result) {
        switch (result) {
            case ReadResult.Ok(Reading reading, var _) -> {
                monitored = Optional.of(reading);
                if (isSilent) {
                    warn.accept("the battery monitor answers again");
                }
                isSilent = false;
            }
            case ReadResult.Failed(var fault) -> {
                monitored = Optional.empty();
                if (!isSilent) {
                    warn.accept("the controller alone is believed: " + fault.message());
                }
                isSilent = true;
            }
        }
    }

    @Override
    public void close() {
        otherWire.ifPresent(Poller::close);
        controller.close();
    }
}
