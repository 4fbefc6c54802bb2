package sunpeer.drivers.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The profiles that can be read with: those that come with the program, of which a broken one ends it at the first use, and
 * those of its owner, of which a broken one is a problem to tell. Thread-safe.
 */
public final class Profiles {
    private static final long OWNED_BYTES_MAX = 200_000;
    private static final int OWNED_FILES_MAX = 100;

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

    private static final Catalogue SHIPPED = load();

    // for the process: set once at its start, when the owner's directory was read
    private static volatile Catalogue inUse = SHIPPED;

    private Profiles() {}

    public static List<String> ids() {
        return inUse.ids();
    }

    public static Optional<Profile> find(String id) {
        return inUse.find(id);
    }

    /** What is wrong with the owner's profiles, one line each. */
    public static List<String> problems() {
        return inUse.problems();
    }

    /** Replaces the profiles of this process; for its start, before a device is opened. */
    public static void use(Catalogue catalogue) {
        inUse = catalogue;
    }

    /**
     * The program's profiles and the *.toml of a directory, which add families or replace those of the same id.
     *
     * @param directory may be missing: most owners have none
     */
    public static Catalogue withOwners(Path directory) {
        Map<String, Profile> owned = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Path file : owned(directory, problems)) {
            try {
                if (Files.size(file) > OWNED_BYTES_MAX) {
                    problems.add(file + ":1: is larger than " + OWNED_BYTES_MAX + " bytes");
                    continue;
                }
                String toml = Files.readString(file, StandardCharsets.UTF_8);
                Profile profile = ProfileLoader.parse(String.valueOf(file.getFileName()), toml);
                owned.put(profile.id(), profile);
            } catch (IOException failure) {
                problems.add(file + ":1: cannot be read as UTF-8 text (" + failure.getMessage() + ")");
            } catch (IllegalArgumentException mistake) {
                problems.add(directory + "/" + mistake.getMessage());
            }
        }
        return SHIPPED.with(owned, problems);
    }

    private static List<Path> owned(Path directory, List<String> problems) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> profiles = files.filter(file -> file.toString().endsWith(".toml"))
                    .sorted()
                    .toList();
            if (profiles.size() > OWNED_FILES_MAX) {
                problems.add(directory + ": holds more than " + OWNED_FILES_MAX + " profiles; the rest is left out");
            }
            return profiles.stream().limit(OWNED_FILES_MAX).toList();
        } catch (IOException failure) {
            problems.add(directory + ": cannot be read: may this user open it? (" + failure.getMessage() + ")");
            return List.of();
        }
    }

    private static Catalogue load() {
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
        return new Catalogue(new TreeMap<>(profiles), List.of());
    }
}
