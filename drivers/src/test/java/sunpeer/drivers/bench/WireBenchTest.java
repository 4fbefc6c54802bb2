package sunpeer.drivers.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.simulator.PacedWire;
import sunpeer.drivers.simulator.Pty;

/** What the bench counts, and that its masters and its slave understand each other; the numbers are the bench's own. */
@Timeout(60)
class WireBenchTest {
    private static final int BAUD = 115200;

    @Test
    void theTheoreticalTimeCountsBytesAndTurnaround() {
        // One request of 8 bytes; 35 registers in an answer of 75.
        assertThat(ReadPlan.SRNE.bytes()).isEqualTo(83);
        assertThat(ReadPlan.SRNE.wireNanos(9600, Duration.ZERO)).isEqualTo(86_458_333);
        assertThat(ReadPlan.SRNE.wireNanos(9600, Duration.ofMillis(20))).isEqualTo(106_458_333);
        // Four requests; 18, 1, 3 and 3 registers.
        assertThat(ReadPlan.EPEVER.bytes()).isEqualTo(4 * 8 + 41 + 7 + 11 + 11);
        assertThat(ReadPlan.EPEVER.wireNanos(115200, Duration.ofMillis(5))).isEqualTo(8_854_166 + 20_000_000);
        assertThat(ReadPlan.silenceNanos(9600)).isEqualTo(3_645_833);
    }

    private interface Maker {
        Master make(String port) throws IOException;
    }

    /** A poll throws when an answer is missing or wrong, and cannot be faster than the wire. */
    private static void expectRight(ReadPlan plan, Maker maker) throws IOException {
        Pty pty = Pty.open();
        try (InstantSlave _ = new InstantSlave(new PacedWire(pty, BAUD, Duration.ZERO));
                Master master = maker.make(pty.path())) {
            for (int i = 0; i < 3; i++) {
                assertThat(master.poll()).isGreaterThan(plan.wireNanos(BAUD, Duration.ZERO) * 9 / 10);
            }
        }
    }

    @Test
    void allMastersReadTheSame(@TempDir Path folder) throws IOException {
        for (ReadPlan plan : ReadPlan.ALL) {
            expectRight(plan, port -> new BusMaster(port, BAUD, plan, 0));
            expectRight(plan, port -> new J2modMaster(port, BAUD, plan));
            expectRight(plan, port -> new BareMaster(port, BAUD, plan));
        }
        Optional<Path> program = LibmodbusMaster.build(folder);
        assumeTrue(program.isPresent(), "`sudo apt install gcc libmodbus-dev` to measure libmodbus too");
        for (ReadPlan plan : ReadPlan.ALL) {
            expectRight(plan, port -> new LibmodbusMaster(program.orElseThrow(), port, BAUD, plan, 0));
        }
    }
}
