package sunpeer.drivers.bench;

import java.io.IOException;

/** Somebody who polls a slave over a serial port. Confined to one thread. */
interface Master extends AutoCloseable {
    /**
     * One poll: all reads of the plan, each answer checked.
     *
     * @return nanoseconds from before the first request is written until the last answer is there
     * @throws IOException when an answer is missing or wrong
     */
    long poll() throws IOException;

    @Override
    void close();
}
