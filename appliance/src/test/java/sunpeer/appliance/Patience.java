package sunpeer.appliance;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting for what other threads and processes will do. */
public final class Patience {
    private static final int LOOK_EVERY_MS = 25;

    private Patience() {}

    /** Looks again and again until it is so; fails with {@code what} after the limit. */
    public static void until(String what, Duration limit, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.call()) {
            if (System.nanoTime() > end) {
                fail("not within " + limit.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }
}
