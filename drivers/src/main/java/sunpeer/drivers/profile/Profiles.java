package sunpeer.drivers.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The profiles that come with the program. Immutable; a broken one ends the program at its first use. */
public final class Profiles {
    private static final List<String> IDS = List.of(
            "daly",
            "epever",
            "genstar-mppt",
            "midnite",
            "prostar-mppt",
            "prostar-pwm",
            "renogy-battery",
            "srne",
            "sunsaver-duo",
            "sunsaver-mppt",
            "tristar-mppt",
            "tristar-mppt-600v",
            "tristar-pwm",
            "victron");
    private static final Map<String, Profile> SHIPPED = load();

    private Profiles() {}

    public static List<String> ids() {
        return IDS;
    }

    public static Optional<Profile> find(String id) {
        return Optional.ofNullable(SHIPPED.get(id));
    }

    private static Map<String, Profile> load() {
        Map<String, Profile> profiles = new TreeMap<>();
        for (String id : IDS) {
            String file = id + ".toml";
            try (InputStream in = Profiles.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("profile " + file + " is not in the program");
                }
                String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                profiles.put(id, ProfileLoader.parse(file, toml));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return profiles;
    }
}
