package sunpeer.drivers.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import sunpeer.drivers.transport.Request.Registers;

/**
 * What one poll of a device family reads.
 *
 * @param profileGapMillis the silence between requests that its profile asks for
 * @param blocks the fewest requests that its profile needs for a decision: holes bridged, the device's groups respected
 * @param singles the same points without a plan: each register that means something, by itself
 */
record ReadPlan(String name, int profileGapMillis, List<Registers> blocks, List<Registers> singles) {
    static final int UNIT = 1;

    /** Unit, function, address, count, checksum. */
    private static final int REQUEST_BYTES = 8;
    /** Unit, function, byte count before and checksum after the registers. */
    private static final int ANSWER_FRAME_BYTES = 5;

    private static final long BITS_PER_BYTE = 10; // 8N1 and the start bit
    private static final long SECOND_NS = 1_000_000_000;

    /** Its own rate is 9600 baud. */
    static final ReadPlan SRNE = new ReadPlan(
            "srne",
            12,
            List.of(new Registers(UNIT, 3, 0x0100, 35)),
            singles(3, 0x0100, 0x0101, 0x0102, 0x0103, 0x0105, 0x0106, 0x0107, 0x0108, 0x0109, 0x011C, 0x011D, 0x0120));

    /** Its own rate is 115200 baud. Four requests, because a request must not leave a group of the device. */
    static final ReadPlan EPEVER = new ReadPlan(
            "epever",
            10,
            List.of(
                    new Registers(UNIT, 4, 0x3100, 18),
                    new Registers(UNIT, 4, 0x311A, 1),
                    new Registers(UNIT, 4, 0x3200, 3),
                    new Registers(UNIT, 4, 0x331A, 3)),
            singles(
                    4, 0x3100, 0x3101, 0x3102, 0x3103, 0x3104, 0x3105, 0x3106, 0x3107, 0x310C, 0x310D, 0x310E, 0x310F,
                    0x3110, 0x311A, 0x3201, 0x331B, 0x331C));

    static final List<ReadPlan> ALL = List.of(SRNE, EPEVER);

    private static List<Registers> singles(int function, Integer... addresses) {
        return Stream.of(addresses)
                .map(address -> new Registers(UNIT, function, address, 1))
                .toList();
    }

    /** Bytes of the blocks' requests and of their answers. */
    int bytes() {
        return blocks.stream()
                .mapToInt(block -> REQUEST_BYTES + ANSWER_FRAME_BYTES + 2 * block.count())
                .sum();
    }

    /**
     * The theoretical time of a poll by the blocks: ten bit times for each byte of each request and answer, and the device's
     * turnaround once a request. It does not count the silence that a master has to keep between two requests.
     */
    long wireNanos(int baud, Duration turnaround) {
        return bytes() * BITS_PER_BYTE * SECOND_NS / baud + blocks.size() * turnaround.toNanos();
    }

    /** The silence between one answer and the next request: 3.5 characters. */
    static long silenceNanos(int baud) {
        return BITS_PER_BYTE * SECOND_NS * 7 / 2 / baud;
    }
}
