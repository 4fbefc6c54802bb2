package sunpeer.drivers.transport;

import java.util.Arrays;

/** Modbus RTU frames: pure functions from bytes to frames and back. Never throws for bytes of any kind. */
public final class RtuFrame {
    /** RS-485 transceivers that turn around leave bytes of noise. */
    static final int NOISE_MAX = 8;

    /** By the standard no frame is longer. */
    static final int LENGTH_MAX = 256;

    /** An exception; no other frame is shorter. */
    static final int LENGTH_MIN = 5;

    /** The longest request that is ever sent: three registers to write. */
    private static final int REQUEST_MAX = 15;

    /** All that may come for one request: its echo, noise, the answer. */
    static final int RECEIVED_MAX = REQUEST_MAX + NOISE_MAX + LENGTH_MAX;

    private static final int HEADER = 3;
    private static final int CRC = 2;
    /** Reading requests and writes of one word. */
    private static final int QUERY_LENGTH = 8;

    private RtuFrame() {}

    /** What a buffer of received bytes holds so far. */
    public sealed interface Parsed {
        /** A good answer may still come out of this with more bytes. */
        record Incomplete() implements Parsed {}

        /**
         * @param answer what the device said: never {@link Answer.Failed}
         * @param end index of the first byte after it
         */
        record Whole(Answer answer, int end) implements Parsed {}

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

    /** Whether the adapter gave back what was sent, and nothing else came. */
    static boolean isEcho(byte[] bytes, int length, byte[] sent) {
        return length == sent.length && Arrays.equals(bytes, 0, length, sent, 0, length);
    }

    /** Looks for the answer to {@code request} in the first {@code length} bytes. */
    public static Parsed parse(byte[] bytes, int length, Request request) {
        byte[] sent = request(request);
        // An adapter that hears itself gives the request back first. A confirmed write of one word looks the same.
        boolean ambiguous = request.function() == 5 || request.function() == 6;
        int echoed = ambiguous ? 0 : Arrays.mismatch(bytes, 0, Math.min(length, sent.length), sent, 0, sent.length);
        if (echoed == length) {
            return new Parsed.Incomplete();
        }
        int start = echoed < 0 ? sent.length : 0;
        for (int offset = start; offset <= start + NOISE_MAX && offset < length; offset++) {
            Parsed parsed = answerAt(bytes, offset, length, request);
            if (parsed instanceof Parsed.Whole && holdsFrame(bytes, start, offset)) {
                // It may be the answer to that other frame.
                return new Parsed.Malformed("an answer behind a frame of another master");
            }
            if (!(parsed instanceof Parsed.Incomplete)) {
                return parsed;
            }
        }
        return complaint(bytes, start, length, request);
    }

    private static boolean holdsFrame(byte[] bytes, int from, int to) {
        for (int begin = from; begin + LENGTH_MIN <= to; begin++) {
            for (int end = begin + LENGTH_MIN; end <= to; end++) {
                if (crcFits(bytes, begin, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Parsed answerAt(byte[] bytes, int offset, int length, Request request) {
        int received = length - offset;
        if (received < LENGTH_MIN || (bytes[offset] & 0xFF) != request.unit()) {
            return new Parsed.Incomplete();
        }
        int function = bytes[offset + 1] & 0xFF;
        if (function == (request.function() | 0x80) && crcFits(bytes, offset, offset + LENGTH_MIN)) {
            return new Parsed.Whole(new Answer.Refused(bytes[offset + 2] & 0xFF), offset + LENGTH_MIN);
        }
        int pdu = Pdu.answerLength(bytes, offset + 1, length, request);
        int whole = 1 + pdu + CRC;
        return pdu > 0 && received >= whole && crcFits(bytes, offset, offset + whole)
                ? new Parsed.Whole(Pdu.answer(bytes, offset + 1, request), offset + whole)
                : new Parsed.Incomplete();
    }

    /** How many bytes are still to come of an answer whose beginning is there and looks right; 0 when that cannot be said. */
    static int missing(byte[] bytes, int length, Request request) {
        int pdu = length >= HEADER && (bytes[0] & 0xFF) == request.unit()
                ? Pdu.answerLength(bytes, 1, length, request)
                : Pdu.UNKNOWN;
        return pdu > 0 ? Math.max(0, 1 + pdu + CRC - length) : 0;
    }

    /** Says early what is wrong when no further byte can mend it; waiting out the timeout would only cost time. */
    private static Parsed complaint(byte[] bytes, int from, int length, Request request) {
        if (length - from < LENGTH_MIN) {
            return new Parsed.Incomplete();
        }
        int unit = bytes[from] & 0xFF;
        int function = bytes[from + 1] & 0xFF;
        if (length - from >= QUERY_LENGTH && crcFits(bytes, from, from + QUERY_LENGTH) && (function & 0x80) == 0) {
            return new Parsed.Malformed("a request to unit " + unit + " by another master");
        }
        int declared = from + ((function & 0x80) != 0 ? LENGTH_MIN : HEADER + (bytes[from + 2] & 0xFF) + CRC);
        boolean frame = length >= declared && crcFits(bytes, from, declared);
        if (frame && unit != request.unit()) {
            return new Parsed.Malformed("answer of unit " + unit + " instead of unit " + request.unit());
        }
        if (frame && (function & 0x7F) != request.function()) {
            return new Parsed.Malformed("answer to function " + function + " instead of " + request.function());
        }
        if (frame && (function & 0x80) == 0) {
            return new Parsed.Malformed((bytes[from + 2] & 0xFF)
                    + " bytes of content, not as many as asked for: a short answer, or a late one");
        }
        int pdu = unit == request.unit() ? Pdu.answerLength(bytes, from + 1, length, request) : Pdu.FOREIGN;
        // The right beginning and length, and still no good answer in it.
        return pdu > 0 && length - from >= 1 + pdu + CRC
                ? new Parsed.Malformed("wrong checksum")
                : new Parsed.Incomplete();
    }
}
