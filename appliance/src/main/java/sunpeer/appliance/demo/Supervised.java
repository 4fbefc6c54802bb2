package sunpeer.appliance.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that is started again when it ends, as systemd would.
 *
 * <p>Thread-safe.
 */
final class Supervised implements AutoCloseable {
    private static final Duration RESTART_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Consumer<String> lines;
    private final Consumer<String> news;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable Process process;

    /**
     * @param lines takes each line that the process prints
     * @param news takes what people should know of it
     */
    Supervised(
            String name,
            List<String> command,
            Map<String, String> environment,
            Consumer<String> lines,
            Consumer<String> news) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.lines = lines;
        this.news = news;
        this.thread = Thread.ofPlatform().name("supervise-" + name).unstarted(this::supervise);
    }

    /** Starts the process, so that it has a number, and the thread that watches it. */
    void start() throws IOException {
        process = launch();
        thread.start();
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void supervise() {
        try {
            for (Process running = process; running != null && !stopping; running = process) {
                pump(running);
                int code = running.waitFor();
                if (!stopping) {
                    String how = code > 128 ? "was killed by signal " + (code - 128) : "ended with code " + code;
                    TimeUnit.MILLISECONDS.sleep(RESTART_AFTER.toMillis());
                    Process next = launch();
                    process = next;
                    news.accept(name + " " + how + ", runs again as process " + next.pid());
                    if (stopping) {
                        next.destroy();
                    }
                }
            }
        } catch (IOException e) {
            news.accept(name + " cannot be started: " + e.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Process running) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException | UncheckedIOException closed) {
            // The process is gone; how it ended is reported by its exit code.
        }
    }

    long pid() {
        Process running = process;
        return running == null ? -1 : running.pid();
    }

    @Override
    public void close() {
        stopping = true;
        Process running = process;
        try {
            if (running != null) {
                running.destroy();
                if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            }
            thread.interrupt();
            thread.join(STOP_LIMIT);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
