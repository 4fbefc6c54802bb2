package sunpeer.appliance.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.sim.Household;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** What is wrong with the battery is said once, at once, in the words that the page shows. */
class BatteryConcernTest {
    private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");

    private final NodeCore core = new NodeCore(
            Household.THREE.getFirst().profile(ZoneOffset.UTC, Duration.ofMinutes(1), Optional.empty()),
            Signer.fromSeed(Bytes.ofText("roof").sha256()),
            NodeMemory.NONE);

    private List<Story> polled(int minute, double celsius, double amps) {
        Instant at = START.plus(Duration.ofMinutes(minute));
        Reading reading = new Reading(
                at,
                "test",
                Value.good(13.3),
                Value.good(amps),
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.good(20),
                Value.good(celsius),
                Value.good(99),
                Value.ABSENT,
                ChargeStage.BULK);
        return core.handle(new Event.Polled(at, new ReadResult.Ok(reading, List.of()))).stream()
                .filter(Command.Tell.class::isInstance)
                .map(command -> ((Command.Tell) command).story())
                .filter(story -> story.text().contains("0 °C"))
                .toList();
    }

    @Test
    void chargingInFrostIsAnAlarmAndFrostAlonePlainNews() {
        assertThat(polled(0, 4, 1.5)).isEmpty();
        assertThat(polled(1, -3, -0.3))
                .singleElement()
                .satisfies(story -> assertThat(story.kind()).isEqualTo(Story.Kind.BATTERY));
        assertThat(polled(2, -3, -0.31)).isEmpty();
        assertThat(polled(3, -3, 1.5)).singleElement().satisfies(story -> {
            assertThat(story.kind()).isEqualTo(Story.Kind.ALARM);
            assertThat(story.text())
                    .isEqualTo(core.view().battery().belief())
                    .startsWith("the controller charges the lithium battery with 1.5 A at -3 °C");
        });
        assertThat(polled(4, -3, 1.52)).isEmpty();
        assertThat(polled(4 + 12 * 60, -3, 1.5)).describedAs("while it lasts").hasSize(1);
    }
}
