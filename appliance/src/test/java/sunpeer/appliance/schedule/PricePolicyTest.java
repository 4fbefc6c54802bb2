package sunpeer.appliance.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.EnergyMemory;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.energy.Supply;

/** What runs on which battery, and the sentences that people read. */
class PricePolicyTest {
    private static final Place TURIN = new Place(45.07, 7.69);
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Instant NOON = Instant.parse("2026-06-01T11:10:00Z");
    private static final Instant NIGHT = Instant.parse("2026-12-01T22:10:00Z");
    private static final Instant SUNRISE = Instant.parse("2026-12-02T06:46:30Z");
    private static final double CAPACITY_WH = 200;
    private static final BoardDraw ALWAYS_ON = new BoardDraw(3, 7, 0.25, false);
    private static final BoardDraw SLEEPS = new BoardDraw(3, 7, 0.25, true);

    private static Supply.Known supply(double soc, double sigma, boolean surplus, Instant now) {
        var estimate = new SocEstimate(soc, sigma, SocEstimate.Basis.FULL);
        return new Supply.Known(estimate, CAPACITY_WH, 0.20, now.equals(NOON), surplus, SUNRISE);
    }

    private static PricePolicy looked(BoardDraw board, Supply supply, double panelW, Instant now) {
        PricePolicy policy = new PricePolicy(ROME, Chemistry.LFP, board);
        var setup = new EnergyMonitor.Setup(
                TURIN,
                Panel.facingEquator(TURIN, panelW),
                BatterySpec.ofWh(Chemistry.LFP, 12.8, CAPACITY_WH),
                board.idleW(),
                0.20,
                false,
                Duration.ofMinutes(5));
        policy.look(now, supply, new EnergyMonitor(setup, EnergyMemory.NONE).outlook(now));
        return policy;
    }

    private static Job job(Tier tier) {
        return new Job("work", tier, 0.1, 0.4);
    }

    private static String decide(BoardDraw board, Supply supply, Tier tier, double panelW, Instant now) {
        Decision decision = looked(board, supply, panelW, now).decide(supply, job(tier));
        String verb = decision instanceof Decision.Run ? "run " : "wait ";
        return verb + decision.reason().code().word() + ": " + decision.reason().text();
    }

    @Test
    void whatIsWorthLittleWaitsForCheaperEnergyAndSaysWhen() {
        Supply.Known half = supply(0.5, 0, false, NIGHT);
        assertThat(decide(ALWAYS_ON, half, Tier.ESSENTIAL, 20, NIGHT))
                .matches(
                        "wait waiting_for_sun: work waits: worth 0\\.25 a Wh, stored energy will be worth \\d+\\.\\d\\d "
                                + "\\(battery at 50 %, at least 50 %\\); .*");
        assertThat(decide(SLEEPS, half, Tier.ESSENTIAL, 100, NIGHT))
                .startsWith("run running: work: battery at 50 %, worth 0.25 a Wh where stored energy is worth 0.");
        assertThat(decide(SLEEPS, half, Tier.BACKFILL, 20, NIGHT))
                .matches("wait waiting_for_sun: work waits: worth 0\\.04 a Wh, stored energy will be worth 0\\.\\d\\d "
                        + "\\(battery at 50 %, at least 50 %\\); (not )?expected to run .*");
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void theReserveIsKeptByTheCautiousEstimate(Tier tier) {
        assertThat(decide(ALWAYS_ON, supply(0.28, 0.05, false, NIGHT), tier, 100, NIGHT))
                .isEqualTo(
                        "wait waiting_for_sun: work waits: battery at 28 % (at least 18 %), kept are 20 %: 20 % reserve;"
                                + " the sun rises at 07:46");
        assertThat(decide(SLEEPS, supply(0.28, 0.01, false, NOON), tier, 100, NOON))
                .isEqualTo("wait battery_low: work waits: battery at 28 % (at least 26 %), kept are 29 %: 20 % reserve"
                        + " and 9 % to sleep through dark days");
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void sunThatWouldBeLostIsUsed(Tier tier) {
        assertThat(decide(ALWAYS_ON, supply(0.97, 0.01, true, NOON), tier, 100, NOON))
                .isEqualTo("run running: work: the battery is full, this sun would be lost");
        assertThat(decide(ALWAYS_ON, supply(0.97, 0.4, true, NOON), tier, 100, NOON))
                .as("full by the controller, unknown by count")
                .startsWith("wait battery_low: ");
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void nothingRunsOnAnUnknownBattery(Tier tier) {
        assertThat(decide(SLEEPS, new Supply.Unknown(true, "first read"), tier, 100, NOON))
                .isEqualTo("wait starting: first read");
        assertThat(decide(SLEEPS, new Supply.Unknown(false, "silent for an hour"), tier, 100, NOON))
                .isEqualTo("wait controller_silent: silent for an hour");
        assertThat(looked(SLEEPS, new Supply.Unknown(false, "silent"), 100, NOON)
                        .prices())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void whatIsNoNumberLetsNothingRun(Tier tier) {
        assertThat(decide(ALWAYS_ON, supply(Double.NaN, 0.01, false, NOON), tier, 100, NOON))
                .startsWith("wait battery_low: ");
        assertThat(decide(SLEEPS, supply(0.9, Double.NaN, true, NOON), tier, 100, NOON))
                .startsWith("wait battery_low: ");
    }

    @Test
    void twoDaysArePlannedFromThePresentHourOnAndNeverBelowTheReserveByWork() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Instant now = NOON.plus(Duration.ofHours(random.nextInt(8760)));
            double soc = 0.2 + 0.8 * random.nextDouble();
            Supply.Known supply = supply(soc, 0, false, now);
            PricePolicy.Prices prices = looked(SLEEPS, supply, 20 + 100 * random.nextDouble(), now)
                    .prices()
                    .orElseThrow();
            assertThat(prices.hours()).hasSize(48);
            assertThat(prices.hours().getFirst().start())
                    .isBeforeOrEqualTo(now)
                    .isAfter(now.minus(Duration.ofHours(1)));
            assertThat(prices.perWh()).isNotNegative();
            double before = soc;
            for (PricePolicy.Ahead hour : prices.hours()) {
                assertThat(hour.perWh()).isNotNegative();
                assertThat(hour.loadW()).isBetween(0.25, 7.0);
                assertThat(hour.loadW() <= 0.2501 || hour.socFraction() > 0.2)
                        .as("seed %d: %s", seed, hour)
                        .isTrue();
                before = hour.socFraction();
            }
            assertThat(before).isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void anEmptyAndAFullBatteryHaveAPlan(double soc) {
        PricePolicy policy = looked(ALWAYS_ON, supply(soc, 0, false, NIGHT), 50, NIGHT);
        assertThat(policy.prices().orElseThrow().hours())
                .allMatch(hour -> Double.isFinite(hour.perWh()) && hour.socFraction() >= 0);
        assertThat(policy.decide(supply(soc, 0, false, NIGHT), job(Tier.ESSENTIAL))
                        .reason()
                        .text())
                .isNotBlank();
    }
}
