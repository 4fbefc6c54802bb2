package sunpeer.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real broker as a child process on a free port of the loopback interface. Confined to one thread. */
public final class Mosquitto implements AutoCloseable {
    private static final int STARTS = 5;
    private static final String ANYBODY = "allow_anonymous true";

    private final Path config;
    private final int port;
    private Process process;

    private Mosquitto(Path config, int port, Process process) {
        this.config = config;
        this.port = port;
        this.process = process;
    }

    /** A broker that lets everybody in; skips the test where there is none. */
    public static Mosquitto start(Path directory) throws IOException, InterruptedException {
        return start(directory, ANYBODY);
    }

    /** A broker that knows only this user. */
    public static Mosquitto startFor(Path directory, String user, String password)
            throws IOException, InterruptedException {
        Path passwords = directory.resolve("passwords");
        Process made = new ProcessBuilder(
                        tool("mosquitto_passwd").toString(), "-b", "-c", passwords.toString(), user, password)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto_passwd.log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        return start(directory, "allow_anonymous false\npassword_file " + passwords);
    }

    private static Mosquitto start(Path directory, String access) throws IOException, InterruptedException {
        tool("mosquitto");
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Path config = directory.resolve("mosquitto-" + port + ".conf");
            // Without "user root" a broker that root starts gives up its rights before it reads the passwords.
            Files.writeString(config, """
                    listener %d 127.0.0.1
                    user root
                    persistence false
                    max_topic_alias 0
                    log_type error
                    %s
                    """.formatted(port, access));
            Process process = launch(config);
            if (answers(process, port)) {
                return new Mosquitto(config, port, process);
            }
            process.destroyForcibly();
            assertThat(attempt).as("mosquitto does not start on any port").isLessThan(STARTS);
        }
    }

    private static Process launch(Path config) throws IOException {
        Path log = config.resolveSibling(config.getFileName() + ".log");
        return new ProcessBuilder(tool("mosquitto").toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static boolean answers(Process process, int port) throws InterruptedException {
        for (int attempt = 0; attempt < 200 && process.isAlive(); attempt++) {
            if (listens(port)) {
                return true;
            }
            Thread.sleep(25);
        }
        return false;
    }

    /** Whether something takes connections on this port of the loopback address. */
    public static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** As a power cut of the gateway would end it: kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void startAgain() throws IOException, InterruptedException {
        process = launch(config);
        assertThat(answers(process, port)).as("mosquitto starts again").isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A port on which nothing listens. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where a program of the system is; skips the test where it is not installed. */
    public static Path tool(String name) {
        return find(name).orElseGet(() -> abort("skipped: " + name + " is not installed; ./check installs it"));
    }

    /** Debian keeps daemons in a directory that is not on everybody's PATH. */
    public static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/bin:/usr/sbin:/usr/local/sbin";
        return List.of(path.split(":", -1)).stream()
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
