package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.Sensor;
import sunpeer.appliance.sim.SolarSystem;
import sunpeer.appliance.sim.Weather;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** What kills batteries: to believe in charge that is not there. Against a battery whose charge is known. */
class BatteryKillingCasesTest {
    private static final Place PLACE = new Place(45, 8);
    private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");
    private static final Sensor CHEAP = new Sensor(1.02, 0.05);
    private static final Duration POLL = Duration.ofSeconds(30);

    /** A system, and a monitor that reads it by a clock of its own. */
    private static final class Node {
        private final EnergyMonitor.Setup setup;
        private final SolarSystem system;
        private EnergyMonitor monitor;
        private Duration clockAhead = Duration.ZERO;
        private UnaryOperator<Reading> wire = reading -> reading;

        Node(BatterySpec label, BatterySpec real, double panelW) {
            this(label, real, panelW, false);
        }

        Node(BatterySpec label, BatterySpec real, double panelW, boolean boardUnseen) {
            Panel panel = Panel.facingEquator(PLACE, panelW);
            this.setup = new EnergyMonitor.Setup(PLACE, panel, label, 3, 0.2, boardUnseen, Duration.ofMinutes(3));
            this.monitor = new EnergyMonitor(setup, EnergyMemory.NONE);
            Climate climate = new Climate(5, Weather.DESERT, PLACE);
            this.system = new SolarSystem(SolarSystem.Setup.usual(panel, real), climate.site(PLACE), START, 0.6);
        }

        static Node usual() {
            BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12.8, 20);
            return new Node(battery, battery, 60);
        }

        Instant now() {
            return system.now().plus(clockAhead);
        }

        double truth() {
            return system.truth().soc();
        }

        void unread(Duration time, double loadW) {
            system.advance(system.now().plus(time), loadW);
        }

        /** Reads it until then; at no reading may the careful figure be above the truth. */
        void run(Duration time, double loadW) {
            Instant end = system.now().plus(time);
            while (system.now().isBefore(end)) {
                poll(loadW);
                assertCareful();
            }
        }

        void poll(double loadW) {
            unread(POLL, loadW);
            monitor.observe(wire.apply(CHEAP.read(now(), system.values())), loadW);
        }

        void restart() {
            monitor = new EnergyMonitor(setup, monitor.memory());
        }

        SocEstimate estimate() {
            return monitor.estimate(now()).orElseThrow();
        }

        void assertCareful() {
            SocEstimate estimate = estimate();
            assertThat(estimate.cautious())
                    .describedAs("%s at %s, %s", estimate, now(), says())
                    .isLessThanOrEqualTo(truth());
        }

        @Nullable
        Concern concern() {
            return monitor.belief(now()).concern().orElse(null);
        }

        String says() {
            return monitor.belief(now()).text();
        }
    }

    @Test
    void allIsWell() {
        Node node = Node.usual();
        node.run(Duration.ofHours(40), 4);
        assertThat(node.concern()).isNull();
        assertThat(node.says())
                .matches("\\d+ % ± \\d+, counted for .* from full; holds 20 Ah by its label; "
                        + "panel as assumed: 5\\d° towards 180°, \\d+ % of its label");
    }

    @Test
    void aReadingThatGrewOldIsWorthLessByTheMinuteAndThenNothing() {
        Node node = Node.usual();
        node.run(Duration.ofHours(26), 4);
        SocEstimate fresh = node.estimate();
        node.unread(Duration.ofMinutes(2), 30);
        assertThat(node.estimate().sigma()).isGreaterThan(fresh.sigma());
        assertThat(node.monitor.supply(node.now())).isInstanceOf(Supply.Known.class);
        node.unread(Duration.ofMinutes(2), 30);
        node.assertCareful();
        assertThat(node.monitor.supply(node.now()))
                .isInstanceOfSatisfying(
                        Supply.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("4 min old"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theControllerIsSilentForSixHours(boolean processDies) {
        Node node = Node.usual();
        node.run(Duration.ofHours(18), 4);
        node.run(Duration.ofHours(1), 9);
        SocEstimate before = node.estimate();
        double last = before.sigma();
        for (int hour = 1; hour <= 6; hour++) {
            node.unread(Duration.ofHours(1), 9);
            if (!processDies) {
                node.assertCareful();
                assertThat(node.estimate().sigma()).isGreaterThan(last);
                last = node.estimate().sigma();
            }
        }
        assertThat(node.says()).contains("nothing was counted for 6 h, which may have cost up to");
        if (processDies) {
            node.restart();
        }
        node.run(Duration.ofMinutes(30), 4);
        assertThat(node.concern()).isEqualTo(Concern.UNSEEN);
        assertThat(node.says()).contains("from full; nothing was counted for 6 h, which may have cost up to");
        assertThat(node.truth()).isLessThan(before.fraction() - 0.2);
        node.run(Duration.ofDays(1), 4);
        assertThat(node.concern()).describedAs("full again: %s", node.says()).isNull();
    }

    @Test
    void theCurrentSensorSticksWhileItShowsCharging() {
        Node node = Node.usual();
        node.run(Duration.ofHours(33), 9);
        Reading stuck = node.monitor.newest().orElseThrow();
        assertThat(stuck.batteryA().number()).isPositive();
        node.wire = reading -> withCurrent(reading, stuck.batteryA());
        // Ten minutes pass before it can be told from a steady sun; until then it must not have cost more than the
        // error.
        node.run(Duration.ofHours(15), 9);
        assertThat(node.concern()).isEqualTo(Concern.CURRENT_STUCK);
        assertThat(node.says())
                .contains("the current stands still at " + stuck.batteryA().number()
                        + " A while sun, load or voltage move: that sensor is not believed");
        node.restart();
        node.run(Duration.ofMinutes(1), 9);
        assertThat(node.concern()).describedAs("still known after a restart").isEqualTo(Concern.CURRENT_STUCK);
        node.wire = reading -> reading;
        node.run(Duration.ofMinutes(5), 4);
        assertThat(node.concern()).isEqualTo(Concern.UNSEEN);
    }

    /** A board on the battery's own terminals, and a controller that measures no load: the battery is followed all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noMeterSeesTheBoard(boolean measuresLoad) {
        BatterySpec battery = BatterySpec.of(Chemistry.LFP, 12.8, 20);
        Node node = new Node(battery, battery, 60, measuresLoad);
        node.wire = reading -> withoutLoad(reading, measuresLoad);
        node.run(Duration.ofDays(6), 3.4);
        assertThat(node.estimate().fraction()).isCloseTo(node.truth(), within(0.05));
        assertThat(node.says()).contains("no meter sees the board, which is taken to draw 3.4 W");
    }

    /** What a controller tells whose load output is unused, or that has none. */
    private static Reading withoutLoad(Reading reading, boolean measuresLoad) {
        Value none = measuresLoad ? Value.good(0) : Value.ABSENT;
        return new Reading(
                reading.at(),
                reading.origin(),
                reading.batteryV(),
                measuresLoad ? reading.chargeA() : Value.ABSENT,
                reading.chargeA(),
                none,
                none,
                reading.pvV(),
                reading.pvA(),
                reading.pvW(),
                reading.batteryC(),
                reading.controllerSocPercent(),
                reading.pvEnergyTotalWh(),
                reading.stage());
    }

    @Test
    void aSteadyCurrentAtNightIsNoStuckSensor() {
        Node node = Node.usual();
        for (int hour = 0; hour < 72; hour++) {
            node.run(Duration.ofHours(1), 4);
            assertThat(node.concern()).isNotEqualTo(Concern.CURRENT_STUCK);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {365, -365})
    void theClockJumpsByAYear(int days) {
        Node node = Node.usual();
        node.run(Duration.ofDays(1), 9);
        node.clockAhead = Duration.ofDays(days);
        node.poll(9);
        node.assertCareful();
        assertThat(node.concern()).isEqualTo(Concern.UNSEEN);
        assertThat(node.says())
                .contains(
                        days > 0
                                ? "the clock jumped by 365 days or nothing was counted for so long"
                                : "the clock was set back: nobody knows how long nothing was counted");
        node.run(Duration.ofHours(6), 9);
        node.clockAhead = Duration.ZERO;
        node.run(Duration.ofDays(2), 4);
        assertThat(node.concern()).describedAs(node.says()).isNull();
    }

    /** Until it is nearly empty for the first time nothing tells it from a good one; from then on it is known. */
    @ParameterizedTest
    @EnumSource(names = {"LFP", "LEAD_AGM", "LI_ION"})
    void theBatteryIsOneOfHalfTheSize(Chemistry chemistry) {
        BatterySpec label = BatterySpec.of(chemistry, 12, 40);
        Node node = new Node(label, BatterySpec.of(chemistry, 12, 20), 60);
        while (node.monitor.estimate(node.now()).map(SocEstimate::basis).orElse(SocEstimate.Basis.UNKNOWN)
                != SocEstimate.Basis.FULL) {
            node.poll(3);
        }
        int polls = 0;
        while (node.concern() != Concern.CAPACITY && polls++ < 4 * 2880) {
            node.poll(14);
        }
        assertThat(node.says())
                .containsPattern("holds about (1\\d|2[0-6])\\.\\d Ah, not the 40 Ah of its label: "
                        + "\\d+\\.\\d Ah went out between full and nearly empty");
        assertThat(node.truth()).describedAs("noticed in time").isGreaterThan(0.04);
        assertThat(node.monitor.supply(node.now()))
                .isInstanceOfSatisfying(
                        Supply.Known.class,
                        known -> assertThat(known.capacityWh()).isLessThan(0.7 * label.capacityWh()));
        node.restart();
        node.run(Duration.ofDays(3), 3);
        assertThat(node.concern()).isEqualTo(Concern.CAPACITY);
    }

    @ParameterizedTest
    @CsvSource({
        "LFP, -4, 3.2, CHARGED_IN_FROST",
        "LI_ION, -4, 3.2, CHARGED_IN_FROST",
        "LFP, -4, 0.05, FROST",
        "LFP, -4, -0.4, FROST",
        "LFP, 0, 3.2,",
        "LEAD_AGM, -4, 3.2,"
    })
    void frost(Chemistry chemistry, double celsius, double amps, @Nullable Concern expected) {
        Node node = new Node(BatterySpec.of(chemistry, 12, 20), BatterySpec.of(chemistry, 12, 20), 60);
        node.wire = reading -> at(withCurrent(reading, Value.good(amps)), celsius);
        node.poll(4);
        assertThat(node.concern()).isEqualTo(expected);
        if (expected == Concern.CHARGED_IN_FROST) {
            assertThat(expected.isAlarm()).isTrue();
            assertThat(node.says())
                    .startsWith(
                            "the controller charges the lithium battery with 3.2 A at -4 °C: below 0 °C that ruins it");
        } else if (expected == Concern.FROST) {
            assertThat(node.says())
                    .startsWith("the lithium battery has -4 °C: no charge below 0 °C, the sun carries only the load");
        }
    }

    @ParameterizedTest
    @CsvSource({"LFP, 25, 1", "LFP, 5, 0.94", "LFP, -40, 0.85", "LEAD_GEL, 5, 0.84", "LEAD_GEL, -60, 0.5"})
    void coldTakesCapacity(Chemistry chemistry, double celsius, double share) {
        BatterySpec battery = BatterySpec.of(chemistry, 12, 20);
        Node node = new Node(battery, battery, 60);
        node.wire = reading -> at(reading, celsius);
        node.poll(4);
        assertThat(node.monitor.supply(node.now()))
                .isInstanceOfSatisfying(
                        Supply.Known.class,
                        known -> assertThat(known.capacityWh() / battery.capacityWh())
                                .isBetween(share - 0.001, share + 0.001));
    }

    private static Reading withCurrent(Reading reading, Value batteryA) {
        return changed(reading, batteryA, reading.batteryC());
    }

    private static Reading at(Reading reading, double celsius) {
        return changed(reading, reading.batteryA(), Value.good(celsius));
    }

    private static Reading changed(Reading reading, Value batteryA, Value batteryC) {
        return new Reading(
                reading.at(),
                reading.origin(),
                reading.batteryV(),
                batteryA,
                reading.chargeA(),
                reading.loadA(),
                reading.loadW(),
                reading.pvV(),
                reading.pvA(),
                reading.pvW(),
                batteryC,
                reading.controllerSocPercent(),
                reading.pvEnergyTotalWh(),
                ChargeStage.BULK);
    }
}
