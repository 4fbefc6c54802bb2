package sunpeer.appliance.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.energy.Supply;

/** What runs on which battery, with the very sentences that people read. */
class ReservePolicyTest {
    private static final ReservePolicy POLICY = new ReservePolicy(ZoneId.of("Europe/Rome"));
    private static final Instant SUNRISE = Instant.parse("2026-06-02T03:42:30Z");

    private static Supply.Known supply(
            double soc, double sigma, double nightWh, String sky, @Nullable Instant nextSunrise) {
        var estimate = new SocEstimate(soc / 100, sigma / 100, SocEstimate.Basis.FULL);
        return new Supply.Known(estimate, 200, 0.20, nightWh, !sky.equals("night"), sky.equals("surplus"), nextSunrise);
    }

    private static String decide(Supply supply, Tier tier, double energyWh) {
        Decision decision = POLICY.decide(supply, new Job("work", tier, energyWh));
        return switch (decision) {
            case Decision.Run(Reason reason) -> "run " + reason.code().word() + ": " + reason.text();
            case Decision.Wait(Reason reason) -> "wait " + reason.code().word() + ": " + reason.text();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
    ESSENTIAL | 80 | 0 |  0 | 1 | day     | run running: work: battery at 80 %, needed are 20 %
    ESSENTIAL | 80 | 0 | 40 | 1 | day     | run running: work: battery at 80 %, needed are 20 %
    ESSENTIAL | 21 | 0 | 40 | 1 | night   | run running: work: battery at 21 %, needed are 20 %
    ESSENTIAL | 21 | 0 | 40 | 3 | day     | wait battery_low: work waits: battery at 21 % (at least 21 %), needed are 20 %: 20 % reserve
    ESSENTIAL | 21 | 0 | 40 | 3 | night   | wait waiting_for_sun: work waits: battery at 21 % (at least 21 %), needed are 20 %: 20 % reserve; the sun rises at 05:42
    ESSENTIAL | 30 | 5 |  0 | 1 | day     | wait battery_low: work waits: battery at 30 % (at least 20 %), needed are 20 %: 20 % reserve
    ESSENTIAL | 31 | 5 |  0 | 1 | day     | run running: work: battery at 31 %, needed are 20 %
    ESSENTIAL |  5 | 0 |  0 | 1 | surplus | wait battery_low: work waits: battery at 5 % (at least 5 %), needed are 20 %: 20 % reserve
    STANDARD  | 41 | 0 | 40 | 1 | day     | run running: work: battery at 41 %, needed are 40 %
    STANDARD  | 40 | 0 | 40 | 1 | day     | wait battery_low: work waits: battery at 40 % (at least 40 %), needed are 40 %: 20 % reserve and 20 % for the night
    STANDARD  | 40 | 0 | 40 | 1 | night   | wait waiting_for_sun: work waits: battery at 40 % (at least 40 %), needed are 40 %: 20 % reserve and 20 % for the night; the sun rises at 05:42
    STANDARD  | 20 | 0 |  0 | 1 | day     | wait battery_low: work waits: battery at 20 % (at least 20 %), needed are 20 %: 20 % reserve
    STANDARD  | 51 | 3 | 40 | 1 | day     | run running: work: battery at 51 %, needed are 40 %
    BACKFILL  | 51 | 0 | 40 | 1 | day     | run running: work: battery at 51 %, needed are 50 %
    BACKFILL  | 50 | 0 | 40 | 1 | day     | wait battery_low: work waits: battery at 50 % (at least 50 %), needed are 50 %: 20 % reserve and 20 % for the night and a margin for better work
    BACKFILL  | 50 | 0 | 40 | 1 | night   | wait waiting_for_sun: work waits: battery at 50 % (at least 50 %), needed are 50 %: 20 % reserve and 20 % for the night and a margin for better work; the sun rises at 05:42
    BACKFILL  | 50 | 0 | 40 | 1 | surplus | run running: work: the battery is full, this sun would be lost
    STANDARD  | 25 | 0 | 40 | 1 | surplus | run running: work: the battery is full, this sun would be lost
    ESSENTIAL | 20 | 0 |  0 | 0 | surplus | run running: work: battery at 20 %, needed are 20 %
    """)
    void table(Tier tier, double soc, double sigma, double nightWh, double energyWh, String sky, String expected) {
        Supply supply = supply(soc, sigma, nightWh, sky, SUNRISE);

        assertThat(decide(supply, tier, energyWh)).isEqualTo(expected);
        assertThat(decide(supply, tier, energyWh)).as("asked again").isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ESSENTIAL", "STANDARD", "BACKFILL"})
    void nothingRunsOnAnUnknownBattery(Tier tier) {
        assertThat(decide(new Supply.Unknown(true, "the controller is being read for the first time"), tier, 0))
                .isEqualTo("wait starting: the controller is being read for the first time");
        assertThat(decide(new Supply.Unknown(false, "the controller has been silent for an hour"), tier, 0))
                .isEqualTo("wait controller_silent: the controller has been silent for an hour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ESSENTIAL", "STANDARD", "BACKFILL"})
    void inThePolarNightNoSunriseIsPromised(Tier tier) {
        assertThat(decide(supply(10, 0, 0, "night", null), tier, 1))
                .startsWith("wait battery_low: ")
                .doesNotContain("sun rises");
    }
}
