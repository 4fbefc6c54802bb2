package sunpeer.drivers.bench;

import sunpeer.drivers.simulator.WireEnd;
import sunpeer.drivers.transport.RtuFrame;

/**
 * Answers every read of registers at once, each register with a number that follows from its address. Thinks of nothing else,
 * so that the time measured is that of the line and of the master. Owns its wire and one thread.
 */
final class InstantSlave implements AutoCloseable {
    private static final int REQUEST_BYTES = 8;

    private final WireEnd wire;
    private final Thread thread;

    InstantSlave(WireEnd wire) {
        this.wire = wire;
        this.thread = Thread.ofPlatform().daemon().name("slave " + wire.path()).start(this::serve);
    }

    static int register(int address) {
        return (address * 7 + 1) & 0xFFFF;
    }

    private void serve() {
        byte[] request = new byte[REQUEST_BYTES];
        int length = 0;
        while (true) {
            int got = wire.read(request, length, REQUEST_BYTES - length, -1);
            if (got < 0) {
                return;
            }
            length += got;
            if (length == REQUEST_BYTES) {
                // Half a request would shift all that follow; the masters here send whole ones.
                if (RtuFrame.crcFits(request, 0, REQUEST_BYTES)) {
                    wire.write(answer(request));
                }
                length = 0;
            }
        }
    }

    private static byte[] answer(byte[] request) {
        int address = (request[2] & 0xFF) << 8 | (request[3] & 0xFF);
        int count = request[5] & 0xFF;
        int[] body = new int[3 + 2 * count];
        body[0] = request[0];
        body[1] = request[1];
        body[2] = 2 * count;
        for (int i = 0; i < count; i++) {
            body[3 + 2 * i] = register(address + i) >> 8;
            body[4 + 2 * i] = register(address + i) & 0xFF;
        }
        return RtuFrame.withCrc(body);
    }

    @Override
    public void close() {
        wire.close();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
