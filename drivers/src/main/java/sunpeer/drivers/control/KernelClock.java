package sunpeer.drivers.control;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import sunpeer.drivers.clibrary.CLibrary;

/** What the kernel knows of its own clock: whoever keeps it, timesyncd, chrony or ntpd, tells the kernel. */
final class KernelClock {
    /** adjtimex(2): the clock is not synchronised. */
    private static final int TIME_ERROR = 5;
    /** struct timex on 64 bits; all zero asks and changes nothing. */
    private static final long TIMEX_BYTES = 208;

    private static final MethodHandle ADJTIMEX =
            CLibrary.function("adjtimex", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private KernelClock() {}

    static boolean isSynchronised() {
        long state = CLibrary.checked(
                (arena, captured) -> (int) ADJTIMEX.invokeExact(captured, arena.allocate(TIMEX_BYTES, Long.BYTES)));
        return state >= 0 && state != TIME_ERROR;
    }
}
