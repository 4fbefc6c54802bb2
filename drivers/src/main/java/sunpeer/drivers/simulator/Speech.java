package sunpeer.drivers.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import sunpeer.drivers.transport.RtuFrame;

/** What is spoken on a wire: some faults are frames that are right by themselves and wrong all the same. Stateless. */
public enum Speech {
    RTU,
    RTU_OVER_TCP,
    MODBUS_TCP,
    VE_DIRECT;

    private static final int MBAP_HEADER = 6;
    private static final int DEVICE_FAILURE = 4;
    /** Answer of a charger to somebody who asked by HEX. */
    private static final byte[] HEX_FRAME = ":ADBED001A0D5C\n".getBytes(StandardCharsets.US_ASCII);

    private boolean rtu() {
        return this == RTU || this == RTU_OVER_TCP;
    }

    /** Unit, function and content; without header or checksum. */
    private byte[] body(byte[] frame) {
        return rtu() ? Arrays.copyOf(frame, frame.length - 2) : Arrays.copyOfRange(frame, MBAP_HEADER, frame.length);
    }

    private byte[] frame(byte[] like, byte[] body) {
        if (rtu()) {
            int[] octets = new int[body.length];
            Arrays.setAll(octets, i -> body[i]);
            return RtuFrame.withCrc(octets);
        }
        byte[] header = Arrays.copyOf(like, MBAP_HEADER);
        header[4] = (byte) (body.length >> 8);
        header[5] = (byte) body.length;
        return joined(header, body);
    }

    byte[] ofAnotherUnit(byte[] answer) {
        byte[] body = body(answer);
        body[0]++;
        return frame(answer, body);
    }

    byte[] exception(byte[] answer) {
        byte[] body = body(answer);
        return frame(answer, new byte[] {body[0], (byte) (body[1] | 0x80), DEVICE_FAILURE});
    }

    /** Fewer registers, bits or fields than there should be; of a single one none is left. */
    byte[] shortened(byte[] answer, RandomGenerator random) {
        if (this == VE_DIRECT) {
            return fewerFields(answer, random);
        }
        byte[] body = body(answer);
        int content = body[2] & 0xFF;
        if ((body[1] & 0x80) != 0 || body.length != 3 + content || content == 0) {
            return answer; // an exception, an identity or a confirmed write
        }
        int less = content == 1 ? 1 : 2 * (1 + random.nextInt(content / 2));
        byte[] fewer = Arrays.copyOf(body, body.length - less);
        // A gateway that lost bytes on its serial side passes the count on as it was.
        if (rtu() || random.nextBoolean()) {
            fewer[2] -= (byte) less;
        }
        return frame(answer, fewer);
    }

    /** A text block that ends early, with a right checksum. */
    private static byte[] fewerFields(byte[] block, RandomGenerator random) {
        String text = new String(block, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf("\r\nChecksum\t");
        int cut = end < 0 ? -1 : text.lastIndexOf("\r\n", random.nextInt(end));
        if (cut <= 0) {
            return block;
        }
        byte[] open = (text.substring(0, cut) + "\r\nChecksum\t").getBytes(StandardCharsets.ISO_8859_1);
        int sum = 0;
        for (byte octet : open) {
            sum += octet;
        }
        byte[] whole = Arrays.copyOf(open, open.length + 1);
        whole[open.length] = (byte) -sum;
        return whole;
    }

    /** What somebody else on the line asks, of the same unit and as much; empty where nobody can. */
    byte[] othersRequest(byte[] request) {
        if (!rtu() || request.length != 8 || (request[1] & 0xFF) > 4) {
            return new byte[0];
        }
        byte[] body = body(request);
        body[2] ^= 0x12;
        return frame(request, body);
    }

    /** What somebody else is answered: as long as {@code answer}, with other content. */
    byte[] othersAnswer(byte[] answer) {
        if (this == VE_DIRECT) {
            return HEX_FRAME.clone();
        }
        if (!rtu()) {
            return new byte[0];
        }
        byte[] body = body(answer);
        for (int i = 3; i < body.length; i++) {
            body[i] ^= 0x55;
        }
        return frame(answer, body);
    }

    /** Flips up to three bits, as many as every check in use finds for sure. */
    byte[] flipped(byte[] answer, RandomGenerator random) {
        byte[] changed = answer.clone();
        // The sum of a text block finds one for sure. TCP has a checksum beneath: only a gateway's own header can be
        // wrong.
        int flips = this == VE_DIRECT ? 1 : 1 + random.nextInt(3);
        int bytes = this == MODBUS_TCP ? Math.min(answer.length, MBAP_HEADER + 2) : answer.length;
        for (int bit : random.ints(0, bytes * 8).distinct().limit(flips).toArray()) {
            changed[bit / 8] ^= (byte) (1 << bit % 8);
        }
        return changed;
    }

    /** Where noise may get into an answer. */
    int inside(byte[] answer, RandomGenerator random) {
        return 1 + random.nextInt(this == MODBUS_TCP ? MBAP_HEADER : answer.length - 1);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
