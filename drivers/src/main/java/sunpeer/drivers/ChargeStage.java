package sunpeer.drivers;

/** Stage of the charge controller's own algorithm, in the words of the field. */
public enum ChargeStage {
    UNKNOWN,
    OFF,
    BULK,
    ABSORPTION,
    FLOAT,
    EQUALIZE
}
