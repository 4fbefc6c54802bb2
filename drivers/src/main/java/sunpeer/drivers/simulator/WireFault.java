package sunpeer.drivers.simulator;

import java.util.Set;

/** What goes wrong on wires and in devices. */
public enum WireFault {
    /** RS-485 transceivers turn around, or a relay switches nearby. */
    NOISE_BEFORE("noise before the answer"),
    NOISE_INSIDE("noise inside the answer"),
    NOISE_AFTER("noise after the answer"),
    FLIPPED_BITS("flipped bits"),
    TRUNCATED("only the beginning of the answer"),
    /** After the reader gave up; often in the middle of its next request. */
    LATE("the answer comes late"),
    /** Right behind the first one. */
    DUPLICATE("the answer comes twice"),
    /** Adapters without receiver control hear themselves. */
    ECHO("the request is echoed"),
    /** It asks the same unit for as many registers, elsewhere. */
    SECOND_MASTER("a second master on the line"),
    /** A short circuit, or a device that babbles. */
    STUCK("the line brings bytes without end"),
    SILENCE("no answer"),
    /** The adapter's plug is pulled; it comes back under another number, at the same path by id. */
    UNPLUGGED("unplugged, back under another number"),
    /** The path by id leads to another port, and the old one stays open and dead. */
    RENUMBERED("another number, the old one stays open"),
    WRONG_UNIT("another unit answers"),
    /** Real EPEVER firmware does it: fewer registers than asked for, in a frame that is right by itself. */
    SHORT("a short answer, right by itself"),
    EXCEPTION("a Modbus exception");

    /** Nobody asks, so nothing can be late, wrong or echoed. */
    private static final Set<WireFault> NOT_WITHOUT_REQUESTS = Set.of(LATE, ECHO, WRONG_UNIT, EXCEPTION);

    /** Bytes of others cannot get into a TCP stream, and there is no port that can be renumbered. */
    private static final Set<WireFault> NOT_ON_TCP = Set.of(RENUMBERED);

    private final String title;

    WireFault(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether it can happen where this is spoken. */
    public boolean happensTo(Speech speech) {
        return switch (speech) {
            case RTU -> true;
            case RTU_OVER_TCP -> !NOT_ON_TCP.contains(this);
            case MODBUS_TCP -> !NOT_ON_TCP.contains(this) && this != ECHO && this != SECOND_MASTER;
            case VE_DIRECT -> !NOT_WITHOUT_REQUESTS.contains(this);
        };
    }
}
