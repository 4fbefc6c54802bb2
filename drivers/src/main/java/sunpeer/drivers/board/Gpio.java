package sunpeer.drivers.board;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * The kernel's GPIO character device, version 2 of its interface (linux/gpio.h): the structs and requests that one line
 * at a time needs. Stateless and thread-safe.
 */
final class Gpio {
    static final long CHIP_INFO = 0x8044_B401L;
    static final long LINE_INFO = 0xC100_B405L;
    static final long LINE_REQUEST = 0xC250_B407L;
    static final long GET_VALUES = 0xC010_B40EL;
    static final long SET_VALUES = 0xC010_B40FL;

    static final long FLAG_USED = 1;
    static final long FLAG_INPUT = 1 << 2;
    static final long FLAG_OUTPUT = 1 << 3;
    static final long FLAG_PULL_UP = 1 << 8;
    static final long FLAG_PULL_DOWN = 1 << 9;

    static final int CHIP_INFO_BYTES = 68;
    static final int CHIP_LABEL = 32;
    static final int LINE_INFO_BYTES = 256;
    static final int LINE_CONSUMER = 32;
    static final int LINE_OFFSET = 64;
    static final int REQUEST_BYTES = 592;
    static final int REQUEST_CONSUMER = 256;
    static final int REQUEST_FLAGS = 288;
    static final int REQUEST_ATTRIBUTES = 296;
    static final int REQUEST_ATTRIBUTE_ID = 320;
    static final int REQUEST_ATTRIBUTE_VALUES = 328;
    static final int REQUEST_ATTRIBUTE_MASK = 336;
    static final int REQUEST_LINES = 560;
    static final int REQUEST_FD = 588;
    static final int OUTPUT_VALUES = 2;
    static final int NAME_BYTES = 32;

    private static final int VALUES_BYTES = 16;
    private static final int VALUES_MASK = 8;
    private static final byte[] CONSUMER = "sunpeer".getBytes(StandardCharsets.US_ASCII);

    private Gpio() {}

    static String chipLabel(Kernel kernel, int chip) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(CHIP_INFO_BYTES, 8);
            KernelFailure.check("chip info", kernel.ioctl(chip, CHIP_INFO, info));
            return info.asSlice(CHIP_LABEL, NAME_BYTES).getString(0, StandardCharsets.US_ASCII);
        }
    }

    /**
     * @param name empty when the device tree names no lines
     * @param consumer who holds it; empty when it is free
     */
    record LineState(String name, String consumer) {}

    static LineState lineState(Kernel kernel, int chip, int offset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(LINE_INFO_BYTES, 8);
            info.set(JAVA_INT, LINE_OFFSET, offset);
            KernelFailure.check("line info", kernel.ioctl(chip, LINE_INFO, info));
            return new LineState(
                    info.asSlice(0, NAME_BYTES).getString(0, StandardCharsets.US_ASCII),
                    info.asSlice(LINE_CONSUMER, NAME_BYTES).getString(0, StandardCharsets.US_ASCII));
        }
    }

    static int requestInput(Kernel kernel, int chip, int offset, long pull) {
        try (Arena arena = Arena.ofConfined()) {
            return request(kernel, chip, offset, line(arena, FLAG_INPUT | pull));
        }
    }

    /** The level travels inside the request, so the line never shows another one. */
    static int requestOutput(Kernel kernel, int chip, int offset, boolean high) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = line(arena, FLAG_OUTPUT);
            request.set(JAVA_INT, REQUEST_ATTRIBUTES, 1);
            request.set(JAVA_INT, REQUEST_ATTRIBUTE_ID, OUTPUT_VALUES);
            request.set(JAVA_LONG, REQUEST_ATTRIBUTE_VALUES, high ? 1 : 0);
            request.set(JAVA_LONG, REQUEST_ATTRIBUTE_MASK, 1);
            return request(kernel, chip, offset, request);
        }
    }

    private static MemorySegment line(Arena arena, long flags) {
        MemorySegment request = arena.allocate(REQUEST_BYTES, 8);
        MemorySegment.copy(MemorySegment.ofArray(CONSUMER), 0, request, REQUEST_CONSUMER, CONSUMER.length);
        request.set(JAVA_LONG, REQUEST_FLAGS, flags);
        request.set(JAVA_INT, REQUEST_LINES, 1);
        return request;
    }

    private static int request(Kernel kernel, int chip, int offset, MemorySegment request) {
        request.set(JAVA_INT, 0, offset);
        KernelFailure.check("line " + offset, kernel.ioctl(chip, LINE_REQUEST, request));
        return request.get(JAVA_INT, REQUEST_FD);
    }

    static boolean isHigh(Kernel kernel, int line) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(VALUES_BYTES, 8);
            values.set(JAVA_LONG, VALUES_MASK, 1);
            KernelFailure.check("read a line", kernel.ioctl(line, GET_VALUES, values));
            return (values.get(JAVA_LONG, 0) & 1) == 1;
        }
    }

    static void set(Kernel kernel, int line, boolean high) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(VALUES_BYTES, 8);
            values.set(JAVA_LONG, 0, high ? 1 : 0);
            values.set(JAVA_LONG, VALUES_MASK, 1);
            KernelFailure.check("set a line", kernel.ioctl(line, SET_VALUES, values));
        }
    }
}
