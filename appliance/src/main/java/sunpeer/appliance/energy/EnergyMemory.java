package sunpeer.appliance.energy;

import java.util.List;
import java.util.Optional;

/** What the energy room keeps over a restart. Immutable. */
public record EnergyMemory(
        Optional<SocState> soc,
        ClearSkyState sky,
        SunMemory days,
        EnergyMonitor.Totals totals,
        List<EnergyMonitor.Point> chart) {
    public static final EnergyMemory NONE = new EnergyMemory(
            Optional.empty(),
            new ClearSkyState(List.of()),
            SunMemory.NONE,
            new EnergyMonitor.Totals(0, 0, 0, 0),
            List.of());

    public EnergyMemory {
        chart = List.copyOf(chart);
    }
}
