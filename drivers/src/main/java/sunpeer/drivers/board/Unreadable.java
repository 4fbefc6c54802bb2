package sunpeer.drivers.board;

import com.pi4j.exception.Pi4JException;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Fault.Kind;

/** Carries a fault from deep in a chip to the door of this package, where it becomes a value. */
final class Unreadable extends Exception {
    private final transient Fault fault;

    Unreadable(Kind kind, String message) {
        super(message);
        this.fault = new Fault(kind, message);
    }

    Fault fault() {
        return fault;
    }

    /** A failure of Pi4J, in most cases one that our providers threw through it. */
    static Unreadable of(RuntimeException thrown, String where, String group) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof KernelFailure refused) {
                return of(refused.errno(), where, group);
            }
        }
        if (thrown instanceof Pi4JException) {
            return new Unreadable(
                    Kind.PORT_BUSY, where + " is refused by Pi4J (" + thrown.getMessage() + "): is it used twice?");
        }
        throw thrown;
    }

    /** @param group the group that owns such device files on Debian: {@code "i2c"} or {@code "gpio"} */
    static Unreadable of(int errno, String where, String group) {
        return switch (errno) {
            case Kernel.ENOENT ->
                new Unreadable(Kind.PORT_MISSING, where + " is not there: is the " + group + " device enabled?");
            case Kernel.EINVAL -> new Unreadable(Kind.PORT_MISSING, where + " does not exist: correct its number");
            case Kernel.EACCES ->
                new Unreadable(
                        Kind.PORT_DENIED,
                        "%s may not be opened by user %s: run `sudo usermod -aG %s %2$s` and log in again (or restart the service)"
                                .formatted(where, System.getProperty("user.name", "?"), group));
            case Kernel.EBUSY ->
                new Unreadable(Kind.PORT_BUSY, where + " is held by a kernel driver or another program: free it first");
            case Kernel.ETIMEDOUT ->
                new Unreadable(
                        Kind.NO_ANSWER,
                        where + " holds its bus: check for a short, long wires or a chip without power");
            case Kernel.EIO, Kernel.ENXIO, Kernel.EREMOTEIO, Kernel.ENODEV ->
                new Unreadable(
                        Kind.NO_ANSWER,
                        where + " does not answer: check power, address and the two bus wires; `i2cdetect -y` shows"
                                + " who is there");
            default -> new Unreadable(Kind.NO_ANSWER, where + " cannot be used: the kernel says error " + errno);
        };
    }
}
