package sunpeer.appliance.store;

import java.util.Optional;

/** How a reading of the stored log ended. Immutable. */
public sealed interface LogRead {
    /** All entries from 0 to {@code size - 1} were there; the checkpoint is of the same moment. */
    record Whole(long size, Optional<String> checkpoint) implements LogRead {}

    /** Entries from {@code missing} to {@code found - 1} are not there. Nothing after the gap was handed out. */
    record Gap(long missing, long found) implements LogRead {}

    /** The sink wanted no more after this one. */
    record Stopped(long index) implements LogRead {}

    /** @param reason one line for people */
    record Failed(String reason) implements LogRead {}
}
