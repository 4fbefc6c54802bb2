package sunpeer.drivers.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a Modbus message that is the same on every wire: function code and content. Pure functions that never throw for
 * bytes of any kind.
 */
final class Pdu {
    /** Nothing can be said before more bytes came. */
    static final int UNKNOWN = 0;
    /** These bytes are no answer to that request. */
    static final int FOREIGN = -1;

    private static final int MEI_DEVICE_ID = 0x0E;
    private static final int MEI_BASIC = 0x01;
    /** Function, MEI type, code, conformity, more follows, next object, number of objects. */
    private static final int MEI_HEADER = 7;

    private static final int WRITE_ECHO = 5;

    private Pdu() {}

    static int[] of(Request request) {
        return switch (request) {
            case Request.Registers(int _, int function, int address, int count) -> query(function, address, count);
            case Request.Bits(int _, int function, int address, int count) -> query(function, address, count);
            case Request.Identity(int _) -> new int[] {0x2B, MEI_DEVICE_ID, MEI_BASIC, 0};
            case Request.Write(int _, AllowedWrite what, List<Integer> words) ->
                words.size() == 1 ? query(what.function(), what.address(), words.getFirst()) : writeMany(what, words);
        };
    }

    private static int[] query(int function, int address, int second) {
        return new int[] {function, address >> 8, address & 0xFF, second >> 8, second & 0xFF};
    }

    private static int[] writeMany(AllowedWrite what, List<Integer> words) {
        int[] pdu = new int[6 + 2 * words.size()];
        System.arraycopy(query(what.function(), what.address(), words.size()), 0, pdu, 0, 5);
        pdu[5] = 2 * words.size();
        for (int i = 0; i < words.size(); i++) {
            pdu[6 + 2 * i] = words.get(i) >> 8;
            pdu[7 + 2 * i] = words.get(i) & 0xFF;
        }
        return pdu;
    }

    /**
     * The length of the good answer to {@code request} that begins at {@code from}, {@link #UNKNOWN} or {@link #FOREIGN}.
     */
    static int answerLength(byte[] bytes, int from, int to, Request request) {
        if (to - from < 2) {
            return UNKNOWN;
        }
        if ((bytes[from] & 0xFF) != request.function()) {
            return FOREIGN;
        }
        return switch (request) {
            case Request.Registers registers -> counted(bytes, from, 2 * registers.count());
            case Request.Bits bits -> counted(bytes, from, (bits.count() + 7) / 8);
            case Request.Identity _ -> identityLength(bytes, from, to);
            case Request.Write _ -> confirmedLength(bytes, from, to, of(request));
        };
    }

    private static int counted(byte[] bytes, int from, int content) {
        return (bytes[from + 1] & 0xFF) == content ? 2 + content : FOREIGN;
    }

    /** A write is confirmed by its function, address and value or count; anything else answers another write. */
    private static int confirmedLength(byte[] bytes, int from, int to, int[] asked) {
        for (int i = 0; i < WRITE_ECHO && from + i < to; i++) {
            if ((bytes[from + i] & 0xFF) != asked[i]) {
                return FOREIGN;
            }
        }
        return WRITE_ECHO;
    }

    private static int identityLength(byte[] bytes, int from, int to) {
        if (bytes[from + 1] != MEI_DEVICE_ID) {
            return FOREIGN;
        }
        if (to - from < MEI_HEADER) {
            return UNKNOWN;
        }
        int at = from + MEI_HEADER;
        for (int left = bytes[from + MEI_HEADER - 1] & 0xFF; left > 0; left--) {
            if (to - at < 2) {
                return UNKNOWN;
            }
            at += 2 + (bytes[at + 1] & 0xFF);
        }
        return at - from;
    }

    /** What the whole, good answer at {@code from} says; {@link #answerLength} has measured it. */
    static Answer answer(byte[] bytes, int from, Request request) {
        return switch (request) {
            case Request.Registers registers -> new Answer.Registers(words(bytes, from + 2, registers));
            case Request.Bits bits -> new Answer.Bits(bits(bytes, from + 2, bits.count()));
            case Request.Identity _ -> new Answer.Identity(objects(bytes, from));
            case Request.Write write -> new Answer.Written();
        };
    }

    private static Words words(byte[] bytes, int at, Request.Registers request) {
        int[] words = new int[request.count()];
        for (int i = 0; i < words.length; i++) {
            words[i] = ((bytes[at + 2 * i] & 0xFF) << 8) | (bytes[at + 2 * i + 1] & 0xFF);
        }
        return new Words(request.address(), words);
    }

    private static List<Boolean> bits(byte[] bytes, int at, int count) {
        List<Boolean> bits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bits.add((bytes[at + i / 8] >> (i % 8) & 1) != 0);
        }
        return bits;
    }

    private static Map<Integer, String> objects(byte[] bytes, int from) {
        Map<Integer, String> objects = new TreeMap<>();
        int at = from + MEI_HEADER;
        for (int left = bytes[from + MEI_HEADER - 1] & 0xFF; left > 0; left--) {
            int length = bytes[at + 1] & 0xFF;
            objects.put(bytes[at] & 0xFF, new String(bytes, at + 2, length, StandardCharsets.US_ASCII));
            at += 2 + length;
        }
        return objects;
    }
}
