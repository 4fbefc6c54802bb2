package sunpeer.drivers.probe;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.RtuFrame;

/** Listens to a line on which nothing was asked. Pure but for the line and real time. */
final class Ears {
    /** Enough for seconds at 115200 baud; a line that says more is a talker all the same. */
    private static final int BYTES_MAX = 8192;
    /** A line that is plugged or turned gives single bytes, and a floating one nothing but 00 and FF. */
    private static final int NOISE_BYTES_MAX = 3;

    private static final int FRAME_MIN = 5;
    private static final int FRAME_MAX = 256;
    /** Frames are searched in the beginning only: each place and length is tried. */
    private static final int SEARCHED_MAX = 1024;

    private Ears() {}

    /** What was said; less when the line was lost. */
    static byte[] listen(ByteLine line, Duration time) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end && heard.size() < BYTES_MAX) {
            int got = line.read(buffer, 0, buffer.length);
            if (got < 0) {
                break;
            }
            heard.write(buffer, 0, got);
        }
        return heard.toByteArray();
    }

    static boolean isNoise(byte[] heard) {
        int telling = 0;
        for (byte octet : heard) {
            telling += octet == 0 || octet == (byte) 0xFF ? 0 : 1;
        }
        return telling <= NOISE_BYTES_MAX;
    }

    /** The first Modbus frame in it, for people. */
    static Optional<String> frame(byte[] heard) {
        int searched = Math.min(heard.length, SEARCHED_MAX);
        for (int from = 0; from + FRAME_MIN <= searched; from++) {
            for (int to = from + FRAME_MIN; to <= Math.min(searched, from + FRAME_MAX); to++) {
                int function = heard[from + 1] & 0x7F;
                if (function >= 1 && function <= 0x2B && RtuFrame.crcFits(heard, from, to)) {
                    return Optional.of("function %d with unit %d".formatted(function, heard[from] & 0xFF));
                }
            }
        }
        return Optional.empty();
    }
}
