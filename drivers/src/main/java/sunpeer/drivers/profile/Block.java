package sunpeer.drivers.profile;

import java.util.List;

/**
 * Registers that are read with one request. Immutable.
 *
 * @param slow read about once a minute instead of at every poll
 * @param optional some devices of the family lack it
 * @param fallback smaller requests for devices that refuse the whole block
 */
public record Block(int function, int start, int count, boolean slow, boolean optional, List<Span> fallback) {
    public record Span(int start, int count) {
        boolean covers(int address, int words) {
            return address >= start && address + words <= start + count;
        }
    }

    Span whole() {
        return new Span(start, count);
    }
}
