package sunpeer.drivers;

/**
 * Why a controller could not be read, as a value.
 *
 * @param message what happened, where, and what to do about it; one line, for people
 */
public record Fault(Kind kind, String message) {
    public enum Kind {
        /** The device file does not exist: unplugged, or a wrong path. */
        PORT_MISSING,
        /** The device file may not be opened by this user. */
        PORT_DENIED,
        /** Another process holds the port. */
        PORT_BUSY,
        /** The TCP address refuses or cannot be reached. */
        UNREACHABLE,
        /** The wire is open, the device is silent. */
        NO_ANSWER,
        /** An answer came, with a wrong checksum, length, unit or function. */
        GARBLED,
        /** The device answered with a Modbus exception. */
        REFUSED,
        /** A well-formed answer with values that cannot be this device's: wrong profile or address. */
        IMPLAUSIBLE
    }
}
