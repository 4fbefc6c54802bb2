package sunpeer.drivers.faults;

import java.time.Duration;

/**
 * What one fault did on one kind of wire.
 *
 * @param polls how often the device was asked
 * @param faults how often the wire was spoiled
 * @param failed polls that gave no value
 * @param wrong polls that gave a value which the device did not have just then
 * @param recovery the most polls in a row that failed although nothing was spoiled any more
 */
record Toll(String wire, String fault, int polls, int faults, int failed, int wrong, int recovery, Duration took) {
    static final String HEADER = "%-13s %-42s %6s %7s %7s %6s %9s %6s"
            .formatted("wire", "fault", "polls", "faults", "failed", "wrong", "recovery", "time");

    @Override
    public String toString() {
        return "%-13s %-42s %6d %7d %7d %6d %9d %4d s"
                .formatted(wire, fault, polls, faults, failed, wrong, recovery, took.toSeconds());
    }
}
