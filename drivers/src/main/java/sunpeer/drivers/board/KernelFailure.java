package sunpeer.drivers.board;

import com.pi4j.io.exception.IOException;

/** What a provider throws through Pi4J when the kernel refuses; turned into a fault before it leaves this package. */
final class KernelFailure extends IOException {
    private final int errno;

    /** @param result the negative result of a call */
    KernelFailure(String what, int result) {
        super(what + ": errno " + -result);
        this.errno = -result;
    }

    int errno() {
        return errno;
    }

    static int check(String what, int result) {
        if (result < 0) {
            throw new KernelFailure(what, result);
        }
        return result;
    }
}
