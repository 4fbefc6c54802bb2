package sunpeer.appliance.store;

import sunpeer.appliance.ledger.Bytes;

/** Takes the entries of a stored log one by one, so that a log may be larger than the memory. */
@FunctionalInterface
public interface EntrySink {
    /** Called on the reading thread, in order of the index. False ends the reading. */
    boolean take(long index, Bytes entry);
}
