package sunpeer.drivers.transport;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import sunpeer.drivers.Fault;
import sunpeer.drivers.WireTap;

/**
 * A bus whose requests and answers somebody hears as RTU frames, whatever they are on its wire: so a capture of Modbus TCP
 * reads like any other. Confined to the thread that owns the wire.
 */
public final class TappedBus implements RegisterBus {
    /** After function 43 and its MEI type: code "basic", conformity "basic, as a stream", nothing follows. */
    private static final int[] IDENTITY = {0x2B, 0x0E, 0x01, 0x01, 0, 0};

    private final RegisterBus bus;
    private final WireTap tap;

    public TappedBus(RegisterBus bus, WireTap tap) {
        this.bus = bus;
        this.tap = tap;
    }

    @Override
    public Answer ask(Request request) {
        return heard(request, bus::ask);
    }

    @Override
    public Answer askOnce(Request request) {
        return heard(request, bus::askOnce);
    }

    private Answer heard(Request request, Function<Request, Answer> ask) {
        tap.sent(RtuFrame.request(request));
        Answer answer = ask.apply(request);
        if (answer instanceof Answer.Failed(Fault fault)) {
            tap.note(fault.message());
        } else {
            tap.received(frame(request, answer));
        }
        return answer;
    }

    /** The answer as a device on a serial line would have sent it. */
    private static byte[] frame(Request request, Answer answer) {
        int unit = request.unit();
        int function = request.function();
        return switch (answer) {
            case Answer.Registers(Words words) -> {
                int[] body = new int[3 + 2 * words.size()];
                body[2] = 2 * words.size();
                for (int i = 0; i < words.size(); i++) {
                    body[3 + 2 * i] = words.at(words.start() + i) >> 8;
                    body[4 + 2 * i] = words.at(words.start() + i) & 0xFF;
                }
                yield framed(unit, function, body);
            }
            case Answer.Bits(List<Boolean> bits) -> {
                int[] body = new int[3 + (bits.size() + 7) / 8];
                body[2] = body.length - 3;
                for (int i = 0; i < bits.size(); i++) {
                    body[3 + i / 8] |= bits.get(i) ? 1 << i % 8 : 0;
                }
                yield framed(unit, function, body);
            }
            case Answer.Identity(Map<Integer, String> objects) -> identity(unit, new TreeMap<>(objects));
            case Answer.Refused(int code) -> framed(unit, function | 0x80, new int[] {0, 0, code});
            case Answer.Written() -> RtuFrame.withCrc(echo(unit, Pdu.of(request)));
            case Answer.Failed failed -> throw new IllegalStateException("no frame is in " + failed);
        };
    }

    private static byte[] framed(int unit, int function, int[] body) {
        body[0] = unit;
        body[1] = function;
        return RtuFrame.withCrc(body);
    }

    private static int[] echo(int unit, int[] pdu) {
        return new int[] {unit, pdu[0], pdu[1], pdu[2], pdu[3], pdu[4]};
    }

    private static byte[] identity(int unit, Map<Integer, String> objects) {
        int length = 2
                + IDENTITY.length
                + objects.values().stream().mapToInt(text -> 2 + text.length()).sum();
        int[] body = new int[length];
        body[0] = unit;
        System.arraycopy(IDENTITY, 0, body, 1, IDENTITY.length);
        body[1 + IDENTITY.length] = objects.size();
        int at = 2 + IDENTITY.length;
        for (Map.Entry<Integer, String> object : objects.entrySet()) {
            body[at++] = object.getKey();
            body[at++] = object.getValue().length();
            for (char letter : object.getValue().toCharArray()) {
                body[at++] = letter;
            }
        }
        return RtuFrame.withCrc(body);
    }

    @Override
    public String where() {
        return bus.where();
    }

    @Override
    public int generation() {
        return bus.generation();
    }

    @Override
    public void close() {
        bus.close();
    }
}
