package sunpeer.drivers.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/**
 * The simulated devices on one bus or behind one gateway, by unit id. Takes requests of any kind, answers them as a real
 * device does, and remembers every write that ever came. Thread-safe.
 */
public final class SimulatedUnits {
    /** Whatever is not a known read counts as a write: diagnostics can restart a device, vendor functions can do anything. */
    private static final Set<Integer> READS = Set.of(1, 2, 3, 4, 7, 11, 12, 17, 20, 24, 0x2B);

    private static final int BROADCAST = 0;
    private static final int WRITES_KEPT = 1000;
    private static final int MEI_DEVICE_ID = 0x0E;
    private static final int MEI_BASIC = 1;

    /**
     * A write that came.
     *
     * @param words as many as were sent; empty when the function is not one of 5, 6, 15 and 16
     */
    public record Seen(int unit, int function, int address, List<Integer> words) {
        public Seen {
            words = List.copyOf(words);
        }
    }

    private final Map<Integer, RegisterImage> images;
    private final List<Seen> writes = new ArrayList<>();
    private long requests;

    private SimulatedUnits(Map<Integer, RegisterImage> images) {
        this.images = Map.copyOf(images);
    }

    public static SimulatedUnits of(int unit, RegisterImage image) {
        return new SimulatedUnits(Map.of(unit, image));
    }

    /** @param images by unit id; one image may have several, as with devices that answer to 255 besides their own */
    public static SimulatedUnits of(Map<Integer, RegisterImage> images) {
        return new SimulatedUnits(images);
    }

    /** All writes that came, served or not, for units that exist or not; the first thousand. */
    public synchronized List<Seen> writes() {
        return List.copyOf(writes);
    }

    /** How many requests came, for units that exist or not. */
    public synchronized long requests() {
        return requests;
    }

    private synchronized void count(int unit, byte[] pdu) {
        requests++;
        int function = pdu[0] & 0xFF;
        if (!READS.contains(function) && writes.size() < WRITES_KEPT) {
            writes.add(new Seen(unit, function, pdu.length < 3 ? 0 : word(pdu, 1), written(pdu)));
        }
    }

    /** The answer to a request of at least one byte; empty where a device keeps silent. */
    Optional<byte[]> answer(int unit, byte[] pdu) {
        count(unit, pdu);
        if (unit == BROADCAST) {
            images.values().stream().filter(RegisterImage::awake).forEach(image -> ask(image, pdu));
            return Optional.empty();
        }
        RegisterImage image = images.get(unit);
        return image == null || !image.awake() ? Optional.empty() : Optional.of(encode(pdu, ask(image, pdu)));
    }

    private static Answer ask(RegisterImage image, byte[] pdu) {
        int function = pdu[0] & 0xFF;
        return switch (function) {
            case 1, 2 ->
                countIn(pdu, Request.Bits.COUNT_MAX)
                        ? image.bits(function, word(pdu, 1), word(pdu, 3))
                        : RegisterImage.ILLEGAL_VALUE;
            case 3, 4 ->
                countIn(pdu, Request.Registers.COUNT_MAX)
                        ? image.registers(function, word(pdu, 1), word(pdu, 3))
                        : RegisterImage.ILLEGAL_VALUE;
            case 5, 6, 15, 16 -> {
                List<Integer> words = written(pdu);
                yield words.isEmpty() ? RegisterImage.ILLEGAL_VALUE : image.write(function, word(pdu, 1), words);
            }
            case 0x2B ->
                pdu.length >= 3 && pdu[1] == MEI_DEVICE_ID && pdu[2] == MEI_BASIC
                        ? image.identity()
                        : RegisterImage.ILLEGAL_FUNCTION;
            default -> RegisterImage.ILLEGAL_FUNCTION;
        };
    }

    private static boolean countIn(byte[] pdu, int max) {
        return pdu.length == 5 && word(pdu, 3) >= 1 && word(pdu, 3) <= max;
    }

    /** What a write wants to write; empty when it is not a well-formed one. */
    private static List<Integer> written(byte[] pdu) {
        int function = pdu[0] & 0xFF;
        if (function == 5 || function == 6) {
            boolean right = pdu.length == 5 && (function == 6 || word(pdu, 3) == 0 || word(pdu, 3) == 0xFF00);
            return right ? List.of(word(pdu, 3)) : List.of();
        }
        if ((function != 15 && function != 16) || pdu.length < 6) {
            return List.of();
        }
        int count = word(pdu, 3);
        int content = function == 15 ? (count + 7) / 8 : 2 * count;
        if ((pdu[5] & 0xFF) != content || pdu.length != 6 + content) {
            return List.of();
        }
        return IntStream.range(0, count)
                .map(i -> function == 15 ? pdu[6 + i / 8] >> (i % 8) & 1 : word(pdu, 6 + 2 * i))
                .boxed()
                .toList();
    }

    private static byte[] encode(byte[] request, Answer answer) {
        int function = request[0] & 0xFF;
        return switch (answer) {
            case Answer.Registers(Words words) -> registers(function, words);
            case Answer.Bits(List<Boolean> bits) -> bits(function, bits);
            case Answer.Identity(Map<Integer, String> objects) -> identity(objects);
            case Answer.Written() -> Arrays.copyOf(request, 5);
            case Answer.Refused(int code) -> bytes(function | 0x80, code);
            case Answer.Failed failed -> throw new IllegalStateException("a register image cannot fail: " + failed);
        };
    }

    private static byte[] registers(int function, Words words) {
        byte[] pdu = new byte[2 + 2 * words.size()];
        pdu[0] = (byte) function;
        pdu[1] = (byte) (2 * words.size());
        for (int i = 0; i < words.size(); i++) {
            pdu[2 + 2 * i] = (byte) (words.at(words.start() + i) >> 8);
            pdu[3 + 2 * i] = (byte) words.at(words.start() + i);
        }
        return pdu;
    }

    private static byte[] bits(int function, List<Boolean> bits) {
        byte[] pdu = new byte[2 + (bits.size() + 7) / 8];
        pdu[0] = (byte) function;
        pdu[1] = (byte) (pdu.length - 2);
        for (int i = 0; i < bits.size(); i++) {
            pdu[2 + i / 8] |= (byte) (bits.get(i) ? 1 << i % 8 : 0);
        }
        return pdu;
    }

    private static byte[] identity(Map<Integer, String> objects) {
        ByteArrayOutputStream pdu = new ByteArrayOutputStream();
        // Conformity "basic, as a stream"; nothing follows.
        pdu.writeBytes(bytes(0x2B, MEI_DEVICE_ID, MEI_BASIC, 0x01, 0, 0, objects.size()));
        new TreeMap<>(objects).forEach((number, text) -> {
            byte[] letters = text.getBytes(StandardCharsets.US_ASCII);
            pdu.write(number);
            pdu.write(letters.length);
            pdu.writeBytes(letters);
        });
        return pdu.toByteArray();
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}
