package sunpeer.drivers.profile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * One thing a device family tells and how it is read. Immutable.
 *
 * @param name key of the quantity, or name of the detail
 * @param quantity the field of a reading that it fills; none for a detail
 * @param conditions all of them must hold, or the device tells something else in these registers
 * @param min lowest value that can be true
 * @param max highest value that can be true
 * @param na raw bit patterns that mean "not available"
 * @param naText texts that mean "not available"
 * @param coarse the device rounds so much that volts times amperes say more
 * @param confidence A: vendor text and device captures agree; B: one of the two; C: hearsay
 */
public record Point(
        String name,
        Optional<Quantity> quantity,
        Source source,
        Meaning meaning,
        List<Condition> conditions,
        double min,
        double max,
        Set<Long> na,
        Set<String> naText,
        boolean coarse,
        String confidence,
        SortedSet<String> sources) {
    public Point {
        conditions = List.copyOf(conditions);
        na = Set.copyOf(na);
        naText = Set.copyOf(naText);
    }

    /** Holds when the raw number of another register is in {@code min..max}: a firmware version, a count of cells. */
    public record Condition(Source source, long min, long max) {}
}
