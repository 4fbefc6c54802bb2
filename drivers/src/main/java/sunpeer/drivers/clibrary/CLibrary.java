package sunpeer.drivers.clibrary;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Finds functions of the C library and calls them. Stateless and thread-safe. */
public final class CLibrary {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** One call, or several that belong together; {@code state} goes first to each function. */
    @FunctionalInterface
    public interface Call {
        long invoke(Arena arena, MemorySegment state) throws Throwable;
    }

    private CLibrary() {}

    /** A function that takes the state of {@link #checked} before its own arguments. */
    public static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
    }

    /** What the call returns, or the negated errno when that is -1. The arena ends with the call. */
    public static long checked(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            long result = call.invoke(arena, state);
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable broken) {
            throw new IllegalStateException("a call into the C library", broken);
        }
    }
}
