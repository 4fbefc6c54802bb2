package sunpeer.drivers.profile;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The profiles that come with the program and those of its owner, which count where both have the same id. Immutable.
 *
 * @param owned by their id
 * @param problems why some of an owner's files are not among them, one line each: file, line and reason
 */
public record Catalogue(SortedMap<String, Profile> owned, List<String> problems) {
    public Catalogue {
        owned = Collections.unmodifiableSortedMap(new TreeMap<>(owned));
        problems = List.copyOf(problems);
    }

    public List<String> ids() {
        TreeSet<String> ids = new TreeSet<>(Profiles.shippedIds());
        ids.addAll(owned.keySet());
        return List.copyOf(ids);
    }

    public Optional<Profile> find(String id) {
        return Optional.ofNullable(owned.get(id)).or(() -> Profiles.shipped(id));
    }
}
