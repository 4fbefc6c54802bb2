package sunpeer.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import sunpeer.appliance.config.DemoClock;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Household;
import sunpeer.appliance.sim.SolarSystem;
import sunpeer.appliance.sim.Weather;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.FaultPlan;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.Speech;

/** A simulated household: copper on a real pseudo-terminal, and the configuration of the node in it. */
public final class Home implements AutoCloseable {
    /** What {@link #steady} shows. */
    public static final SimulatedValues NOON =
            new SimulatedValues(13.37, 2.5, 3.1, 0.6, 18.4, 2.2, 24, 71, 48_200, ChargeStage.BULK);

    private static final Instant MORNING = Instant.parse("2026-06-20T07:00:00Z");

    private final Household household;
    private final Path directory;
    private final int brokerPort;
    private final Optional<DemoClock> clock;
    private final int webPort;
    private final FaultPlan faults = FaultPlan.byHand(Duration.ofSeconds(1));
    private final Pty wire;
    private final ModbusServer controller;

    private Home(
            Household household,
            Path directory,
            int brokerPort,
            Optional<DemoClock> clock,
            Supplier<SimulatedValues> values)
            throws IOException {
        this.household = household;
        this.directory = Files.createDirectories(directory);
        this.brokerPort = brokerPort;
        this.clock = clock;
        this.webPort = Mosquitto.freePort();
        this.wire = Pty.open();
        this.controller = ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(values)), faults.on(wire, Speech.RTU));
    }

    /** A summer morning that passes {@code speed} times as fast. */
    public static DemoClock fast(int speed) {
        return new DemoClock(speed, MORNING, InstantSource.system().instant());
    }

    /** Under the simulated sun of that clock. */
    public static Home sunny(Household household, Path directory, int brokerPort, DemoClock clock) throws IOException {
        Climate climate = new Climate(19, Weather.TEMPERATE, household.place());
        SolarSystem system = household.system(climate, MORNING);
        Supplier<SimulatedValues> values = new Supplier<>() {
            @Override
            public synchronized SimulatedValues get() {
                system.advance(
                        clock.shown(InstantSource.system().instant()),
                        household.draw().idleW());
                return system.values();
            }
        };
        return new Home(household, directory, brokerPort, Optional.of(clock), values);
    }

    /** Always the same values, in real time. */
    public static Home steady(Path directory, int brokerPort) throws IOException {
        return new Home(Household.THREE.getFirst(), directory, brokerPort, Optional.empty(), () -> NOON);
    }

    /** What goes wrong between the controller and the node. */
    public FaultPlan faults() {
        return faults;
    }

    public String port() {
        return wire.path();
    }

    public String page() {
        return "http://127.0.0.1:" + webPort + "/";
    }

    public Path data() {
        return directory.resolve("data");
    }

    /** The node's configuration with the controller of this household. */
    public Path toml() throws IOException {
        return toml("profile = \"epever\"\nport = \"" + wire.path() + "\"");
    }

    /** The same with another controller. */
    public Path toml(String controllerLines) throws IOException {
        String text = String.format(
                Locale.ROOT,
                """
                [node]
                name = "%s"
                latitude = %s
                longitude = %s
                timezone = "Europe/Rome"
                data = "%s"

                [controller]
                %s
                poll_s = %d

                [panel]
                watts = %s

                [battery]
                chemistry = "%s"
                voltage = %s
                capacity_ah = %s

                [board]
                idle_w = %s
                active_w = %s

                [broker]
                url = "mqtt://127.0.0.1:%d"

                [web]
                bind = "127.0.0.1"
                port = %d

                """,
                household.name(),
                household.place().latitudeDeg(),
                household.place().longitudeDeg(),
                data(),
                controllerLines,
                clock.isPresent() ? 120 : 1,
                household.panel().wattsStc(),
                household.battery().chemistry().name().toLowerCase(Locale.ROOT),
                household.battery().nominalV(),
                household.battery().capacityAh(),
                household.boardInput().idleW(),
                household.boardInput().activeW(),
                brokerPort,
                webPort);
        return Files.writeString(directory.resolve("sunpeer.toml"), text + clockLines(clock));
    }

    /** A gateway's configuration. */
    public static Path gatewayToml(Path directory, int brokerPort, Optional<DemoClock> clock) throws IOException {
        Files.createDirectories(directory);
        return Files.writeString(
                directory.resolve("gateway.toml"),
                """
                [gateway]
                data = "%s"
                tempo_min = 60

                [broker]
                url = "mqtt://127.0.0.1:%d"

                """.formatted(directory.resolve("data"), brokerPort) + clockLines(clock));
    }

    private static String clockLines(Optional<DemoClock> clock) {
        return clock.map(set ->
                        "[clock]\nspeed = " + set.speed() + "\nshows = " + set.shows() + "\nat = " + set.at() + "\n")
                .orElse("");
    }

    @Override
    public void close() {
        controller.close();
    }
}
