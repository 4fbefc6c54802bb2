package sunpeer.appliance.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.schedule.Reason;
import sunpeer.drivers.Value;
import sunpeer.drivers.board.StatusPattern;
import sunpeer.drivers.board.Thermostat;

/**
 * What light, fan and relay do, by what the node knows. Pure: what it did before comes in. Immutable.
 *
 * @param loadOn cautious state of charge from which the load is fed
 * @param loadOff down to which it stays so
 * @param staleAfter age at which a reading says nothing any more
 */
record HeaderRule(Optional<Thermostat> fan, double loadOn, double loadOff, Duration staleAfter) {

    /** @param load whether the load is to be fed */
    record Switches(StatusPattern light, boolean fan, boolean load) {
        static final Switches AT_START = new Switches(StatusPattern.WAITING_FOR_SUN, false, false);
    }

    Switches next(Switches before, NodeView view, Value cpuC, Instant now) {
        return new Switches(
                light(view),
                fan.map(thermostat -> thermostat.next(before.fan(), cpuC)).orElse(false),
                charge(view, now)
                        .filter(cautious -> cautious >= loadOn || (before.load() && cautious > loadOff))
                        .isPresent());
    }

    private static StatusPattern light(NodeView view) {
        boolean fault = view.battery().fault().isPresent()
                || view.market().alarm().isPresent()
                || view.reason().code() == Reason.Code.CONTROLLER_SILENT;
        if (fault) {
            return StatusPattern.FAULT;
        }
        return view.work().running().isPresent() ? StatusPattern.RUNNING : StatusPattern.WAITING_FOR_SUN;
    }

    /** Nothing while it is unknown or stale, also by a clock that went back. */
    private Optional<Double> charge(NodeView view, Instant now) {
        boolean fresh = view.battery()
                .reading()
                .filter(reading -> Duration.between(reading.at(), now).abs().compareTo(staleAfter) <= 0)
                .isPresent();
        return view.battery()
                .soc()
                .filter(soc -> fresh && soc.basis() != SocEstimate.Basis.UNKNOWN)
                .map(SocEstimate::cautious);
    }
}
