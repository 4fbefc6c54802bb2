package sunpeer.drivers.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.polling.Handover;
import sunpeer.drivers.polling.Polled;
import sunpeer.drivers.polling.Poller;

/** Ten simulated devices on three wires, polled together for a while: does each get its turn, and what does a poll cost? */
public final class PollBench {
    private static final int HANDOVER_MAX = 100;
    /** Devices measure in tenths or hundredths of a volt. */
    private static final double RIGHT_WITHIN_V = 0.051;

    /**
     * How a device fared.
     *
     * @param wrong readings with another voltage than the simulated one that were shown as good
     * @param longestMs from the end of one good reading to the end of the next
     */
    public record Fare(String device, int good, int failed, int wrong, double longestMs) {}

    /**
     * @param missedPeriods slots in which no reading of a device began
     * @param cpuMsPerPoll of the threads that own the wires: requests, answers, decoding, judging
     * @param processCpuMsPerPoll of the whole process: simulated devices and lines, compiler and garbage collector too
     */
    public record Result(
            double seconds,
            long polls,
            long missedPeriods,
            long dropped,
            double cpuMsPerPoll,
            double processCpuMsPerPoll,
            List<Fare> fares) {}

    private final Duration period;
    private final Duration length;

    /** @param period from one reading of a device to the next */
    public PollBench(Duration period, Duration length) {
        this.period = period;
        this.length = length;
    }

    private static final class Tally {
        int good;
        int failed;
        int wrong;
        long lastNs;
        long longestNs;

        void add(ReadResult result, double batteryV) {
            long now = System.nanoTime();
            switch (result) {
                case ReadResult.Failed _ -> failed++;
                case ReadResult.Ok(var reading, var _) -> {
                    boolean right = Math.abs(reading.batteryV().number() - batteryV) < RIGHT_WITHIN_V;
                    wrong += reading.batteryV().isGood() && !right ? 1 : 0;
                    longestNs = good == 0 ? 0 : Math.max(longestNs, now - lastNs);
                    lastNs = now;
                    good++;
                }
            }
        }
    }

    /**
     * Runs for the whole length.
     *
     * @param told what is polled, before it begins
     * @throws IOException when a simulated wire cannot be made
     */
    public Result run(Consumer<String> told) throws IOException, InterruptedException {
        Handover handover = new Handover(HANDOVER_MAX);
        try (Plant plant = new Plant()) {
            told.accept(plant.describe());
            List<Plant.Station> stations = plant.stations();
            List<Tally> tallies = new ArrayList<>();
            stations.forEach(_ -> tallies.add(new Tally()));
            List<Poller.Task> tasks = stations.stream()
                    .map(station -> new Poller.Task(station.address(), period, false))
                    .toList();
            long processBefore = processCpuNanos();
            long start = System.nanoTime();
            try (Poller poller = Poller.start(tasks, InstantSource.system(), () -> false, handover)) {
                long left = length.toNanos();
                while (left > 0) {
                    Optional<Polled> polled = handover.take(Duration.ofNanos(left));
                    polled.ifPresent(some -> tallies.get(some.device())
                            .add(some.result(), stations.get(some.device()).batteryV()));
                    left = start + length.toNanos() - System.nanoTime();
                }
                return result(start, processBefore, poller.work(), handover.dropped(), stations, tallies);
            }
        }
    }

    private static Result result(
            long start,
            long processBefore,
            Poller.Work work,
            long dropped,
            List<Plant.Station> stations,
            List<Tally> tallies) {
        List<Fare> fares = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            Tally tally = tallies.get(i);
            var address = stations.get(i).address();
            fares.add(new Fare(
                    address.profile() + " unit " + address.unit(),
                    tally.good,
                    tally.failed,
                    tally.wrong,
                    tally.longestNs / 1e6));
        }
        long polls = Math.max(1, work.polls());
        return new Result(
                (System.nanoTime() - start) / 1e9,
                work.polls(),
                work.missedPeriods(),
                dropped,
                work.cpuNanos() / 1e6 / polls,
                (processCpuNanos() - processBefore) / 1e6 / polls,
                fares);
    }

    private static long processCpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
