package sunpeer.drivers;

import java.util.List;

/** What one poll gave: a reading, or the reason there is none. */
public sealed interface ReadResult {
    /**
     * @param reading what decisions are made on
     * @param details everything else that was decoded, for people; in the order of the profile
     */
    record Ok(Reading reading, List<Detail> details) implements ReadResult {
        public Ok {
            details = List.copyOf(details);
        }

        public Ok(Reading reading) {
            this(reading, List.of());
        }
    }

    record Failed(Fault fault) implements ReadResult {}
}
