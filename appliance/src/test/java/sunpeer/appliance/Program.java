package sunpeer.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.cli.Main;

/** The real program as a child process, with all that it prints line by line. Thread-safe. */
public final class Program implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What a command printed and how it ended. */
    public record Result(int code, String out, String err) {
        public List<String> errLines() {
            return err.lines().toList();
        }
    }

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread pump;

    private Program(Process process) {
        this.process = process;
        this.pump = Thread.ofPlatform().daemon().name("pump").start(this::pump);
    }

    /** Runs a command of the command line in this process, which is quicker than a process of its own. */
    public static Result here(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream toOut = new ByteArrayOutputStream();
        ByteArrayOutputStream toErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(toOut, true, UTF_8));
        System.setErr(new PrintStream(toErr, true, UTF_8));
        try {
            int code =
                    Main.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
            return new Result(code, toOut.toString(UTF_8), toErr.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Starts the program with standard output and error in one stream. */
    public static Program start(Object... arguments) throws IOException {
        return new Program(new ProcessBuilder(command(classPath(), arguments))
                .redirectErrorStream(true)
                .start());
    }

    /** Starts a command line as it stands. */
    public static Program startAs(List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The command line of the program with the flags that its service has. */
    public static List<String> command(String classPath, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                "sunpeer.appliance.cli.Main"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    /** What the program itself needs: without the tests, whose log settings are not the program's. */
    public static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void pump() {
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException | UncheckedIOException gone) {
            // How the process ended is told by its exit code.
        }
    }

    public Process process() {
        return process;
    }

    public List<String> lines() {
        return lines;
    }

    /** Waits until the process ends by itself; its exit code. */
    public int awaitExit() throws InterruptedException {
        return awaitExit(LIMIT);
    }

    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            return fail("still runs after " + limit.toSeconds() + " s:\n" + String.join("\n", lines));
        }
        pump.join(LIMIT);
        return process.exitValue();
    }

    /** Waits for a line that contains this, and gives it. */
    public String awaitLine(String part) throws Exception {
        return awaitLine(part, LIMIT);
    }

    public String awaitLine(String part, Duration limit) throws Exception {
        try {
            Patience.until("a line with " + part, limit, () -> find(part) != null);
        } catch (AssertionError never) {
            throw new AssertionError(never.getMessage() + ", but:\n" + String.join("\n", lines), never);
        }
        return String.valueOf(find(part));
    }

    private @Nullable String find(String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElse(null);
    }

    /** Ends it as systemd does, and wants it to end well. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertThat(awaitExit()).as("ended by SIGTERM").isEqualTo(128 + 15);
    }

    /** Ends it and all that it has started. */
    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
