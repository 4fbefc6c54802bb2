package sunpeer.drivers.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.simulator.Pty;

/** Slaves of other people, a thousand reads each: libmodbus in C and pymodbus, on a pseudo-terminal and by TCP. */
@Timeout(120)
class ThirdPartySlavesTest {
    private static final int READS = 1000;
    private static final int SIZE = 0x200;
    private static final Request LOAD_COIL = new Request.Bits(1, 1, 2, 1);
    private static final Request LOAD_REGISTER = new Request.Registers(1, 3, 0x010A, 1);

    @TempDir
    Path folder;

    @Test
    void libmodbusOnASerialLine() throws Exception {
        serial(libmodbus());
    }

    @Test
    void libmodbusByTcp() throws Exception {
        tcp(libmodbus());
    }

    @Test
    void pymodbusOnASerialLine() throws Exception {
        serial(pymodbus());
    }

    @Test
    void pymodbusByTcp() throws Exception {
        tcp(pymodbus());
    }

    private List<String> libmodbus() throws Exception {
        assumeTrue(runs("cc", "--version"), "no C compiler: `sudo apt install gcc libc6-dev` to run this test");
        assumeTrue(
                Files.exists(Path.of("/usr/include/modbus/modbus.h")),
                "no libmodbus: `sudo apt install libmodbus-dev` to run this test");
        Path program = folder.resolve("slave");
        assertThat(runs(
                        "cc",
                        "-Wall",
                        "-o",
                        program.toString(),
                        resource("slave.c"),
                        "-I/usr/include/modbus",
                        "-lmodbus"))
                .as("the C slave compiles")
                .isTrue();
        return List.of(program.toString());
    }

    private List<String> pymodbus() throws Exception {
        // Debian's package belongs to Debian's Python, not to the first one in the path.
        assumeTrue(
                runs("/usr/bin/python3", "-c", "import serial, pymodbus.server"),
                "no pymodbus: `sudo apt install python3-pymodbus python3-serial python3-serial-asyncio` to run this test");
        return List.of("/usr/bin/python3", resource("slave.py"));
    }

    private void serial(List<String> slave) throws Exception {
        try (Pty far = Pty.open();
                Pty near = Pty.open()) {
            pump(near, far);
            pump(far, near);
            Process process = start(slave, "rtu", far.path());
            try (RtuBus bus = new RtuBus(new SerialLine(near.path(), 115200), 2)) {
                readAll(bus);
            } finally {
                process.destroy();
            }
        }
    }

    private void tcp(List<String> slave) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = start(slave, "tcp", Integer.toString(port));
        try (TcpBus bus = new TcpBus("127.0.0.1", port)) {
            awaitListening(port, process);
            readAll(bus);
        } finally {
            process.destroy();
        }
    }

    private static void readAll(RegisterBus bus) {
        while (bus.ask(LOAD_COIL) instanceof Answer.Failed) {
            Thread.onSpinWait(); // pymodbus opens its port a moment after it could say so
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20260621);
        for (int i = 0; i < READS; i++) {
            int function = 1 + random.nextInt(4);
            int count = 1 + random.nextInt(random.nextBoolean() ? 4 : 100);
            int start = random.nextInt(0x110, SIZE - count);
            Request request = function < 3
                    ? new Request.Bits(1, function, start, count)
                    : new Request.Registers(1, function, start, count);
            assertThat(bus.ask(request))
                    .as("read %d: %s", i, request.describe())
                    .isEqualTo(truth(request));
        }
        assertThat(bus.ask(new Request.Registers(1, 3, 0x9000, 1))).isEqualTo(new Answer.Refused(2));
        writesAreReadBack(bus);
    }

    private static Answer truth(Request request) {
        return switch (request) {
            case Request.Registers(int _, int function, int start, int count) ->
                new Answer.Registers(new Words(
                        start,
                        IntStream.range(start, start + count)
                                .map(i -> 0xFFFF & (function == 3 ? i * 97 + 7 : i * 89 + 1000))
                                .toArray()));
            case Request.Bits(int _, int function, int start, int count) -> {
                IntFunction<Boolean> bit = i -> i % (function == 1 ? 3 : 5) == 0;
                yield new Answer.Bits(
                        IntStream.range(start, start + count).mapToObj(bit).toList());
            }
            case Request.Identity _, Request.Write _ -> throw new IllegalArgumentException(request.describe());
        };
    }

    private static void writesAreReadBack(RegisterBus bus) {
        for (int on = 1; on >= 0; on--) {
            bus.ask(new Request.Write(1, AllowedWrite.EPEVER_LOAD, List.of(on * 0xFF00)));
            assertThat(bus.ask(LOAD_COIL)).isEqualTo(new Answer.Bits(List.of(on == 1)));
            assertThat(bus.ask(new Request.Write(1, AllowedWrite.SRNE_LOAD, List.of(on))))
                    .isEqualTo(new Answer.Written());
            assertThat(bus.ask(LOAD_REGISTER)).isEqualTo(new Answer.Registers(new Words(0x010A, on)));
        }
    }

    private Process start(List<String> slave, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(slave.stream(), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectError(folder.resolve("slave.log").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).as(() -> log()).isEqualTo("ready");
        return process;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("slave.log"));
        } catch (IOException none) {
            return none.toString();
        }
    }

    private static void awaitListening(int port, Process process) {
        while (process.isAlive()) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** Ends when the port that it reads is closed. */
    private static void pump(Pty from, Pty to) {
        Thread.ofPlatform().daemon().start(() -> {
            byte[] buffer = new byte[512];
            for (int got = from.read(buffer, 0, buffer.length, -1); got >= 0; ) {
                to.write(Arrays.copyOf(buffer, got));
                got = from.read(buffer, 0, buffer.length, -1);
            }
        });
    }

    private static String resource(String name) throws Exception {
        return Path.of(ThirdPartySlavesTest.class.getResource(name).toURI()).toString();
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
