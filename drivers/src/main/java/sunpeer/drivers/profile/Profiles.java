package sunpeer.drivers.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The profiles that come with the program. Immutable; a broken one ends the program at its first use. */
public final class Profiles {
    private static final List<String> IDS = List.of(
            "daly-uart", "epever", "jbd", "jk-pb", "junctek", "junctek-khf", "srne", "victron", "victron-monitor");
    /** The documents of these disagree on the sign of the current, so the owner may say: the same id with this behind it. */
    private static final List<String> REVERSIBLE = List.of("daly-uart", "junctek", "junctek-khf");

    private static final String REVERSED = "-reversed";

    private static final Map<String, Profile> SHIPPED = load();

    private Profiles() {}

    public static List<String> ids() {
        return List.copyOf(SHIPPED.keySet());
    }

    public static Optional<Profile> find(String id) {
        return Optional.ofNullable(SHIPPED.get(id));
    }

    private static Profile reversed(Profile profile) {
        return new Profile(
                profile.id() + REVERSED,
                profile.family() + ", reversed",
                profile.kind(),
                profile.protocol(),
                profile.serial(),
                profile.tcp(),
                profile.baud(),
                profile.unit(),
                profile.tcpPort(),
                profile.gapMillis(),
                profile.identity(),
                profile.blocks(),
                profile.points().stream().map(Point::reversed).toList(),
                List.of());
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
        for (String id : REVERSIBLE) {
            Profile reversed = reversed(Objects.requireNonNull(profiles.get(id), id));
            profiles.put(reversed.id(), reversed);
        }
        return profiles;
    }
}
