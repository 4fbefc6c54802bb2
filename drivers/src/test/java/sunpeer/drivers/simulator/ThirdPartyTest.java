package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sunpeer.drivers.ChargeStage;

/** The simulators speak so that a program of other people understands them: mbpoll, from Debian. */
@Timeout(30)
class ThirdPartyTest {
    private static final SimulatedValues VALUES =
            new SimulatedValues(13.4, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);

    @BeforeEach
    void needsMbpoll() {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mbpoll")));
        assumeTrue(installed, "mbpoll is not installed: `sudo apt install mbpoll` to run this test");
    }

    // mbpoll counts registers from 1: 12549 is 0x3104.
    @Test
    void epeverBatteryVoltage() throws IOException, InterruptedException {
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(() -> VALUES)), line)) {
            String output = run(
                    "mbpoll",
                    "-m",
                    "rtu",
                    "-b",
                    "115200",
                    "-P",
                    "none",
                    "-a",
                    "1",
                    "-t",
                    "3",
                    "-r",
                    "12549",
                    "-1",
                    line.path());
            assertThat(output).containsPattern("\\[12549\\]:\\s+1340\\b");
        }
    }

    @Test
    void srneBatteryVoltage() throws IOException, InterruptedException {
        try (ModbusServer simulator =
                ModbusServer.tcp(SimulatedUnits.of(1, new SrneImage(() -> VALUES)), ModbusServer.Door.of(0, 8))) {
            String port = Integer.toString(simulator.port());
            String output =
                    run("mbpoll", "-m", "tcp", "-p", port, "-a", "1", "-t", "4", "-r", "258", "-1", "127.0.0.1");
            assertThat(output).containsPattern("\\[258\\]:\\s+134\\b");
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
