package sunpeer.appliance.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.ToldForecast;

/** Takes the forecasts that others send. Confined to one thread. */
final class ForecastDesk {
    /** Whoever floods the topic does not flood the log. */
    private static final Duration COMPLAIN_EVERY = Duration.ofHours(1);

    private final EnergyMonitor energy;
    private Instant complainDue = Instant.MIN;

    ForecastDesk(EnergyMonitor energy) {
        this.energy = energy;
    }

    void told(ToldForecast forecast, Instant now, NodeCore.Teller teller, List<Command> out) {
        energy.told(forecast, now).ifPresent(why -> complain(why, now, teller, out));
    }

    void unusable(String why, Instant now, NodeCore.Teller teller, List<Command> out) {
        complain("a forecast was sent that cannot be read: " + why, now, teller, out);
    }

    private void complain(String text, Instant now, NodeCore.Teller teller, List<Command> out) {
        if (!now.isBefore(complainDue)) {
            complainDue = now.plus(COMPLAIN_EVERY);
            teller.tell(out, Story.Kind.LINK, text);
        }
    }

    /** The clock was set back. */
    void forgetDueTimes() {
        complainDue = Instant.MIN;
    }
}
