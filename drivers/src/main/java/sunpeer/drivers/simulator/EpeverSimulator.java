package sunpeer.drivers.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import sunpeer.drivers.transport.RtuFrame;

/**
 * An EPEVER Tracer that answers Modbus RTU on one or more pseudo-terminals, with the limits of the real one.
 *
 * <p>Thread-safe. Owns its lines: each has a thread, and {@link #close()} closes the lines and waits for the threads.
 * Registers are made from the supplier at each request; the supplier must be thread-safe.
 */
public final class EpeverSimulator implements AutoCloseable {
    /** What the unit can tell. */
    public enum Model {
        /** Has rated values and the net battery current. */
        TRACER_BN,
        /** Lacks both, as measured. */
        TRACER_3210A
    }

    private static final int ILLEGAL_FUNCTION = 1;
    private static final int ILLEGAL_ADDRESS = 2;
    private static final int FRAME_MAX = 256;
    /** Silence after which half a request is forgotten. */
    private static final int FRAME_GAP_MS = 20;

    private final Supplier<SimulatedValues> values;
    private final int unit;
    private final Model model;
    private final List<Pty> lines;
    private final List<Thread> threads = new ArrayList<>();
    private final FaultInjector faults = new FaultInjector();

    private EpeverSimulator(Supplier<SimulatedValues> values, int unit, Model model, List<Pty> lines) {
        this.values = values;
        this.unit = unit;
        this.model = model;
        this.lines = List.copyOf(lines);
    }

    /** A Tracer BN as unit 1. */
    public static EpeverSimulator start(Supplier<SimulatedValues> values, Pty... lines) {
        return start(values, 1, Model.TRACER_BN, List.of(lines));
    }

    public static EpeverSimulator start(Supplier<SimulatedValues> values, int unit, Model model, List<Pty> lines) {
        EpeverSimulator simulator = new EpeverSimulator(values, unit, model, lines);
        for (Pty line : simulator.lines) {
            simulator.threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("epever-simulator " + line.path())
                    .start(() -> simulator.serve(line)));
        }
        return simulator;
    }

    /** Spoils the next {@code answers} answers on all lines, then is right again. */
    public void inject(LineFault fault, int answers) {
        faults.set(fault, answers);
    }

    /** Spoils every answer until {@link #clearFault()}. */
    public void inject(LineFault fault) {
        faults.set(fault, Integer.MAX_VALUE);
    }

    public void clearFault() {
        faults.clear();
    }

    private void serve(Pty line) {
        byte[] buffer = new byte[FRAME_MAX];
        int length = 0;
        while (true) {
            int got = line.read(buffer, length, buffer.length - length, length == 0 ? -1 : FRAME_GAP_MS);
            if (got < 0) {
                return;
            }
            length += got;
            int whole = requestLength(buffer, length);
            if (whole > 0 && length >= whole) {
                if (RtuFrame.crcFits(buffer, 0, whole) && (buffer[0] & 0xFF) == unit) {
                    line.write(faults.spoil(answer(buffer)));
                }
                System.arraycopy(buffer, whole, buffer, 0, length - whole);
                length -= whole;
            } else if (got == 0 || length == buffer.length) {
                length = 0;
            }
        }
    }

    /** How long the request is that begins here; 0 when that cannot be said yet. */
    private static int requestLength(byte[] buffer, int length) {
        if (length < 2) {
            return 0;
        }
        return switch (buffer[1] & 0xFF) {
            case 0x2B -> 7;
            case 0x0F, 0x10 -> length < 7 ? 0 : 9 + (buffer[6] & 0xFF);
            default -> 8;
        };
    }

    private byte[] answer(byte[] request) {
        int function = request[1] & 0xFF;
        int address = word(request, 2);
        int count = word(request, 4);
        return switch (function) {
            case 1 -> bits(function, address, 0x0002, values.get().loadA() > 0);
            case 2 -> bits(function, address, 0x200C, values.get().pvV() < 5);
            case 3 -> holding(address, count);
            case 4 -> input(address, count);
            case 0x2B -> identity(request);
            default -> exception(function, ILLEGAL_FUNCTION);
        };
    }

    private byte[] input(int address, int count) {
        if (count < 1 || !EpeverRegisters.hasInput(model, address, count)) {
            return exception(4, ILLEGAL_ADDRESS);
        }
        SimulatedValues now = values.get();
        return registers(
                4,
                IntStream.range(address, address + count)
                        .map(at -> EpeverRegisters.input(at, now))
                        .toArray());
    }

    private byte[] holding(int address, int count) {
        OptionalInt[] found = IntStream.range(address, address + count)
                .mapToObj(EpeverRegisters::holding)
                .toArray(OptionalInt[]::new);
        if (count < 1 || count > 15 || Arrays.stream(found).anyMatch(OptionalInt::isEmpty)) {
            return exception(3, ILLEGAL_ADDRESS);
        }
        return registers(3, Arrays.stream(found).mapToInt(OptionalInt::getAsInt).toArray());
    }

    private byte[] registers(int function, int[] words) {
        int[] body = new int[3 + 2 * words.length];
        body[0] = unit;
        body[1] = function;
        body[2] = 2 * words.length;
        for (int i = 0; i < words.length; i++) {
            body[3 + 2 * i] = words[i] >> 8;
            body[4 + 2 * i] = words[i];
        }
        return RtuFrame.withCrc(body);
    }

    private byte[] bits(int function, int address, int known, boolean on) {
        return address == known
                ? RtuFrame.withCrc(unit, function, 1, on ? 1 : 0)
                : exception(function, ILLEGAL_ADDRESS);
    }

    /** Read device identification, basic: vendor, model, revision. */
    private byte[] identity(byte[] request) {
        if (request[2] != 0x0E || request[3] != 0x01) {
            return exception(0x2B, ILLEGAL_FUNCTION);
        }
        IntStream.Builder body = IntStream.builder();
        for (int octet : new int[] {unit, 0x2B, 0x0E, 0x01, 0x01, 0x00, 0x00, EpeverRegisters.IDENTITY.size()}) {
            body.add(octet);
        }
        for (int object = 0; object < EpeverRegisters.IDENTITY.size(); object++) {
            byte[] text = EpeverRegisters.IDENTITY.getOrDefault(object, "").getBytes(StandardCharsets.US_ASCII);
            body.add(object);
            body.add(text.length);
            for (byte letter : text) {
                body.add(letter);
            }
        }
        return RtuFrame.withCrc(body.build().toArray());
    }

    private byte[] exception(int function, int code) {
        return RtuFrame.withCrc(unit, function | 0x80, code);
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    @Override
    public void close() {
        lines.forEach(Pty::close);
        Threads.joinAll(threads);
    }
}
