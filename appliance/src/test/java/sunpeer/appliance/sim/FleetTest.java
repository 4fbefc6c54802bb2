package sunpeer.appliance.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.node.NodeView;

/** The night test: three peers and a gateway for a month on the real cores, with lost messages and power cuts. */
class FleetTest {
    private static final Duration MONTH = Duration.ofDays(30);

    @Test
    void aMonthIsReproducedByteForByteFromItsSeed() {
        Fleet first = new Fleet(Fleet.Setup.usual(1));
        first.run(MONTH);
        Fleet again = new Fleet(Fleet.Setup.usual(1));
        again.run(MONTH);
        Fleet other = new Fleet(Fleet.Setup.usual(2));
        other.run(MONTH);

        assertThat(again.ledger()).isEqualTo(first.ledger());
        assertThat(other.ledger()).isNotEqualTo(first.ledger());
        check(first, 1);
        check(other, 2);
    }

    private static void check(Fleet fleet, long seed) {
        List<Bytes> ledger = fleet.ledger();
        for (List<Bytes> copy : fleet.copies()) {
            assertThat(ledger.subList(0, copy.size()))
                    .as("a peer's copy, seed %d", seed)
                    .isEqualTo(copy);
            assertThat(copy.size()).as("entries behind, seed %d", seed).isGreaterThan(ledger.size() - 50);
        }
        long earned = 0;
        long deferred = 0;
        for (NodeView view : fleet.views()) {
            assertThat(view.market().alarm())
                    .as("%s, seed %d", view.name(), seed)
                    .isEmpty();
            assertThat(view.work().inferences())
                    .as("%s, seed %d", view.name(), seed)
                    .isPositive();
            deferred += view.work().deferred();
            assertThat(view.market().earned().totalMicro())
                    .as("%s, seed %d", view.name(), seed)
                    .isPositive();
            earned += view.market().earned().totalMicro();
        }
        assertThat(earned).as("seed %d", seed).isPositive();
        assertThat(deferred).as("jobs that had to wait, seed %d", seed).isPositive();
    }
}
