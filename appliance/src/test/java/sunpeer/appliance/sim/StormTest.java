package sunpeer.appliance.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.market.Payload;
import sunpeer.appliance.node.NodeView;

/** The stormy night test: a fifth of all messages lost and several power cuts a day, on many seeds. */
class StormTest {
    private static final Duration LENGTH = Duration.ofDays(3);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final double POWER_CUTS_PER_DAY = 4;
    /** One of each chemistry and board. */
    private static final List<Household> TWO = List.of(Household.THREE.getFirst(), Household.THREE.getLast());

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void nothingIsLostDoubledOrDrained(long seed) {
        Fleet fleet = new Fleet(new Fleet.Setup(
                TWO,
                Weather.TEMPERATE,
                seed,
                Instant.parse("2026-06-01T04:00:00Z"),
                Duration.ofHours(2),
                0.20,
                POWER_CUTS_PER_DAY,
                told -> {}));
        for (Duration passed = Duration.ZERO; passed.compareTo(LENGTH) < 0; passed = passed.plus(STEP)) {
            fleet.run(STEP);
            fleet.views().forEach(view -> checkNode(view, seed));
        }
        List<Bytes> log = fleet.ledger();
        for (List<Bytes> copy : fleet.copies()) {
            assertThat(log.subList(0, copy.size())).as("a copy, seed %d", seed).isEqualTo(copy);
        }
        checkReceipts(fleet, log, seed);
        checkRewards(log, seed);
    }

    private static void checkNode(NodeView view, long seed) {
        assertThat(view.market().alarm())
                .as("%s at %s, seed %d", view.name(), view.at(), seed)
                .isEmpty();
        Household household = TWO.stream()
                .filter(one -> one.name().equals(view.name()))
                .findFirst()
                .orElseThrow();
        boolean working = view.work().boardW() > household.draw().idleW();
        assertThat(working)
                .as("%s draws more only for a job, seed %d", view.name(), seed)
                .isEqualTo(view.work().running().isPresent());
        if (working) {
            // A job that began above the reserve may end a little below: a training of eight minutes takes 0.8 Wh.
            double most =
                    household.draw().activeW() * 0.15 / household.battery().capacityWh();
            assertThat(view.battery().soc().orElseThrow().cautious())
                    .as("%s works at %s, seed %d", view.name(), view.at(), seed)
                    .isGreaterThanOrEqualTo(household.reserve() - most);
        }
    }

    private static void checkReceipts(Fleet fleet, List<Bytes> log, long seed) {
        Set<Bytes> distinct = new HashSet<>(log);
        assertThat(distinct).as("no entry twice, seed %d", seed).hasSameSizeAs(log);
        for (List<Bytes> acknowledged : fleet.acknowledged()) {
            assertThat(acknowledged).as("receipts, seed %d", seed).isNotEmpty().doesNotHaveDuplicates();
            assertThat(distinct).as("seed %d", seed).containsAll(acknowledged);
        }
    }

    private static void checkRewards(List<Bytes> log, long seed) {
        long paid = 0;
        long minted = 0;
        for (Bytes bytes : log) {
            if (Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)
                    && Payload.parse(entry) instanceof Payload.Parsed.Ok(Payload.Close close)) {
                minted += close.mintedMicro();
                paid += close.rewardsMicro().stream().mapToLong(Long::longValue).sum();
            }
        }
        assertThat(minted).as("seed %d", seed).isPositive();
        assertThat(paid).as("seed %d", seed).isEqualTo(minted);
    }
}
