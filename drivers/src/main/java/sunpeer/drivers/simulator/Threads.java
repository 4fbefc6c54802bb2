package sunpeer.drivers.simulator;

import java.time.Duration;
import java.util.List;

/** Waiting for the threads of a simulator that was told to stop. */
final class Threads {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Threads() {}

    static void joinAll(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                if (!thread.join(PATIENCE)) {
                    throw new IllegalStateException(thread.getName() + " does not stop");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
