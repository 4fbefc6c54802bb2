package sunpeer.drivers.board;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in memory with GPIO chips and I²C buses, which reads and writes the same structs as the real one. Offsets are
 * written here anew, after linux/gpio.h and linux/i2c-dev.h, and not taken from the code under test.
 */
final class FakeKernel implements Kernel {
    /** What is behind an open descriptor. */
    private sealed interface Open {
        record GpioChip(FakeLines chip) implements Open {}

        record GpioLine(FakeLines.Line line) implements Open {}

        final class Bus implements Open {
            private final Map<Integer, FakeChip> chips;
            private int slave;

            Bus(Map<Integer, FakeChip> chips) {
                this.chips = chips;
            }

            @Nullable
            FakeChip chip() {
                return chips.get(slave);
            }
        }
    }

    private final Map<String, Integer> refusals = new HashMap<>();
    private final Map<String, FakeLines> gpioChips = new HashMap<>();
    private final Map<String, Map<Integer, FakeChip>> buses = new HashMap<>();
    private final Map<Integer, Open> open = new HashMap<>();
    private int nextFd = 3;
    private long millis;

    FakeLines gpioChip(String path, String label, int lines) {
        FakeLines chip = new FakeLines(label, lines);
        gpioChips.put(path, chip);
        return chip;
    }

    /** Chips by address, to be added to and taken from. */
    Map<Integer, FakeChip> bus(String path) {
        return buses.computeIfAbsent(path, _ -> new HashMap<>());
    }

    void refuse(String path, int errno) {
        refusals.put(path, errno);
    }

    long millis() {
        return millis;
    }

    int openCount() {
        return open.size();
    }

    @Override
    public int open(String path) {
        if (refusals.containsKey(path)) {
            return -refusals.get(path);
        }
        FakeLines chip = gpioChips.get(path);
        Map<Integer, FakeChip> bus = buses.get(path);
        if (chip != null) {
            return add(new Open.GpioChip(chip));
        }
        return bus == null ? -ENOENT : add(new Open.Bus(bus));
    }

    private int add(Open what) {
        open.put(nextFd, what);
        return nextFd++;
    }

    @Override
    public void close(int fd) {
        Open closed = open.remove(fd);
        if (closed == null) {
            throw new AssertionError("closed twice: " + fd);
        }
        if (closed instanceof Open.GpioLine(FakeLines.Line line)) {
            line.free();
        }
    }

    @Override
    public void pause(int pauseMillis) {
        millis += pauseMillis;
    }

    @Override
    public int ioctl(int fd, long request, long number) {
        if (open.get(fd) instanceof Open.Bus bus && request == 0x0703) {
            FakeChip chip = bus.chips.get((int) number);
            if (chip != null && chip.ownedByDriver()) {
                return -EBUSY;
            }
            bus.slave = (int) number;
            return 0;
        }
        return -ENOTTY;
    }

    @Override
    public int ioctl(int fd, long request, MemorySegment struct) {
        return switch (open.get(fd)) {
            case Open.GpioChip(FakeLines chip) -> gpio(chip, request, struct);
            case Open.GpioLine(FakeLines.Line line) -> values(line, request, struct);
            case Open.Bus bus -> request == 0x0707 ? transfer(bus, struct) : smbus(bus, request, struct);
            case null -> throw new AssertionError("not open: " + fd);
        };
    }

    private int gpio(FakeLines chip, long request, MemorySegment struct) {
        if (request == 0x8044B401L) {
            put(struct, 32, chip.label());
            struct.set(JAVA_INT, 64, chip.count());
            return 0;
        }
        int offset = struct.get(JAVA_INT, request == 0xC100B405L ? 64 : 0);
        if (offset >= chip.count()) {
            return -EINVAL;
        }
        FakeLines.Line line = chip.line(offset);
        if (request == 0xC100B405L) {
            put(struct, 0, line.name());
            put(struct, 32, line.consumer());
            return 0;
        }
        if (request != 0xC250B407L || struct.get(JAVA_INT, 560) != 1) {
            return -EINVAL;
        }
        if (!line.consumer().isEmpty()) {
            return -EBUSY;
        }
        long flags = struct.get(JAVA_LONG, 288);
        boolean output = (flags & 8) != 0;
        boolean valued =
                struct.get(JAVA_INT, 296) == 1 && struct.get(JAVA_INT, 320) == 2 && struct.get(JAVA_LONG, 336) == 1;
        line.take(
                struct.asSlice(256, 32).getString(0),
                output,
                output && valued && struct.get(JAVA_LONG, 328) == 1,
                (flags & 256) != 0);
        struct.set(JAVA_INT, 588, add(new Open.GpioLine(line)));
        return 0;
    }

    private static int values(FakeLines.Line line, long request, MemorySegment struct) {
        if (struct.get(JAVA_LONG, 8) != 1) {
            return -EINVAL;
        }
        if (request == 0xC010B40EL) {
            struct.set(JAVA_LONG, 0, line.isHigh() ? 1 : 0);
            return 0;
        }
        return request == 0xC010B40FL && line.drive(struct.get(JAVA_LONG, 0) == 1) ? 0 : -EINVAL;
    }

    private int smbus(Open.Bus bus, long request, MemorySegment struct) {
        if (request != 0x0720) {
            return -ENOTTY;
        }
        byte register = struct.get(JAVA_BYTE, 1);
        int kind = struct.get(JAVA_INT, 4);
        MemorySegment block = struct.get(ADDRESS, 8).reinterpret(34);
        int count = switch (kind) {
            case 2 -> 1;
            case 3 -> 2;
            case 8 -> block.get(JAVA_BYTE, 0);
            default -> -1;
        };
        if (count < 1) {
            return -EINVAL;
        }
        MemorySegment data = block.asSlice(kind == 8 ? 1 : 0, count);
        FakeChip chip = bus.chip();
        if (struct.get(JAVA_BYTE, 0) == 1) {
            return read(chip, new byte[] {register}, data);
        }
        byte[] message = new byte[count + 1];
        message[0] = register;
        MemorySegment.copy(data, JAVA_BYTE, 0, message, 1, count);
        return chip != null && chip.write(message, millis) ? 0 : -EREMOTEIO;
    }

    private int transfer(Open.Bus bus, MemorySegment struct) {
        int count = struct.get(JAVA_INT, 8);
        MemorySegment list = struct.get(ADDRESS, 0).reinterpret(count * 16L);
        for (int i = 0; i < count; i++) {
            MemorySegment message = list.asSlice(i * 16L, 16);
            FakeChip chip = bus.chips.get((int) message.get(JAVA_SHORT, 0));
            MemorySegment data = message.get(ADDRESS, 8).reinterpret(Short.toUnsignedInt(message.get(JAVA_SHORT, 4)));
            int result = (message.get(JAVA_SHORT, 2) & 1) == 1
                    ? read(chip, new byte[0], data)
                    : chip != null && chip.write(data.toArray(JAVA_BYTE), millis) ? 0 : -EREMOTEIO;
            if (result < 0) {
                return result;
            }
        }
        return count;
    }

    private int read(@Nullable FakeChip chip, byte[] first, MemorySegment into) {
        if (chip == null || (first.length > 0 && !chip.write(first, millis))) {
            return -EREMOTEIO;
        }
        byte[] answer = chip.read((int) into.byteSize(), millis);
        if (answer.length == 0) {
            return -EREMOTEIO;
        }
        MemorySegment.copy(answer, 0, into, ValueLayout.JAVA_BYTE, 0, answer.length);
        return 0;
    }

    private static void put(MemorySegment struct, int at, String text) {
        struct.asSlice(at, 32).setString(0, text, StandardCharsets.US_ASCII);
    }
}
