package sunpeer.appliance.service;

import java.util.Optional;
import java.util.function.Consumer;
import sunpeer.drivers.Fault;

/** Tells people once that something is not there, and once when it is back. Confined to one thread. */
final class Outage {
    private final String lost;
    private final String back;
    private final Consumer<String> tell;
    private boolean isOut;

    /** @param lost begins a line that the fault ends */
    Outage(String lost, String back, Consumer<String> tell) {
        this.lost = lost;
        this.back = back;
        this.tell = tell;
    }

    void now(Optional<Fault> fault) {
        if (fault.isPresent() && !isOut) {
            tell.accept(lost + ": " + fault.get().message());
        } else if (fault.isEmpty() && isOut) {
            tell.accept(back);
        }
        isOut = fault.isPresent();
    }
}
