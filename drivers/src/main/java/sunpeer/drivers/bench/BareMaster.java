package sunpeer.drivers.bench;

import java.io.IOException;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;
import sunpeer.drivers.transport.SerialLine;

/**
 * No master at all: writes the next request as soon as the last byte is there, without silence and without a look at the
 * answer. What it misses of the theoretical time is the error of the paced line itself.
 */
final class BareMaster implements Master {
    private static final long TIMEOUT_NS = 2_000_000_000;

    private final SerialLine line;
    private final ReadPlan plan;
    private final byte[] sink = new byte[300];

    BareMaster(String port, int baud, ReadPlan plan) {
        this.line = new SerialLine(port, baud);
        this.plan = plan;
    }

    @Override
    public long poll() throws IOException {
        line.open().ifPresent(fault -> {
            throw new IllegalStateException(fault.message());
        });
        long start = System.nanoTime();
        for (Request.Registers block : plan.blocks()) {
            line.write(RtuFrame.request(block));
            int answer = 5 + 2 * block.count();
            for (int length = 0; length < answer; ) {
                int got = line.read(sink, length, answer - length);
                if (got < 0 || System.nanoTime() - start > TIMEOUT_NS) {
                    throw new IOException("no whole answer to " + block.describe());
                }
                length += got;
            }
        }
        return System.nanoTime() - start;
    }

    @Override
    public void close() {
        line.close();
    }
}
