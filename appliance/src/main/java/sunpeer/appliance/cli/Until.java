package sunpeer.appliance.cli;

import java.io.IOException;
import java.util.function.IntSupplier;

/** Runs a service until it fails or the process is told to stop. */
final class Until {
    /** Set by a parent that wants us to end with it. */
    static final String SUPERVISED = "SUNPEER_SUPERVISED";

    private Until() {}

    /**
     * Waits for the end of a service and closes it, also on SIGTERM and Ctrl-C.
     *
     * @param end blocks until the service has ended; its exit code
     */
    static int stopped(AutoCloseable service, IntSupplier end) {
        Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> close(service));
        Runtime.getRuntime().addShutdownHook(hook);
        if (System.getenv(SUPERVISED) != null) {
            Thread.ofPlatform().name("parent").daemon().start(() -> endWithParent(service));
        }
        int code = end.getAsInt();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            close(service);
        } catch (IllegalStateException alreadyStopping) {
            // The hook runs and closes the service.
        }
        return code;
    }

    /** The demo holds our standard input; when it dies, however it dies, the input ends. */
    private static void endWithParent(AutoCloseable service) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever written to it.
            }
        } catch (IOException gone) {
            // The same as its end.
        }
        close(service);
    }

    private static void close(AutoCloseable service) {
        try {
            service.close();
        } catch (Exception e) {
            throw new IllegalStateException("the service did not end well", e);
        }
    }
}
