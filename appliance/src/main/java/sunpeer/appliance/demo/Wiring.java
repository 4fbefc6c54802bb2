package sunpeer.appliance.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.FaultPlan;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.Speech;
import sunpeer.drivers.simulator.SrneImage;
import sunpeer.drivers.simulator.VictronSimulator;
import sunpeer.drivers.simulator.WireFault;

/**
 * The wire of one household: a simulated controller and how a node finds it.
 *
 * @param toml the lines of the node's {@code [controller]} table
 * @param forPeople where else the same controller can be read, empty if nowhere
 * @param faults what goes wrong on it
 * @param end takes the wire away
 */
record Wiring(String toml, String forPeople, FaultPlan faults, Runnable end) {
    /** How many faults there are is a matter of taste; each costs a second or two, whatever the demo's clock says. */
    private static final double FAULTS_PER_HOUR = 1;
    /** How long a node waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** VE.Direct devices speak by themselves, once a second; at the demo's clock that would be once in twelve minutes. */
    private static final Duration VICTRON_PERIOD = Duration.ofMillis(100);

    private static final int TCP_CLIENTS_MAX = 8;

    /** What makes the wires of one demo: the clock is {@code speed} times as fast, faults come by chance from the seed. */
    record Setting(Path directory, int speed, long seed, boolean faults) {
        private FaultPlan plan(int number, double answersPerHour) {
            double perAnswer = faults ? Math.min(0.5, FAULTS_PER_HOUR / answersPerHour) : 0;
            return FaultPlan.byChance(seed + number, perAnswer, List.of(WireFault.values()), PATIENCE);
        }
    }

    /** The three kinds of wire, one for each household in turn, polled once a minute of the demo's clock. */
    static Wiring of(int number, Plant plant, Setting setting) throws IOException {
        return switch (number % 3) {
            case 0 -> epever(plant, setting.directory(), setting.plan(number, 300));
            case 1 -> srne(plant, setting.plan(number, 60));
            default -> {
                double blocksPerHour = Duration.ofHours(1).dividedBy(VICTRON_PERIOD) / (double) setting.speed();
                yield victron(plant, setting.plan(number, blocksPerHour));
            }
        };
    }

    private static Wiring epever(Plant plant, Path directory, FaultPlan faults) throws IOException {
        Pty port = port("epever");
        Path tap = directory.resolve("epever-tap");
        ModbusServer simulator = ModbusServer.rtu(
                SimulatedUnits.of(1, new EpeverImage(plant)), faults.on(port, Speech.RTU), Pty.open(tap));
        return new Wiring(
                "profile = \"epever\"\nport = \"" + port.path() + "\"",
                "mbpoll -m rtu -b 115200 -P none -a 1 -t 3 -0 -r 12548 -1 " + tap,
                faults,
                simulator::close);
    }

    private static Wiring srne(Plant plant, FaultPlan faults) throws IOException {
        Door door = Door.of(0, TCP_CLIENTS_MAX).through(end -> faults.on(end, Speech.MODBUS_TCP));
        ModbusServer simulator = ModbusServer.tcp(SimulatedUnits.of(1, new SrneImage(plant)), door);
        return new Wiring(
                "profile = \"srne\"\ntcp = \"127.0.0.1:" + simulator.port() + "\"",
                "mbpoll -m tcp -p " + simulator.port() + " -a 1 -t 4 -0 -r 257 -1 127.0.0.1",
                faults,
                simulator::close);
    }

    private static Wiring victron(Plant plant, FaultPlan faults) throws IOException {
        Pty port = port("victron");
        VictronSimulator simulator = VictronSimulator.start(plant, faults.on(port, Speech.VE_DIRECT), VICTRON_PERIOD);
        return new Wiring("profile = \"victron\"\nport = \"" + port.path() + "\"", "", faults, simulator::close);
    }

    /** Under a lasting name, as adapters have one, so that it may come back under another number. A port is under /dev. */
    private static Pty port(String name) throws IOException {
        long demo = ProcessHandle.current().pid();
        return Pty.open(Path.of("/dev/shm/sunpeer-demo-" + demo + "-" + name));
    }
}
