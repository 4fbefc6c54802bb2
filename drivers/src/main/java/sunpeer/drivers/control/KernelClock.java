package sunpeer.drivers.control;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What the kernel knows of its own clock: whoever keeps it, timesyncd, chrony or ntpd, tells the kernel. */
final class KernelClock {
    /** adjtimex(2): the clock is not synchronised. */
    private static final int TIME_ERROR = 5;
    /** struct timex on 64 bits; all zero asks and changes nothing. */
    private static final long TIMEX_BYTES = 208;

    private KernelClock() {}

    static boolean isSynchronised() {
        Linker linker = Linker.nativeLinker();
        MethodHandle adjtimex = linker.downcallHandle(
                linker.defaultLookup().find("adjtimex").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_BYTES, Long.BYTES);
            int state = (int) adjtimex.invokeExact(timex);
            return state >= 0 && state != TIME_ERROR;
        } catch (Throwable impossible) {
            throw new IllegalStateException("adjtimex cannot be called", impossible);
        }
    }
}
