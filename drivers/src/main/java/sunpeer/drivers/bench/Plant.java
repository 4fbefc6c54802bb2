package sunpeer.drivers.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.simulator.BatteryImage;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.MidniteImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.MorningstarImage;
import sunpeer.drivers.simulator.PacedWire;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.RegisterImage;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.SrneImage;

/** Simulated devices on simulated wires, to be polled together. Owns the wires and their threads. */
final class Plant implements AutoCloseable {
    private static final Duration TURNAROUND = Duration.ofMillis(20);

    /** How a wire carries Modbus; 0 baud for TCP. */
    private record Bus(int baud, List<Family> units) {}

    /** A family as its profile's id and what its simulated device holds. */
    private record Family(String profile, Image image) {}

    private interface Image {
        RegisterImage of(Supplier<SimulatedValues> values);
    }

    private static final Family EPEVER = new Family("epever", EpeverImage::new);
    private static final Family SRNE = new Family("srne", SrneImage::new);
    private static final Family TRISTAR =
            new Family("tristar-mppt", values -> new MorningstarImage(MorningstarImage.Model.TRISTAR_MPPT, values));
    private static final Family BATTERY =
            new Family("renogy-battery", values -> new BatteryImage(BatteryImage.Model.RENOGY, values));
    private static final Family MIDNITE = new Family("midnite", MidniteImage::new);

    /** Units are numbered from 1 on each wire. */
    private static final List<Bus> BUSES = List.of(
            new Bus(115200, List.of(EPEVER, EPEVER, EPEVER)),
            new Bus(9600, List.of(SRNE, SRNE, TRISTAR, BATTERY)),
            new Bus(0, List.of(MIDNITE, MIDNITE, TRISTAR)));

    /** @param batteryV what the device measures, so that its reading can be known again */
    record Station(DeviceAddress address, double batteryV) {}

    private final List<Station> stations = new ArrayList<>();
    private final List<ModbusServer> servers = new ArrayList<>();

    /** @throws IOException when a wire cannot be made */
    Plant() throws IOException {
        try {
            for (Bus bus : BUSES) {
                open(bus);
            }
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    private void open(Bus bus) throws IOException {
        Map<Integer, RegisterImage> images = new HashMap<>();
        List<Double> volts = new ArrayList<>();
        for (int i = 0; i < bus.units().size(); i++) {
            double batteryV = 12 + (stations.size() + i) / 10.0;
            volts.add(batteryV);
            images.put(i + 1, bus.units().get(i).image().of(() -> values(batteryV)));
        }
        Wire wire = wire(bus, SimulatedUnits.of(images));
        for (int i = 0; i < volts.size(); i++) {
            stations.add(new Station(new DeviceAddress(bus.units().get(i).profile(), wire, i + 1), volts.get(i)));
        }
    }

    private Wire wire(Bus bus, SimulatedUnits units) throws IOException {
        if (bus.baud() == 0) {
            ModbusServer server = ModbusServer.tcp(units, ModbusServer.Door.of(0, 1));
            servers.add(server);
            return new Wire.Tcp("127.0.0.1", server.port());
        }
        Pty pty = Pty.open();
        servers.add(ModbusServer.rtu(units, new PacedWire(pty, bus.baud(), TURNAROUND)));
        return new Wire.Serial(pty.path(), bus.baud());
    }

    private static SimulatedValues values(double batteryV) {
        return new SimulatedValues(batteryV, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);
    }

    List<Station> stations() {
        return List.copyOf(stations);
    }

    String describe() {
        return BUSES.stream()
                .map(bus -> (bus.baud() == 0 ? "Modbus TCP" : "RTU at " + bus.baud() + " baud")
                        + bus.units().stream().map(Family::profile).collect(Collectors.joining(", ", " (", ")")))
                .collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        servers.forEach(ModbusServer::close);
    }
}
