package sunpeer.drivers.probe;

import java.util.List;
import java.util.Optional;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.ReadResult;

/**
 * What probing one wire did and found. Immutable.
 *
 * @param where port or address
 * @param steps all that was done, in order
 */
public record ProbeReport(String where, List<Step> steps, Outcome outcome) {
    public ProbeReport {
        steps = List.copyOf(steps);
    }

    /**
     * @param what was done: {@code "115200 baud: unit 1, its identity (function 43/14)"}
     * @param came of it: {@code "silence"}
     */
    public record Step(String what, String came) {}

    public sealed interface Outcome {
        /**
         * A device that a profile fits. Before a strong match nothing else is taken; weak ones are all told.
         *
         * @param matches not empty
         */
        record Found(List<Match> matches) implements Outcome {
            public Found {
                matches = List.copyOf(matches);
            }
        }

        /** Something answers and no profile fits it. */
        record Stranger(String what) implements Outcome {}

        record Nothing() implements Outcome {}

        /** Somebody else asks on this line; nothing was sent any more. */
        record OtherMaster(String evidence) implements Outcome {}

        /** Nothing was done: the port is missing, forbidden or in use, or the address cannot be reached. */
        record NotProbed(String reason) implements Outcome {}
    }

    /**
     * @param address what to put into the configuration
     * @param strong it cannot be another family
     * @param evidence what tells it, for people
     * @param read one reading of it, to see whether it fits; nothing when the time was over
     */
    public record Match(
            DeviceAddress address, String family, boolean strong, String evidence, Optional<ReadResult> read) {}
}
