package sunpeer.appliance.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * What the machine knows better than the file. Immutable.
 *
 * @param zone time zone of the system
 * @param data where the node keeps its memory unless told otherwise
 * @param profiles ids of the device profiles that this build can drive; not empty
 */
public record Defaults(ZoneId zone, Path data, List<String> profiles) {
    public Defaults {
        profiles = List.copyOf(profiles);
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("a node without a device profile can read no controller");
        }
    }
}
