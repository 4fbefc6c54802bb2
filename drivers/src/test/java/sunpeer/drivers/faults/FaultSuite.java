package sunpeer.drivers.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.simulator.FaultPlan;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.Speech;
import sunpeer.drivers.simulator.VictronSimulator;
import sunpeer.drivers.simulator.WireFault;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.TcpBus;
import sunpeer.drivers.transport.TcpLine;
import sunpeer.drivers.transport.Timing;

/**
 * Polls simulated devices over every kind of wire while one kind of fault happens at random moments of it.
 *
 * @param folder for the links of ports that are pulled
 * @param polls per fault and wire
 * @param perAnswer chance of an answer to be spoiled
 * @param timing of the reader
 * @param blockEvery period of a device that speaks by itself
 */
record FaultSuite(Path folder, long seed, int polls, double perAnswer, Timing timing, Duration blockEvery) {
    private static final int CLIENTS_MAX = 16;

    /** Two lengths, several places each: what is as long as what was asked is the most dangerous. */
    private static final List<Request> REQUESTS = List.of(
            new Request.Registers(1, 4, 0x3100, 18),
            new Request.Registers(1, 4, 0x3302, 18),
            new Request.Registers(1, 4, 0x9000, 18),
            new Request.Registers(1, 4, 0x311A, 1),
            new Request.Registers(1, 4, 0x3200, 1));

    /** All faults on all wires, at the same time: they wait most of it. */
    List<Toll> run() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("fault-suite-", 0).factory())) {
            List<Future<Toll>> tolls = new ArrayList<>();
            for (Speech speech : Speech.values()) {
                for (WireFault fault : WireFault.values()) {
                    if (fault.happensTo(speech)) {
                        tolls.add(threads.submit(() -> toll(speech, fault)));
                    }
                }
            }
            List<Toll> done = new ArrayList<>();
            for (Future<Toll> toll : tolls) {
                done.add(toll.get());
            }
            return done;
        }
    }

    private Toll toll(Speech speech, WireFault fault) throws IOException {
        long seedHere = seed + (speech.name() + fault.name()).hashCode();
        FaultPlan plan = FaultPlan.byChance(seedHere, perAnswer, List.of(fault), timing.timeout());
        Path link = folder.resolve(speech + "-" + fault);
        return switch (speech) {
            case RTU -> {
                CountingImage image = new CountingImage();
                try (ModbusServer _ =
                                ModbusServer.rtu(SimulatedUnits.of(1, image), plan.on(Pty.open(link), Speech.RTU));
                        RegisterBus bus = new RtuBus(new SerialLine(link.toString(), 115200), timing)) {
                    yield ask(speech, fault, plan, image, bus, link);
                }
            }
            case RTU_OVER_TCP -> {
                CountingImage image = new CountingImage();
                Door door = Door.of(0, CLIENTS_MAX).through(end -> plan.on(end, Speech.RTU_OVER_TCP));
                try (ModbusServer server = ModbusServer.rtuOverTcp(SimulatedUnits.of(1, image), door);
                        RegisterBus bus = new RtuBus(new TcpLine("127.0.0.1", server.port()), timing)) {
                    yield ask(speech, fault, plan, image, bus, folder);
                }
            }
            case MODBUS_TCP -> {
                CountingImage image = new CountingImage();
                Door door = Door.of(0, CLIENTS_MAX).through(end -> plan.on(end, Speech.MODBUS_TCP));
                try (ModbusServer server = ModbusServer.tcp(SimulatedUnits.of(1, image), door);
                        RegisterBus bus = new TcpBus("127.0.0.1", server.port(), timing.timeout())) {
                    yield ask(speech, fault, plan, image, bus, folder);
                }
            }
            case VE_DIRECT -> {
                AtomicInteger said = new AtomicInteger();
                DeviceAddress address = new DeviceAddress("victron", new Wire.Serial(link.toString(), 0), 1);
                try (VictronSimulator _ = VictronSimulator.start(
                                () -> moment(said.incrementAndGet()),
                                plan.on(Pty.open(link), Speech.VE_DIRECT),
                                blockEvery);
                        Device device = Devices.open(address, InstantSource.system())) {
                    yield listen(fault, plan, said, device, link);
                }
            }
        };
    }

    /** What came of the polls of one fault on one wire. */
    private final class Count {
        private final String wire;
        private final WireFault fault;
        private final FaultPlan plan;
        private final Path port;
        private final long began = System.nanoTime();
        private int faultsBefore;
        private boolean portBefore;
        private int failed;
        private int wrong;
        private int inARow;
        private int recovery;

        Count(Speech speech, WireFault fault, FaultPlan plan, Path port) {
            this.wire = speech.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            this.fault = fault;
            this.plan = plan;
            this.port = port;
        }

        void begin() {
            portBefore = Files.exists(port);
            faultsBefore = plan.faults();
        }

        void end(boolean gaveValue, boolean right) {
            failed += gaveValue ? 0 : 1;
            wrong += gaveValue && !right ? 1 : 0;
            boolean spoiled = plan.faults() != faultsBefore || !portBefore || !Files.exists(port);
            inARow = gaveValue || spoiled ? 0 : inARow + 1;
            recovery = Math.max(recovery, inARow);
            if (!Files.exists(port)) {
                LockSupport.parkNanos(
                        timing.timeout().toNanos() / 10); // nobody polls faster just because a plug is out
            }
        }

        Toll toll() {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return new Toll(wire, fault.title(), polls, plan.faults(), failed, wrong, recovery, took);
        }
    }

    private Toll ask(Speech speech, WireFault fault, FaultPlan plan, CountingImage image, RegisterBus bus, Path port) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom")
                .create(seed + fault.name().hashCode());
        Count count = new Count(speech, fault, plan, port);
        for (int i = 0; i < polls; i++) {
            Request request = REQUESTS.get(random.nextInt(REQUESTS.size()));
            count.begin();
            int before = image.asked();
            if (bus.ask(request) instanceof Answer.Registers(var words)
                    && request instanceof Request.Registers registers) {
                count.end(true, image.isTrue(words, registers.address(), before));
            } else {
                count.end(false, false);
            }
        }
        return count.toll();
    }

    /** Copper on which every value tells the same number. */
    private static SimulatedValues moment(int number) {
        double part = number % 1000 / 1000.0;
        return new SimulatedValues(
                12 + part, 1 + part, 2 + part, 0.5 + part, 20 + part, 0, 20, 50, number * 10.0, ChargeStage.BULK);
    }

    private Toll listen(WireFault fault, FaultPlan plan, AtomicInteger said, Device device, Path port) {
        Count count = new Count(Speech.VE_DIRECT, fault, plan, port);
        for (int i = 0; i < polls; i++) {
            count.begin();
            int before = said.get();
            if (device.read() instanceof ReadResult.Ok(Reading reading, List<?> _)) {
                count.end(true, isTrue(reading, before, said.get()));
            } else {
                count.end(false, false);
            }
        }
        return count.toll();
    }

    /** The newest whole block may have been on its way when the reading began, and the one before it may be it. */
    private static boolean isTrue(Reading reading, int before, int after) {
        for (int number = after; number >= Math.max(1, before - 1); number--) {
            SimulatedValues then = moment(number);
            if (is(reading.batteryV(), then.batteryV())
                    && is(reading.batteryA(), then.batteryA())
                    && is(reading.loadA(), then.loadA())
                    && is(reading.pvV(), then.pvV())
                    && is(reading.pvEnergyTotalWh(), then.pvEnergyTotalWh())) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(Value value, double number) {
        return value.quality() == Quality.ABSENT
                || value.quality() == Quality.SUSPECT
                || Math.abs(value.number() - number) < 1e-6;
    }
}
