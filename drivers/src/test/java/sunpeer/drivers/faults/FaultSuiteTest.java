package sunpeer.drivers.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.transport.Timing;

/**
 * No fault on any wire ever makes a wrong value, and afterwards everything is right again.
 *
 * <p>The long suite takes minutes and prints what each fault cost:
 * {@code ./mvnw test -pl drivers -Dtest=FaultSuiteTest -Dsunpeer.fault-polls=2000} (and {@code -Dsunpeer.seed=7}).
 */
class FaultSuiteTest {
    private static final int POLLS = Integer.getInteger("sunpeer.fault-polls", 0);
    private static final long SEED = Long.getLong("sunpeer.seed", 20260621);
    private static final int RECOVERY_MAX = 3;

    @TempDir
    Path folder;

    @Test
    void everyFaultOnEveryWire() throws Exception {
        Timing fast =
                new Timing(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(1));
        check(new FaultSuite(folder, SEED, 40, 0.2, fast, Duration.ofMillis(20)).run());
    }

    @Test
    void theLongSuite() throws Exception {
        assumeTrue(POLLS > 0, "takes minutes: give -Dsunpeer.fault-polls=2000 to run it");
        List<Toll> tolls = new FaultSuite(folder, SEED, POLLS, 1.0 / 15, Timing.field(10), Duration.ofMillis(25)).run();
        System.out.println("seed " + SEED + "\n" + Toll.HEADER + "\n" + lines(tolls));
        check(tolls);
    }

    private static void check(List<Toll> tolls) {
        assertThat(tolls).hasSizeGreaterThan(50);
        assertThat(tolls.stream().filter(toll -> toll.faults() == 0))
                .as("faults that did not happen")
                .isEmpty();
        assertThat(tolls.stream().mapToInt(Toll::wrong).sum())
                .as("wrong values, seed %d\n%s\n%s", SEED, Toll.HEADER, lines(tolls))
                .isZero();
        assertThat(tolls.stream().mapToInt(Toll::recovery).max().orElseThrow())
                .as("polls until all is right again, seed %d\n%s\n%s", SEED, Toll.HEADER, lines(tolls))
                .isLessThanOrEqualTo(RECOVERY_MAX);
    }

    private static String lines(List<Toll> tolls) {
        return tolls.stream().map(Toll::toString).collect(Collectors.joining("\n"));
    }
}
