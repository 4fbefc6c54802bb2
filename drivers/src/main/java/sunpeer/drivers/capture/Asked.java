package sunpeer.drivers.capture;

import java.util.Arrays;
import java.util.Optional;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;

/** From the bytes of a request back to the request. Pure. */
final class Asked {
    private static final int QUERY_LENGTH = 8;
    private static final int IDENTITY_LENGTH = 7;
    private static final int MBAP = 6;

    private Asked() {}

    /** The reading that an RTU frame asks for; nothing for writes and for what is no frame. */
    static Optional<Request> of(byte[] frame) {
        if (frame.length < IDENTITY_LENGTH || !RtuFrame.crcFits(frame, 0, frame.length)) {
            return Optional.empty();
        }
        int unit = frame[0] & 0xFF;
        int function = frame[1] & 0xFF;
        int address = word(frame, 2);
        int count = word(frame, 4);
        boolean query = frame.length == QUERY_LENGTH && count >= 1 && address + count <= 0x1_0000;
        return switch (function) {
            case 1, 2 ->
                query && count <= Request.Bits.COUNT_MAX
                        ? Optional.of(new Request.Bits(unit, function, address, count))
                        : Optional.empty();
            case 3, 4 ->
                query && count <= Request.Registers.COUNT_MAX
                        ? Optional.of(new Request.Registers(unit, function, address, count))
                        : Optional.empty();
            case 0x2B ->
                frame.length == IDENTITY_LENGTH && frame[2] == 0x0E
                        ? Optional.of(new Request.Identity(unit))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Some capture Modbus TCP as it is: then transaction, protocol and length make place for a checksum. */
    static byte[] asRtu(byte[] frame) {
        boolean mbap = frame.length > MBAP + 2
                && word(frame, 2) == 0
                && word(frame, 4) == frame.length - MBAP
                && !RtuFrame.crcFits(frame, 0, frame.length);
        if (!mbap) {
            return frame;
        }
        int[] body = new int[frame.length - MBAP];
        Arrays.setAll(body, i -> frame[MBAP + i]);
        return RtuFrame.withCrc(body);
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}
