package sunpeer.drivers.transport;

/** Modbus RTU frames: pure functions from bytes to frames and back. Never throws for bytes of any kind. */
public final class RtuFrame {
    /** RS-485 transceivers that turn around leave bytes of noise; an adapter that echoes leaves the 8 of the request. */
    static final int NOISE_MAX = 8;

    /** By the standard no frame is longer. */
    static final int LENGTH_MAX = 256;

    private static final int HEADER = 3;
    private static final int CRC = 2;
    private static final int EXCEPTION_LENGTH = 5;

    private RtuFrame() {}

    /** What a buffer of received bytes holds so far. */
    public sealed interface Parsed {
        /** A good answer may still come out of this with more bytes. */
        record Incomplete() implements Parsed {}

        /** What the device said: never {@link Answer.Failed}. */
        record Whole(Answer answer) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    public static byte[] request(Request request) {
        int[] pdu = Pdu.of(request);
        int[] body = new int[1 + pdu.length];
        body[0] = request.unit();
        System.arraycopy(pdu, 0, body, 1, pdu.length);
        return withCrc(body);
    }

    /** A frame of the low 8 bits of each argument and the checksum. */
    public static byte[] withCrc(int... body) {
        byte[] frame = new byte[body.length + CRC];
        for (int i = 0; i < body.length; i++) {
            frame[i] = (byte) body[i];
        }
        int crc = crc(frame, 0, body.length);
        frame[body.length] = (byte) crc;
        frame[body.length + 1] = (byte) (crc >> 8);
        return frame;
    }

    public static int crc(byte[] bytes, int from, int to) {
        int crc = 0xFFFF;
        for (int i = from; i < to; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
            }
        }
        return crc;
    }

    /** Whether bytes {@code from} to {@code to} are a frame that ends in its own checksum. */
    public static boolean crcFits(byte[] bytes, int from, int to) {
        if (to - from <= CRC) {
            return false;
        }
        int crc = crc(bytes, from, to - CRC);
        return (bytes[to - 2] & 0xFF) == (crc & 0xFF) && (bytes[to - 1] & 0xFF) == crc >> 8;
    }

    /** Looks for the answer to {@code request} in the first {@code length} bytes. */
    public static Parsed parse(byte[] bytes, int length, Request request) {
        for (int offset = 0; offset <= NOISE_MAX && offset < length; offset++) {
            Parsed parsed = answerAt(bytes, offset, length, request);
            if (!(parsed instanceof Parsed.Incomplete)) {
                return parsed;
            }
        }
        return complaint(bytes, length, request);
    }

    private static Parsed answerAt(byte[] bytes, int offset, int length, Request request) {
        int received = length - offset;
        if (received < EXCEPTION_LENGTH || (bytes[offset] & 0xFF) != request.unit()) {
            return new Parsed.Incomplete();
        }
        int function = bytes[offset + 1] & 0xFF;
        if (function == (request.function() | 0x80) && crcFits(bytes, offset, offset + EXCEPTION_LENGTH)) {
            return new Parsed.Whole(new Answer.Refused(bytes[offset + 2] & 0xFF));
        }
        int pdu = Pdu.answerLength(bytes, offset + 1, length, request);
        int whole = 1 + pdu + CRC;
        return pdu > 0 && received >= whole && crcFits(bytes, offset, offset + whole)
                ? new Parsed.Whole(Pdu.answer(bytes, offset + 1, request))
                : new Parsed.Incomplete();
    }

    /** Says early what is wrong when no further byte can mend it; waiting out the timeout would only cost time. */
    private static Parsed complaint(byte[] bytes, int length, Request request) {
        if (length < EXCEPTION_LENGTH) {
            return new Parsed.Incomplete();
        }
        int unit = bytes[0] & 0xFF;
        int function = bytes[1] & 0xFF;
        int declared = (function & 0x80) != 0 ? EXCEPTION_LENGTH : HEADER + (bytes[2] & 0xFF) + CRC;
        boolean frame = length >= declared && crcFits(bytes, 0, declared);
        if (frame && unit != request.unit()) {
            return new Parsed.Malformed("answer of unit " + unit + " instead of unit " + request.unit());
        }
        if (frame && (function & 0x7F) != request.function()) {
            return new Parsed.Malformed("answer to function " + function + " instead of " + request.function());
        }
        if (frame && (function & 0x80) == 0) {
            return new Parsed.Malformed(
                    (bytes[2] & 0xFF) + " bytes of content, not as many as asked for: a short answer");
        }
        int pdu = unit == request.unit() ? Pdu.answerLength(bytes, 1, length, request) : Pdu.FOREIGN;
        // The right beginning and length, and still no good answer in it.
        return pdu > 0 && length >= 1 + pdu + CRC ? new Parsed.Malformed("wrong checksum") : new Parsed.Incomplete();
    }
}
