package sunpeer.appliance.ledger;

import java.util.Optional;

/** Kinds of ledger entries with the number that stands for them on the wire. */
public enum EntryType {
    /** First entry: the rules of the subnet and the gateway's key. By the gateway. */
    GENESIS(1),
    /** A key becomes a peer. By the newcomer, who has no uid yet. */
    JOIN(2),
    /** The hash of a forecast, before its window begins. */
    COMMIT(3),
    /** The forecast itself, once nobody can commit any more. */
    REVEAL(4),
    /** A validator's scores of the revealed forecasts, and the truth that it measured. */
    WEIGHTS(5),
    /** The end of an epoch with everybody's reward. By the gateway; recomputed by every peer. */
    EPOCH(6);

    private final int code;

    EntryType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<EntryType> ofCode(int code) {
        for (EntryType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
