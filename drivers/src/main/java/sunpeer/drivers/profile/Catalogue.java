package sunpeer.drivers.profile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Profiles by their id. Immutable.
 *
 * @param problems why some of an owner's files are not among them, one line each: file, line and reason
 */
public record Catalogue(SortedMap<String, Profile> profiles, List<String> problems) {
    public Catalogue {
        profiles = Collections.unmodifiableSortedMap(new TreeMap<>(profiles));
        problems = List.copyOf(problems);
    }

    public List<String> ids() {
        return List.copyOf(profiles.keySet());
    }

    public Optional<Profile> find(String id) {
        return Optional.ofNullable(profiles.get(id));
    }

    /** These and the others; of two with the same id the other counts. */
    Catalogue with(Map<String, Profile> others, List<String> found) {
        SortedMap<String, Profile> all = new TreeMap<>(profiles);
        all.putAll(others);
        return new Catalogue(all, found);
    }
}
