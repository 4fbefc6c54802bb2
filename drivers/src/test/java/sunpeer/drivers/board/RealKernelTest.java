package sunpeer.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.Device;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.board.ShuntAddress.Positive;

/**
 * Shunt monitors on the I²C of a real kernel: Debian's User-Mode Linux with i2c-stub, the registers set and read back by
 * i2c-tools. It boots in seconds and needs no root and no hardware. (Its kernel has no GPIO, and i2c-stub knows registers
 * of one and two bytes only.)
 */
@Timeout(600)
class RealKernelTest {
    private static final String BUS = "SMBus stub driver";

    @TempDir
    private Path folder;

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void whatI2cToolsPutThereIsReadAndWhatWeWriteTheySee() throws IOException, InterruptedException {
        for (String name : List.of("linux.uml", "insmod", "i2cset", "i2cget")) {
            assumeTrue(
                    program(name).isPresent(),
                    name + " is not installed: `sudo apt install user-mode-linux kmod i2c-tools` to run this test");
        }
        String output = boot(
                // i2cset sends the low byte of a word first, the chips want the high one first.
                "i2cset -y 0 0x40 0xfe 0x4954 w && i2cset -y 0 0x40 0xff 0x6022 w && i2cset -y 0 0x40 0 0x2741 w",
                "i2cset -y 0 0x40 1 0x30f8 w && i2cset -y 0 0x40 2 0x0029 w", // -2000 steps, 10496 steps
                "i2cset -y 0 0x41 1 0xd204 w && i2cset -y 0 0x41 2 0xc266 w", // 1234 steps, 3288 steps and ready
                ProcessHandle.current().info().command().orElseThrow()
                        + " -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "
                        + System.getProperty("java.class.path")
                        + " '" + Reader.class.getName() + "'",
                "echo settings: $(i2cget -y 0 0x40 0 w) $(i2cget -y 0 0x41 0 w)");
        assertThat(output)
                .contains("INA226 at 0x40 on " + BUS + ": 13.12 V, -2.5 A")
                .contains("INA219 at 0x41 on " + BUS + ": 13.152 V, -0.1234 A")
                .contains("INA228 at 0x41 on " + BUS + " calls itself 0x0000 0x0000")
                .contains("INA226 at 0x42 on " + BUS + " does not answer")
                .contains("settings: 0x2745 0xff3f");
    }

    /** Runs commands as root of a kernel whose disk is this machine's, read only; gives what its console said. */
    private String boot(String... commands) throws IOException, InterruptedException {
        Path kernel = program("linux.uml").orElseThrow();
        String modules = kernel.resolveSibling("../lib/uml/modules").normalize() + "/*/kernel/drivers/i2c/";
        Path init = folder.resolve("init");
        Files.writeString(
                init,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        "PATH=" + System.getenv("PATH") + "; export PATH",
                        "mount -t proc proc /proc; mount -t sysfs sys /sys",
                        "insmod " + modules + "i2c-core.ko; insmod " + modules + "i2c-dev.ko",
                        "insmod " + modules + "i2c-stub.ko chip_addr=0x40,0x41",
                        String.join("\n", commands),
                        "echo o > /proc/sysrq-trigger; sleep 60",
                        ""));
        assertThat(init.toFile().setExecutable(true)).isTrue();
        Process process = new ProcessBuilder(
                        kernel.toString(),
                        "mem=512M",
                        "root=/dev/root",
                        "rootfstype=hostfs",
                        "hostfs=/",
                        "ro",
                        "init=" + init,
                        "con=null",
                        "con0=null,fd:1")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Runs inside. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws IOException {
            try (Board board = Board.at(Path.of("/"))) {
                tell(board, new ShuntAddress(ShuntChip.INA226, BUS, 0x40, 1, 0.002, Positive.CHARGE));
                tell(board, new ShuntAddress(ShuntChip.INA219, BUS, 0x41, 1, 0.1, Positive.DISCHARGE));
                tell(board, new ShuntAddress(ShuntChip.INA228, BUS, 0x41, 1, 0.1, Positive.DISCHARGE));
                tell(board, new ShuntAddress(ShuntChip.INA226, BUS, 0x42, 1, 0.1, Positive.DISCHARGE));
            }
        }

        private static void tell(Board board, ShuntAddress address) throws IOException {
            Device monitor = board.shuntMonitor(address, () -> Instant.EPOCH);
            String text = switch (monitor.read()) {
                case ReadResult.Ok ok ->
                    "%s: %s V, %s A"
                            .formatted(
                                    monitor.describe(),
                                    ok.reading().batteryV().number(),
                                    ok.reading().batteryA().number());
                case ReadResult.Failed failed -> failed.fault().message();
            };
            Files.writeString(Path.of("/dev/console"), text + "\n", StandardOpenOption.WRITE);
            monitor.close();
        }
    }
}
