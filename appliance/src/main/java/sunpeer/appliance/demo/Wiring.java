package sunpeer.appliance.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SrneImage;
import sunpeer.drivers.simulator.VictronSimulator;

/**
 * The wire of one household: a simulated controller and how a node finds it.
 *
 * @param toml the lines of the node's {@code [controller]} table
 * @param forPeople where else the same controller can be read, empty if nowhere
 * @param end takes the wire away
 */
record Wiring(String toml, String forPeople, Runnable end) {
    /** The three kinds of wire, one for each household in turn. */
    static Wiring of(int number, Plant plant, Path directory) throws IOException {
        return switch (number % 3) {
            case 0 -> epever(plant, directory);
            case 1 -> srne(plant);
            default -> victron(plant);
        };
    }

    /** VE.Direct devices speak by themselves, once a second; at the demo's clock that would be once in twelve minutes. */
    private static final Duration VICTRON_PERIOD = Duration.ofMillis(100);

    private static final int TCP_CLIENTS_MAX = 8;

    private static Wiring epever(Plant plant, Path directory) throws IOException {
        Pty port = Pty.open();
        Path tap = directory.resolve("epever-tap");
        ModbusServer simulator = ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(plant)), port, Pty.open(tap));
        return new Wiring(
                "profile = \"epever\"\nport = \"" + port.path() + "\"",
                "mbpoll -m rtu -b 115200 -P none -a 1 -t 3 -0 -r 12548 -1 " + tap,
                simulator::close);
    }

    private static Wiring srne(Plant plant) throws IOException {
        ModbusServer simulator =
                ModbusServer.tcp(SimulatedUnits.of(1, new SrneImage(plant)), Door.of(0, TCP_CLIENTS_MAX));
        return new Wiring(
                "profile = \"srne\"\ntcp = \"127.0.0.1:" + simulator.port() + "\"",
                "mbpoll -m tcp -p " + simulator.port() + " -a 1 -t 4 -0 -r 257 -1 127.0.0.1",
                simulator::close);
    }

    private static Wiring victron(Plant plant) throws IOException {
        Pty port = Pty.open();
        VictronSimulator simulator = VictronSimulator.start(plant, port, VICTRON_PERIOD);
        return new Wiring("profile = \"victron\"\nport = \"" + port.path() + "\"", "", simulator::close);
    }
}
