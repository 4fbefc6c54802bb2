package sunpeer.appliance.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.energy.CapacityState;
import sunpeer.appliance.energy.ClearSkyState;
import sunpeer.appliance.energy.ClearnessHistory;
import sunpeer.appliance.energy.EnergyMemory;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.ForecastBlend;
import sunpeer.appliance.energy.SocEstimate.Basis;
import sunpeer.appliance.energy.SocState;
import sunpeer.appliance.energy.SunMemory;
import sunpeer.appliance.energy.Unseen;

/** What is known of the battery comes back from the store to the last bit. */
class EnergySnapshotTest {
    private static final Instant AT = Instant.parse("2026-06-01T06:00:00.123Z");

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 2.31})
    void comesBackToTheLastBit(double stuckA) {
        EnergyMemory energy = new EnergyMemory(
                Optional.of(new SocState(
                        AT,
                        -0.1,
                        0.2,
                        Basis.LOW,
                        0.3,
                        0.4,
                        0.5,
                        0.6,
                        0.7,
                        0.8,
                        9,
                        1.0,
                        1.1,
                        1.2,
                        1.3,
                        1.4,
                        new Unseen(1.5, true, 1.6, stuckA),
                        new CapacityState(20, 10.1, 0.05, 2, -9.2, Basis.FULL, 0.9, 0.01, -3.3, 3.4, 3.5))),
                new ClearSkyState(List.of()),
                new SunMemory(
                        List.of(new ClearnessHistory.Pair(200, 0.3, 0.9)),
                        LocalDate.parse("2026-05-31"),
                        List.of(new ForecastBlend.Source(
                                "met", 0.02, 7, List.of(new ForecastBlend.Day(LocalDate.parse("2026-06-02"), 0.7))))),
                new EnergyMonitor.Totals(1, 2, 3, 4),
                List.of(new EnergyMonitor.Point(AT, 0.2, 12)));
        Command.Keep.PutState put = (Command.Keep.PutState) Snapshots.keep(energy);
        Snapshots kept =
                new Snapshots(new NodeMemory(List.of(), Optional.empty(), List.of(), Map.of(put.name(), put.state())));
        assertThat(kept.energy()).isEqualTo(energy);
        assertThat(kept.unreadable()).isEmpty();
    }
}
