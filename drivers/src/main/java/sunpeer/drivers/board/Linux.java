package sunpeer.drivers.board;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import sunpeer.drivers.clibrary.CLibrary;

/** The running kernel through the C library; numbers are those of x86-64 and arm64. Stateless and thread-safe. */
final class Linux implements Kernel {
    private static final int O_RDWR = 0x2;
    private static final int O_CLOEXEC = 0x80000;

    private static final MethodHandle OPEN = CLibrary.function(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = CLibrary.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL_STRUCT = CLibrary.function(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL_NUMBER = CLibrary.function(
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(2));

    @Override
    public int open(String path) {
        return (int) CLibrary.checked(
                (arena, state) -> (int) OPEN.invokeExact(state, arena.allocateFrom(path), O_RDWR | O_CLOEXEC));
    }

    @Override
    public int ioctl(int fd, long request, MemorySegment struct) {
        return (int) CLibrary.checked((_, state) -> (int) IOCTL_STRUCT.invokeExact(state, fd, request, struct));
    }

    @Override
    public int ioctl(int fd, long request, long number) {
        return (int) CLibrary.checked((_, state) -> (int) IOCTL_NUMBER.invokeExact(state, fd, request, number));
    }

    @Override
    public void close(int fd) {
        CLibrary.checked((_, state) -> (int) CLOSE.invokeExact(state, fd));
    }

    @Override
    public void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
