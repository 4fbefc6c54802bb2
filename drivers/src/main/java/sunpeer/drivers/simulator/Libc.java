package sunpeer.drivers.simulator;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import sunpeer.drivers.clibrary.CLibrary;

/**
 * The few calls into the C library that make a pseudo-terminal. Numbers are those of Linux on x86-64 and arm64. A call
 * returns what the C function returns, or the negated errno when that is -1. Stateless and thread-safe.
 */
final class Libc {
    static final int O_RDWR = 0x2;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int EINTR = 4;
    static final short POLLIN = 1;

    /** More than any struct termios of glibc. */
    private static final int TERMIOS_BYTES = 256;

    private static final MethodHandle POSIX_OPENPT =
            CLibrary.function("posix_openpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle GRANTPT = CLibrary.function("grantpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle UNLOCKPT =
            CLibrary.function("unlockpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle PTSNAME_R =
            CLibrary.function("ptsname_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle OPEN = CLibrary.function(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = CLibrary.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle TCGETATTR =
            CLibrary.function("tcgetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle TCSETATTR =
            CLibrary.function("tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle CFMAKERAW = CLibrary.function("cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle EVENTFD =
            CLibrary.function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle POLL =
            CLibrary.function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle READ =
            CLibrary.function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            CLibrary.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private Libc() {}

    static int posixOpenpt(int flags) {
        return (int) CLibrary.checked((_, state) -> (int) POSIX_OPENPT.invokeExact(state, flags));
    }

    static int grantpt(int fd) {
        return (int) CLibrary.checked((_, state) -> (int) GRANTPT.invokeExact(state, fd));
    }

    static int unlockpt(int fd) {
        return (int) CLibrary.checked((_, state) -> (int) UNLOCKPT.invokeExact(state, fd));
    }

    /** The path of the other end, or an empty text. */
    static String ptsname(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(128);
            long error =
                    CLibrary.checked((_, state) -> (int) PTSNAME_R.invokeExact(state, fd, buffer, buffer.byteSize()));
            return error == 0 ? buffer.getString(0) : "";
        }
    }

    static int open(String path, int flags) {
        return (int) CLibrary.checked((arena, state) -> (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags));
    }

    static void close(int fd) {
        CLibrary.checked((_, state) -> (int) CLOSE.invokeExact(state, fd));
    }

    /** Switches off echo and every translation: bytes pass as on a wire. */
    static int makeRaw(int fd) {
        return (int) CLibrary.checked((arena, state) -> {
            MemorySegment termios = arena.allocate(TERMIOS_BYTES);
            int got = (int) TCGETATTR.invokeExact(state, fd, termios);
            if (got != 0) {
                return got;
            }
            CFMAKERAW.invokeExact(state, termios);
            return (int) TCSETATTR.invokeExact(state, fd, 0, termios);
        });
    }

    static int eventfd() {
        return (int) CLibrary.checked((_, state) -> (int) EVENTFD.invokeExact(state, 0, O_NONBLOCK | O_CLOEXEC));
    }

    /** Waits until one of two descriptors has something to read; a bit for each that has, 0 after the timeout. */
    static int pollTwo(int first, int second, int timeoutMillis) {
        return (int) CLibrary.checked((arena, state) -> {
            MemorySegment fds = arena.allocate(16, 4);
            fds.set(JAVA_INT, 0, first);
            fds.set(JAVA_SHORT, 4, POLLIN);
            fds.set(JAVA_INT, 8, second);
            fds.set(JAVA_SHORT, 12, POLLIN);
            int ready = (int) POLL.invokeExact(state, fds, 2L, timeoutMillis);
            if (ready < 0) {
                return ready;
            }
            boolean one = fds.get(JAVA_SHORT, 6) != 0;
            boolean two = fds.get(JAVA_SHORT, 14) != 0;
            return (one ? 1 : 0) | (two ? 2 : 0);
        });
    }

    static int read(int fd, byte[] into, int offset, int max) {
        return (int) CLibrary.checked((arena, state) -> {
            MemorySegment buffer = arena.allocate(max);
            long got = (long) READ.invokeExact(state, fd, buffer, (long) max);
            if (got > 0) {
                MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, (int) got);
            }
            return got;
        });
    }

    static int write(int fd, byte[] bytes, int offset, int length) {
        return (int) CLibrary.checked((arena, state) -> {
            MemorySegment buffer = arena.allocate(length);
            MemorySegment.copy(bytes, offset, buffer, JAVA_BYTE, 0, length);
            return (long) WRITE.invokeExact(state, fd, buffer, (long) length);
        });
    }
}
