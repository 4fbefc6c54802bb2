package sunpeer.appliance.cli;

import java.util.function.IntSupplier;

/** Runs a service until it fails or the process is told to stop. */
final class Until {
    private Until() {}

    /**
     * Waits for the end of a service and closes it, also on SIGTERM and Ctrl-C.
     *
     * @param end blocks until the service has ended; its exit code
     */
    static int stopped(AutoCloseable service, IntSupplier end) {
        Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> close(service));
        Runtime.getRuntime().addShutdownHook(hook);
        int code = end.getAsInt();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            close(service);
        } catch (IllegalStateException alreadyStopping) {
            // The hook runs and closes the service.
        }
        return code;
    }

    private static void close(AutoCloseable service) {
        try {
            service.close();
        } catch (Exception e) {
            throw new IllegalStateException("the service did not end well", e);
        }
    }
}
