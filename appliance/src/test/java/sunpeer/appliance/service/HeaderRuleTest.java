package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.energy.SocEstimate.Basis;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.schedule.Reason;
import sunpeer.appliance.service.HeaderRule.Switches;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.board.StatusPattern;
import sunpeer.drivers.board.Thermostat;

class HeaderRuleTest {
    private static final Instant NOW = Instant.parse("2026-06-21T12:00:00Z");
    private static final HeaderRule RULE =
            new HeaderRule(Optional.of(new Thermostat(65, 55)), 0.6, 0.4, Duration.ofMinutes(5));
    private static final Switches OFF = Switches.AT_START;
    private static final Switches ON = new Switches(StatusPattern.WAITING_FOR_SUN, true, true);

    private static NodeView view(
            Optional<Instant> read,
            Optional<SocEstimate> soc,
            Optional<String> fault,
            Reason.Code code,
            Optional<String> running,
            Optional<String> alarm) {
        return new NodeView(
                "roof",
                "id",
                NOW,
                true,
                "",
                new NodeView.Battery(
                        read.map(HeaderRuleTest::reading),
                        soc,
                        "",
                        fault,
                        true,
                        new EnergyMonitor.Totals(0, 0, 0, 0),
                        List.of()),
                new Reason(code, "because"),
                new NodeView.Work(3, 0, 0, 0, 0, 0, "", running, List.of(), Optional.empty()),
                new NodeView.Market(
                        0, 0, 0, "", true, alarm, 0, new NodeView.Earned(-1, 0, 0, 0, false), List.of(), List.of()),
                List.of());
    }

    private static Reading reading(Instant at) {
        Value absent = Value.ABSENT;
        return new Reading(
                at,
                "EPEVER",
                Value.good(13),
                absent,
                absent,
                absent,
                absent,
                absent,
                absent,
                absent,
                absent,
                absent,
                absent,
                ChargeStage.UNKNOWN);
    }

    private static NodeView charged(double fraction, double sigma, Basis basis, Instant read) {
        return view(
                Optional.of(read),
                Optional.of(new SocEstimate(fraction, sigma, basis)),
                Optional.empty(),
                Reason.Code.IDLE,
                Optional.empty(),
                Optional.empty());
    }

    private static boolean load(Switches before, NodeView view) {
        return RULE.next(before, view, Value.good(40), NOW).load();
    }

    @ParameterizedTest
    @CsvSource({
        // fraction, sigma, was fed, is fed
        "0.70, 0.05, false, true",
        "0.70, 0.06, false, false",
        "0.50, 0.02, false, false",
        "0.50, 0.02, true, true",
        "0.50, 0.05, true, false",
        "0.39, 0.00, true, false",
        "0.10, 0.30, true, false"
    })
    void theLoadByTheCautiousCharge(double fraction, double sigma, boolean was, boolean is) {
        assertThat(load(was ? ON : OFF, charged(fraction, sigma, Basis.FULL, NOW)))
                .isEqualTo(is);
    }

    @Test
    void noLoadWithoutAChargeToTrust() {
        assertThat(load(ON, charged(0.9, 0, Basis.FULL, NOW.minusSeconds(300)))).isTrue();
        assertThat(load(ON, charged(0.9, 0, Basis.FULL, NOW.minusSeconds(301)))).isFalse();
        // A clock that was set back by an hour.
        assertThat(load(ON, charged(0.9, 0, Basis.FULL, NOW.plusSeconds(3600)))).isFalse();
        assertThat(load(ON, charged(0.9, 0, Basis.UNKNOWN, NOW))).isFalse();
        assertThat(load(ON, light(Optional.empty(), Reason.Code.STARTING, Optional.empty(), Optional.empty())))
                .isFalse();
    }

    @Test
    void theFanByTheProcessor() {
        NodeView view = charged(0.9, 0, Basis.FULL, NOW);
        assertThat(RULE.next(OFF, view, Value.good(60), NOW).fan()).isFalse();
        assertThat(RULE.next(OFF, view, Value.good(65), NOW).fan()).isTrue();
        assertThat(RULE.next(ON, view, Value.good(60), NOW).fan()).isTrue();
        assertThat(RULE.next(ON, view, Value.good(55), NOW).fan()).isFalse();
        assertThat(RULE.next(OFF, view, Value.ABSENT, NOW).fan()).isTrue();
        assertThat(new HeaderRule(Optional.empty(), 1, 1, Duration.ZERO)
                        .next(ON, view, Value.ABSENT, NOW)
                        .fan())
                .isFalse();
    }

    private static NodeView light(
            Optional<String> fault, Reason.Code code, Optional<String> running, Optional<String> alarm) {
        return view(Optional.empty(), Optional.empty(), fault, code, running, alarm);
    }

    private static StatusPattern pattern(NodeView view) {
        return RULE.next(OFF, view, Value.ABSENT, NOW).light();
    }

    @Test
    void theLight() {
        Optional<String> no = Optional.empty();
        Optional<String> yes = Optional.of("something");
        assertThat(pattern(light(no, Reason.Code.STARTING, no, no))).isEqualTo(StatusPattern.WAITING_FOR_SUN);
        assertThat(pattern(light(no, Reason.Code.BATTERY_LOW, no, no))).isEqualTo(StatusPattern.WAITING_FOR_SUN);
        assertThat(pattern(light(no, Reason.Code.RUNNING, yes, no))).isEqualTo(StatusPattern.RUNNING);
        assertThat(pattern(light(yes, Reason.Code.RUNNING, yes, no))).isEqualTo(StatusPattern.FAULT);
        assertThat(pattern(light(no, Reason.Code.RUNNING, yes, yes))).isEqualTo(StatusPattern.FAULT);
        assertThat(pattern(light(no, Reason.Code.CONTROLLER_SILENT, no, no))).isEqualTo(StatusPattern.FAULT);
    }

    @Test
    void anOutageIsToldOnceAndItsEndOnce() {
        List<String> lines = new ArrayList<>();
        Outage outage = new Outage("the fan cannot be used", "the fan can be used again", lines::add);
        var fault = Optional.of(new Fault(Fault.Kind.PORT_MISSING, "no chip"));
        outage.now(Optional.empty());
        outage.now(fault);
        outage.now(fault);
        outage.now(Optional.empty());
        outage.now(Optional.empty());
        assertThat(lines).containsExactly("the fan cannot be used: no chip", "the fan can be used again");
    }
}
