package sunpeer.appliance.config;

import java.time.Instant;
import java.util.List;

/** The keys of {@code [clock]}, the same in every kind of file. Immutable. */
final class ClockKeys {
    private static final String GROUP = "only together with the other two";

    final Key<Integer> speed = new Key<>(
            "clock",
            "speed",
            Form.whole("", 1, 10_000),
            Key.nothing(GROUP),
            "how many times as fast as the real time",
            "600");
    final Key<Instant> shows = new Key<>(
            "clock",
            "shows",
            Form.instant(),
            Key.nothing(GROUP),
            "what the clock shows at the real time given by at",
            "2025-06-01T04:00:00Z");
    final Key<Instant> at = new Key<>(
            "clock", "at", Form.instant(), Key.nothing(GROUP), "the real time of that", "2026-01-01T00:00:00Z");
    final Table table =
            new Table("clock", "a faster clock, only for demonstrations and tests", false, List.of(speed, shows, at));
}
