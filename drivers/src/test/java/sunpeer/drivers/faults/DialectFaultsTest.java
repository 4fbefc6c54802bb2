package sunpeer.drivers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.bms.DalyA5;
import sunpeer.drivers.bms.Dialect;
import sunpeer.drivers.bms.DialectBus;
import sunpeer.drivers.bms.Jbd;
import sunpeer.drivers.bms.JkPb;
import sunpeer.drivers.bms.Junctek;
import sunpeer.drivers.simulator.BmsSimulator;
import sunpeer.drivers.simulator.FaultPlan;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedValues;
import sunpeer.drivers.simulator.Speech;
import sunpeer.drivers.simulator.WireEnd;
import sunpeer.drivers.simulator.WireFault;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.Timing;
import sunpeer.drivers.transport.Words;

/**
 * The same as {@link FaultSuiteTest} for the languages that are not Modbus: whatever happens on the wire, a value that comes out
 * was said by the device after it was asked. The long suite: {@code -Dtest=DialectFaultsTest -Dsunpeer.fault-polls=2000}.
 */
class DialectFaultsTest {
    private static final int POLLS = Integer.getInteger("sunpeer.fault-polls", 0);
    private static final long SEED = Long.getLong("sunpeer.seed", 20260621);
    private static final int RECOVERY_MAX = 3;
    /** Moments are told apart by tenths of an ampere. */
    private static final int MOMENTS = 3000;

    /** Those that know nothing of Modbus frames. */
    private static final Set<WireFault> FAULTS = Set.of(
            WireFault.NOISE_BEFORE,
            WireFault.NOISE_INSIDE,
            WireFault.NOISE_AFTER,
            WireFault.FLIPPED_BITS,
            WireFault.TRUNCATED,
            WireFault.LATE,
            WireFault.DUPLICATE,
            WireFault.ECHO,
            WireFault.STUCK,
            WireFault.SILENCE,
            WireFault.UNPLUGGED,
            WireFault.RENUMBERED);

    private interface Start {
        BmsSimulator on(Supplier<SimulatedValues> values, WireEnd wire);
    }

    /** @param moment which moment the registers of the request tell */
    private record Spoken(
            String title, Dialect dialect, Start start, Request request, Function<Words, Integer> moment) {}

    private static final List<Spoken> ALL = List.of(
            new Spoken(
                    "jbd",
                    new Jbd(),
                    (values, wire) -> BmsSimulator.jbd(values, wire, Duration.ZERO),
                    new Request.Registers(1, 3, 0x0300, 28),
                    words -> words.at(0x0301) / 10),
            new Spoken(
                    "daly",
                    new DalyA5(),
                    (values, wire) -> BmsSimulator.daly(values, wire, Duration.ZERO),
                    new Request.Registers(1, 3, 0x9000, 4),
                    words -> words.at(0x9002) - 30_000),
            new Spoken(
                    "jk-pb",
                    new JkPb(),
                    (values, wire) -> BmsSimulator.jkPb(values, wire, 1),
                    new Request.Registers(1, 3, 0x0203, 105),
                    words -> (words.at(0x024F) | words.at(0x0250) << 16) / 100),
            new Spoken(
                    "junctek",
                    new Junctek(),
                    (values, wire) -> BmsSimulator.junctek(values, wire, 1),
                    new Request.Registers(1, 3, 0x3200, 28),
                    words -> words.at(0x3207) / 10));

    @TempDir
    Path folder;

    @Test
    void everyFaultInEveryDialect() throws Exception {
        Timing fast =
                new Timing(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(1));
        check(run(12, 0.2, fast));
    }

    @Test
    void theLongSuite() throws Exception {
        assumeTrue(POLLS > 0, "takes minutes: give -Dsunpeer.fault-polls=2000 to run it");
        List<Toll> tolls = run(POLLS, 1.0 / 15, Timing.field(10));
        System.out.println("seed " + SEED + "\n" + Toll.HEADER + "\n" + lines(tolls));
        check(tolls);
    }

    private static void check(List<Toll> tolls) {
        assertThat(tolls).hasSize(ALL.size() * FAULTS.size());
        assertThat(tolls.stream().mapToInt(Toll::wrong).sum())
                .as("wrong values, seed %d\n%s\n%s", SEED, Toll.HEADER, lines(tolls))
                .isZero();
        assertThat(tolls.stream().mapToInt(Toll::recovery).max().orElseThrow())
                .as("polls until all is right again, seed %d\n%s\n%s", SEED, Toll.HEADER, lines(tolls))
                .isLessThanOrEqualTo(RECOVERY_MAX);
    }

    private static String lines(List<Toll> tolls) {
        return tolls.stream().map(Toll::toString).collect(Collectors.joining("\n"));
    }

    private List<Toll> run(int polls, double perAnswer, Timing timing) throws Exception {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("dialect-faults-", 0).factory())) {
            List<Future<Toll>> tolls = new ArrayList<>();
            for (Spoken spoken : ALL) {
                for (WireFault fault : FAULTS.stream().sorted().toList()) {
                    tolls.add(threads.submit(() -> toll(spoken, fault, polls, perAnswer, timing)));
                }
            }
            List<Toll> done = new ArrayList<>();
            for (Future<Toll> toll : tolls) {
                done.add(toll.get());
            }
            return done;
        }
    }

    private Toll toll(Spoken spoken, WireFault fault, int polls, double perAnswer, Timing timing) throws Exception {
        long began = System.nanoTime();
        long seed = SEED + (spoken.title() + fault.name()).hashCode();
        FaultPlan plan = FaultPlan.byChance(seed, perAnswer, List.of(fault), timing.timeout());
        Path link = folder.resolve(spoken.title() + "-" + fault);
        // A sum of eight bits finds one wrong bit for sure, as that of a VE.Direct block does.
        Speech speech = fault == WireFault.FLIPPED_BITS ? Speech.VE_DIRECT : Speech.RTU;
        AtomicInteger said = new AtomicInteger();
        int failed = 0;
        int wrong = 0;
        int inARow = 0;
        int recovery = 0;
        try (BmsSimulator _ = spoken.start().on(() -> moment(said.incrementAndGet()), plan.on(Pty.open(link), speech));
                DialectBus bus = new DialectBus(spoken.dialect(), new SerialLine(link.toString(), 115200), timing)) {
            for (int i = 0; i < polls; i++) {
                int faultsBefore = plan.faults();
                boolean portBefore = Files.exists(link);
                int before = said.get();
                boolean gaveValue = false;
                if (bus.ask(spoken.request()) instanceof Answer.Registers(Words words)) {
                    gaveValue = true;
                    wrong += wasSaid(spoken.moment().apply(words), before, said.get()) ? 0 : 1;
                }
                failed += gaveValue ? 0 : 1;
                boolean spoiled = plan.faults() != faultsBefore || !portBefore || !Files.exists(link);
                inARow = gaveValue || spoiled ? 0 : inARow + 1;
                recovery = Math.max(recovery, inARow);
                if (!Files.exists(link)) {
                    // Nobody polls faster just because a plug is out.
                    LockSupport.parkNanos(timing.timeout().toNanos() / 10);
                }
            }
        }
        return new Toll(
                spoken.title(),
                fault.title(),
                polls,
                plan.faults(),
                failed,
                wrong,
                recovery,
                Duration.ofNanos(System.nanoTime() - began));
    }

    private static boolean wasSaid(int moment, int before, int after) {
        return IntStream.rangeClosed(before + 1, after).anyMatch(number -> number % MOMENTS == moment);
    }

    private static SimulatedValues moment(int number) {
        return new SimulatedValues(13, number % MOMENTS / 10.0, 0, 0, 0, 0, 20, 50, 0, ChargeStage.UNKNOWN);
    }
}
