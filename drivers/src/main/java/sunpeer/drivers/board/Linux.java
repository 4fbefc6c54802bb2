package sunpeer.drivers.board;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The running kernel through the C library; numbers are those of x86-64 and arm64. Stateless and thread-safe. */
final class Linux implements Kernel {
    private static final int O_RDWR = 0x2;
    private static final int O_CLOEXEC = 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN =
            call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL_STRUCT = call(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL_NUMBER = call(
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(2));

    private static MethodHandle call(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
    }

    @FunctionalInterface
    private interface Native {
        int invoke(Arena arena, MemorySegment state) throws Throwable;
    }

    private static int checked(Native call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int result = call.invoke(arena, state);
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable broken) {
            throw new IllegalStateException("a call into the C library", broken);
        }
    }

    @Override
    public int open(String path) {
        return checked((arena, state) -> (int) OPEN.invokeExact(state, arena.allocateFrom(path), O_RDWR | O_CLOEXEC));
    }

    @Override
    public int ioctl(int fd, long request, MemorySegment struct) {
        return checked((_, state) -> (int) IOCTL_STRUCT.invokeExact(state, fd, request, struct));
    }

    @Override
    public int ioctl(int fd, long request, long number) {
        return checked((_, state) -> (int) IOCTL_NUMBER.invokeExact(state, fd, request, number));
    }

    @Override
    public void close(int fd) {
        checked((_, state) -> (int) CLOSE.invokeExact(state, fd));
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
