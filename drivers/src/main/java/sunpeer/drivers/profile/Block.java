package sunpeer.drivers.profile;

import java.time.Duration;
import java.util.List;

/**
 * Registers that are read with one request where the device allows it. Immutable.
 *
 * @param function 1 to 4
 * @param optional some devices of the family lack it
 * @param together spans that are never torn into two requests
 */
public record Block(int function, int start, int count, Period period, boolean optional, List<Span> together) {
    public Block {
        together = List.copyOf(together);
    }

    public record Span(int start, int count) {
        int end() {
            return start + count;
        }

        boolean covers(int address, int words) {
            return address >= start && address + words <= end();
        }

        boolean meets(Span other) {
            return start < other.end() && other.start < end();
        }

        /** The smallest span that holds both. */
        Span with(Span other) {
            int first = Math.min(start, other.start);
            return new Span(first, Math.max(end(), other.end()) - first);
        }
    }

    /** How often it is worth a request, and how long its content may still be shown when it is not answered. */
    public enum Period {
        /** At every poll: what decisions are made on. */
        FAST(Duration.ZERO, Duration.ZERO),
        /** Counters and temperatures. */
        SLOW(Duration.ofMinutes(1), Duration.ofMinutes(15)),
        /** Settings and what is printed on the case. */
        DAILY(Duration.ofDays(1), Duration.ofDays(2));

        private final Duration interval;
        private final Duration validity;

        Period(Duration interval, Duration validity) {
            this.interval = interval;
            this.validity = validity;
        }

        Duration interval() {
            return interval;
        }

        Duration validity() {
            return validity;
        }
    }

    Span whole() {
        return new Span(start, count);
    }

    /** Without it there is no reading. */
    boolean required() {
        return period == Period.FAST && !optional;
    }
}
