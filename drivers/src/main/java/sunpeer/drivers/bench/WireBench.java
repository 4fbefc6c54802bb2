package sunpeer.drivers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sunpeer.drivers.simulator.PacedWire;
import sunpeer.drivers.simulator.Pty;

/**
 * How much of its time a poll spends on the wire: the theoretical time of the planned reads divided by the measured time of the
 * whole poll. Every master has a line of its own with the same pace; they poll in turn, one after the other, so that whatever
 * else the machine does meets all of them.
 */
public final class WireBench {
    /** The first polls load classes and compile code. */
    private static final int WARM_UP_ROUNDS = 20;
    /** Quiet before each poll, more than any silence a master has to keep; not measured. */
    private static final long PAUSE_MS = 10;

    private static final int[] BAUDS = {9600, 115200};
    private static final int[] TURNAROUNDS_MS = {0, 5, 20};

    /** Who polls. */
    public enum Who {
        SUNPEER("sunpeer", "planned blocks, silence of 3.5 characters between requests"),
        SUNPEER_PROFILE_GAP("sunpeer, profile's gap", "the same with the silence that the family's profile asks for"),
        LIBMODBUS("libmodbus", "the same blocks, next request at once: no silence"),
        LIBMODBUS_SILENCE("libmodbus, silence", "the same blocks, silence of 3.5 characters between requests"),
        J2MOD("j2mod", "register by register"),
        LINE("the line itself", "the same blocks, no master: bytes are counted, no silence");

        private final String label;
        private final String meaning;

        Who(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }

        public String label() {
            return label;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * What one master reached in one case.
     *
     * @param boundary the most that a master can reach which keeps 3.5 characters of silence between two requests
     * @param medianMs measured time of a poll
     * @param lowMs 10 % of the polls were faster
     * @param highMs 10 % of the polls were slower
     */
    public record Result(
            String plan,
            int requests,
            int baud,
            int turnaroundMs,
            Who who,
            int polls,
            double theoryMs,
            double boundary,
            double medianMs,
            double lowMs,
            double highMs) {
        /** Theoretical time divided by median time. */
        public double efficiency() {
            return theoryMs / medianMs;
        }
    }

    private final int rounds;
    private final Path directory;

    /**
     * @param rounds measured polls of each master in each case
     * @param directory where the C program is built
     */
    public WireBench(int rounds, Path directory) {
        this.rounds = rounds;
        this.directory = directory;
    }

    /**
     * Measures everything; takes minutes.
     *
     * @param each is told each case as soon as it is measured
     * @throws IOException when a line cannot be made or an answer was missing or wrong
     */
    public List<Result> run(Consumer<List<Result>> each) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Optional<Path> libmodbus = LibmodbusMaster.build(directory);
        List<Result> all = new ArrayList<>();
        for (ReadPlan plan : ReadPlan.ALL) {
            for (int baud : BAUDS) {
                for (int turnaround : TURNAROUNDS_MS) {
                    List<Result> results = measure(new Case(plan, baud, Duration.ofMillis(turnaround)), libmodbus);
                    each.accept(results);
                    all.addAll(results);
                }
            }
        }
        return all;
    }

    private record Case(ReadPlan plan, int baud, Duration turnaround) {}

    private record Station(InstantSlave slave, Master master) implements AutoCloseable {
        @Override
        public void close() {
            master.close();
            slave.close();
        }
    }

    private List<Result> measure(Case given, Optional<Path> libmodbus) throws IOException, InterruptedException {
        Map<Who, Station> stations = new LinkedHashMap<>();
        Map<Who, long[]> times = new LinkedHashMap<>();
        try {
            for (Who who : Who.values()) {
                boolean foreign = who == Who.LIBMODBUS || who == Who.LIBMODBUS_SILENCE;
                if (!foreign || libmodbus.isPresent()) {
                    stations.put(who, station(who, given, libmodbus));
                    times.put(who, new long[rounds]);
                }
            }
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                for (Map.Entry<Who, Station> station : stations.entrySet()) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                    long took = station.getValue().master().poll();
                    if (round >= 0) {
                        times.getOrDefault(station.getKey(), new long[0])[round] = took;
                    }
                }
            }
        } finally {
            stations.values().forEach(Station::close);
        }
        return times.entrySet().stream()
                .map(entry -> result(given, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Station station(Who who, Case given, Optional<Path> libmodbus) throws IOException {
        Pty pty = Pty.open();
        InstantSlave slave = new InstantSlave(new PacedWire(pty, given.baud(), given.turnaround()));
        try {
            return new Station(slave, master(who, pty.path(), given, libmodbus));
        } catch (IOException failure) {
            slave.close();
            throw failure;
        }
    }

    private static Master master(Who who, String port, Case given, Optional<Path> libmodbus) throws IOException {
        ReadPlan plan = given.plan();
        int baud = given.baud();
        return switch (who) {
            case SUNPEER -> new BusMaster(port, baud, plan, 0);
            case SUNPEER_PROFILE_GAP -> new BusMaster(port, baud, plan, plan.profileGapMillis());
            case LIBMODBUS -> new LibmodbusMaster(libmodbus.orElseThrow(), port, baud, plan, 0);
            case LIBMODBUS_SILENCE ->
                new LibmodbusMaster(libmodbus.orElseThrow(), port, baud, plan, ReadPlan.silenceNanos(baud));
            case J2MOD -> new J2modMaster(port, baud, plan);
            case LINE -> new BareMaster(port, baud, plan);
        };
    }

    private Result result(Case given, Who who, long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        ReadPlan plan = given.plan();
        double theory = plan.wireNanos(given.baud(), given.turnaround());
        double silence = (plan.blocks().size() - 1) * (double) ReadPlan.silenceNanos(given.baud());
        return new Result(
                plan.name(),
                plan.blocks().size(),
                given.baud(),
                (int) given.turnaround().toMillis(),
                who,
                rounds,
                theory / 1e6,
                theory / (theory + silence),
                quantile(sorted, 0.5),
                quantile(sorted, 0.1),
                quantile(sorted, 0.9));
    }

    private static double quantile(long[] sorted, double part) {
        return sorted[(int) Math.round(part * (sorted.length - 1))] / 1e6;
    }
}
