package sunpeer.drivers.board;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One address on an open i2c-dev file (linux/i2c-dev.h, linux/i2c.h). Every failure is a {@link KernelFailure}. Confined
 * to the thread that owns the bus.
 */
final class I2cDev {
    static final long SLAVE = 0x0703;
    static final long READ_WRITE = 0x0707;
    static final long SMBUS = 0x0720;

    static final int SMBUS_BYTE = 2;
    static final int SMBUS_WORD = 3;
    static final int SMBUS_BLOCK = 8;
    static final int BLOCK_MAX = 32;

    static final int MESSAGE_BYTES = 16;
    static final short MESSAGE_READ = 1;

    private static final byte WRITE = 0;
    private static final byte READ = 1;

    private final Kernel kernel;
    private final int fd;
    private final int address;

    I2cDev(Kernel kernel, int fd, int address) {
        this.kernel = kernel;
        this.fd = fd;
        this.address = address;
    }

    void close() {
        kernel.close(fd);
    }

    byte[] readRegister(int register, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(BLOCK_MAX + 2, 2);
            block.set(JAVA_BYTE, 0, (byte) count);
            smbus(arena, READ, register, kind(count), block);
            return bytes(block.asSlice(first(count), count));
        }
    }

    void writeRegister(int register, byte[] data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(BLOCK_MAX + 2, 2);
            block.set(JAVA_BYTE, 0, (byte) data.length);
            MemorySegment.copy(MemorySegment.ofArray(data), 0, block, first(data.length), data.length);
            smbus(arena, WRITE, register, kind(data.length), block);
        }
    }

    private static int kind(int count) {
        if (count < 1 || count > BLOCK_MAX) {
            throw new IllegalArgumentException("a register of " + count + " bytes");
        }
        return switch (count) {
            case 1 -> SMBUS_BYTE;
            case 2 -> SMBUS_WORD;
            default -> SMBUS_BLOCK;
        };
    }

    /** A block begins with its length. A word lies in memory in the order of the wire, on the little-endian boards we know. */
    private static int first(int count) {
        return count > 2 ? 1 : 0;
    }

    private void smbus(Arena arena, byte direction, int register, int kind, MemorySegment block) {
        MemorySegment call = arena.allocate(16, 8);
        call.set(JAVA_BYTE, 0, direction);
        call.set(JAVA_BYTE, 1, (byte) register);
        call.set(JAVA_INT, 4, kind);
        call.set(ADDRESS, 8, block);
        KernelFailure.check("register " + register, kernel.ioctl(fd, SMBUS, call));
    }

    byte[] read(int count) {
        return transfer(new byte[0], count);
    }

    void write(byte[] data) {
        transfer(data, 0);
    }

    byte[] writeRead(byte[] data, int count) {
        return transfer(data, count);
    }

    /** A write, a read, or a write with a read after a repeated start. */
    private byte[] transfer(byte[] data, int count) {
        int messages = (data.length > 0 ? 1 : 0) + (count > 0 ? 1 : 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate((long) messages * MESSAGE_BYTES, 8);
            MemorySegment out = arena.allocate(Math.max(1, data.length));
            MemorySegment in = arena.allocate(Math.max(1, count));
            MemorySegment.copy(MemorySegment.ofArray(data), 0, out, 0, data.length);
            if (data.length > 0) {
                message(list.asSlice(0, MESSAGE_BYTES), (short) 0, out, data.length);
            }
            if (count > 0) {
                message(list.asSlice((long) (messages - 1) * MESSAGE_BYTES, MESSAGE_BYTES), MESSAGE_READ, in, count);
            }
            MemorySegment call = arena.allocate(16, 8);
            call.set(ADDRESS, 0, list);
            call.set(JAVA_INT, 8, messages);
            KernelFailure.check("transfer", kernel.ioctl(fd, READ_WRITE, call));
            return bytes(in.asSlice(0, count));
        }
    }

    private void message(MemorySegment message, short flags, MemorySegment buffer, int length) {
        message.set(JAVA_SHORT, 0, (short) address);
        message.set(JAVA_SHORT, 2, flags);
        message.set(JAVA_SHORT, 4, (short) length);
        message.set(ADDRESS, 8, buffer);
    }

    private static byte[] bytes(MemorySegment segment) {
        return segment.toArray(JAVA_BYTE);
    }
}
