package sunpeer.drivers.polling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.judge.JudgedDevice;

/** Polls devices, each wire by one thread of its own. Thread-safe; {@link #close()} ends the threads and closes the wires. */
public final class Poller implements AutoCloseable {
    /** After so many silences in a row, of whatever devices on a wire, its port may be stuck and is opened anew. */
    public static final int RECYCLE_SILENCES = 8;

    /** Longer than a reading that fails in all its tries. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    /** @param sleepsInTheDark fed by the panel only: silence without sun is no failure */
    public record Task(DeviceAddress address, Duration period, boolean sleepsInTheDark) {}

    /** A device that is no address on a wire, on the board's own header for one. */
    public record Own(Device device, Duration period) {}

    /**
     * What was done so far.
     *
     * @param polls readings and failed attempts
     * @param missedPeriods slots of healthy devices in which no reading began
     * @param cpuNanos of the wires' threads
     */
    public record Work(long polls, long missedPeriods, long cpuNanos) {}

    private final Map<Thread, WireOwner> owners = new LinkedHashMap<>();

    private Poller() {}

    /**
     * Starts to poll; ports are opened at the first reading, and each reading is judged by those before.
     *
     * @param clock gives readings their time
     * @param dark whether the sun is so low that a panel feeds nothing; asked on the threads of the wires
     * @param handover is told of each poll, with the number of its task
     * @throws IllegalArgumentException when an address cannot be, or two on one wire do not fit together
     */
    public static Poller start(List<Task> tasks, InstantSource clock, BooleanSupplier dark, Handover handover) {
        List<List<WireOwner.Member>> wires = new ArrayList<>();
        for (List<Integer> numbers : byWire(tasks)) {
            List<Device> devices = Devices.openTogether(
                    numbers.stream().map(number -> tasks.get(number).address()).toList(), clock);
            List<WireOwner.Member> members = new ArrayList<>();
            for (int i = 0; i < devices.size(); i++) {
                Task task = tasks.get(numbers.get(i));
                members.add(new WireOwner.Member(
                        numbers.get(i),
                        new JudgedDevice(devices.get(i), task.period()),
                        new PollPlan.Member(task.period().toNanos(), task.sleepsInTheDark())));
            }
            wires.add(members);
        }
        return start(wires, dark, handover);
    }

    /** The same for devices that share one thread whatever they hang on, and never sleep. */
    public static Poller together(List<Own> devices, Handover handover) {
        List<WireOwner.Member> members = new ArrayList<>();
        for (Own own : devices) {
            members.add(new WireOwner.Member(
                    members.size(),
                    new JudgedDevice(own.device(), own.period()),
                    new PollPlan.Member(own.period().toNanos(), false)));
        }
        return start(List.of(members), () -> false, handover);
    }

    static Poller start(List<List<WireOwner.Member>> wires, BooleanSupplier dark, Handover handover) {
        Poller poller = new Poller();
        for (List<WireOwner.Member> members : wires) {
            WireOwner owner = new WireOwner(members, dark, handover);
            String name = "wire " + members.getFirst().device().describe();
            poller.owners.put(Thread.ofPlatform().daemon().name(name).unstarted(owner), owner);
        }
        poller.owners.keySet().forEach(Thread::start);
        return poller;
    }

    /** The numbers of the tasks, those with the same wire together. */
    static List<List<Integer>> byWire(List<Task> tasks) {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            groups.computeIfAbsent(key(tasks.get(i).address().wire()), _ -> new ArrayList<>())
                    .add(i);
        }
        return List.copyOf(groups.values());
    }

    /** Two names of one port are one wire, and so are two baud rates: those cannot both be right. */
    private static Object key(Wire wire) {
        return switch (wire) {
            case Wire.Serial(String path, int _) -> realPath(path);
            case Wire.Tcp(String host, int port) -> List.of("tcp", host.toLowerCase(Locale.ROOT), port);
            case Wire.RtuOverTcp(String host, int port) -> List.of("rtu", host.toLowerCase(Locale.ROOT), port);
        };
    }

    private static String realPath(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException _) {
            return path; // unplugged for now, or never a path: the reading says so
        }
    }

    public Work work() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long polls = 0;
        long missed = 0;
        long cpu = 0;
        for (Map.Entry<Thread, WireOwner> owner : owners.entrySet()) {
            polls += owner.getValue().polls();
            missed += owner.getValue().missedPeriods();
            cpu += Math.max(0, threads.getThreadCpuTime(owner.getKey().threadId()));
        }
        return new Work(polls, missed, cpu);
    }

    /** Each thread ends after the reading it is in, and closes its wire. */
    @Override
    public void close() {
        owners.forEach((thread, owner) -> owner.stop(thread));
        try {
            for (Thread thread : owners.keySet()) {
                if (!thread.join(STOP_LIMIT)) {
                    throw new IllegalStateException(thread.getName() + " does not stop");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
