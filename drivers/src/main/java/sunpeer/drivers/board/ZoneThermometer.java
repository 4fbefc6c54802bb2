package sunpeer.drivers.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sunpeer.drivers.Fault.Kind;

/** A thermal zone of the board, by its type: what a fan goes by. */
final class ZoneThermometer implements Thermometer {
    private final Sysfs sysfs;
    private final String type;

    ZoneThermometer(Sysfs sysfs, String type) {
        this.sysfs = sysfs;
        this.type = type;
    }

    @Override
    public Climate read() {
        try {
            return Sensirion.climate(sysfs.number(zone().resolve("temp")) * 1e-3, Optional.empty());
        } catch (Unreadable unreadable) {
            return new Climate.Failed(unreadable.fault());
        }
    }

    private Path zone() throws Unreadable {
        List<String> types = new ArrayList<>();
        for (Path zone : sysfs.list(sysfs.path("sys/class/thermal"), "thermal_zone*")) {
            String found = sysfs.text(zone.resolve("type"));
            if (found.equals(type)) {
                return zone;
            }
            types.add(found);
        }
        throw new Unreadable(
                Kind.PORT_MISSING,
                "no thermal zone is called " + type + ": there are "
                        + (types.isEmpty() ? "none" : String.join(", ", types)));
    }

    @Override
    public String describe() {
        return "thermal zone " + type;
    }

    @Override
    public void close() {}
}
