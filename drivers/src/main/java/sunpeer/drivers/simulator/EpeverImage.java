package sunpeer.drivers.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sunpeer.drivers.transport.Answer;

/**
 * The registers of an EPEVER Tracer, with the groups and limits of real units. Its load output and its clock can be
 * written as on the real one.
 *
 * <p>Thread-safe, if the supplier and the clock are: both are asked at each request.
 */
public final class EpeverImage implements RegisterImage {
    /** What the unit can tell. */
    public enum Model {
        /** Has rated values and the net battery current. */
        TRACER_BN,
        /** Lacks both, as measured. */
        TRACER_3210A
    }

    private static final int CLOCK = 0x9013;
    private static final int LOAD_MODE = 0x903D;
    private static final int LOAD_COIL = 0x0002;
    private static final int NIGHT_INPUT = 0x200C;
    private static final int MANUAL = 0;

    private static final List<RegisterRow> ROWS_3210A = List.of(
            new RegisterRow(4, 0x3100, 0x3111),
            RegisterRow.alone(4, 0x3112),
            // Each alone: inside a longer block a 3210A answers exception 2.
            RegisterRow.alone(4, 0x311A),
            RegisterRow.alone(4, 0x311B),
            RegisterRow.alone(4, 0x311D),
            new RegisterRow(4, 0x3200, 0x3202),
            new RegisterRow(4, 0x3300, 0x3313),
            new RegisterRow(3, 0x9000, 0x900E),
            new RegisterRow(3, CLOCK, CLOCK + 2),
            RegisterRow.alone(3, LOAD_MODE));

    private static final List<RegisterRow> ROWS_BN = Stream.concat(
                    ROWS_3210A.stream(),
                    Stream.of(new RegisterRow(4, 0x3000, 0x3008), new RegisterRow(4, 0x331A, 0x331E)))
            .toList();

    /** 0x9000..0x900E of a 12 V lead-acid set-up: type, Ah, compensation, then twelve voltages. */
    private static final int[] SETTINGS = {
        1, 100, 300, 1600, 1500, 1500, 1460, 1440, 1380, 1320, 1260, 1220, 1200, 1110, 1060
    };

    /** FC43/14 as a Tracer2215BN answered it. */
    private static final Map<Integer, String> IDENTITY =
            Map.of(0, "EPsolar Tech co., Ltd", 1, "Tracer2215BN", 2, "V02.05+V07.12");

    private final Supplier<SimulatedValues> values;
    private final List<RegisterRow> rows;
    private final InstantSource clock;
    private volatile boolean loadOn = true;
    private volatile int loadMode = MANUAL;
    private volatile Duration clockIsAhead = Duration.ZERO;

    public EpeverImage(Supplier<SimulatedValues> values) {
        this(values, Model.TRACER_BN, InstantSource.system());
    }

    /** @param clock what the device's own clock shows, in UTC, until somebody sets it */
    public EpeverImage(Supplier<SimulatedValues> values, Model model, InstantSource clock) {
        this.values = values;
        this.rows = model == Model.TRACER_BN ? ROWS_BN : ROWS_3210A;
        this.clock = clock;
    }

    public boolean loadOn() {
        return loadOn;
    }

    /** @param mode register 0x903D: 0 is manual, in all others the device ignores the coil */
    public void loadMode(int mode) {
        loadMode = mode;
    }

    /** What the device's clock shows. */
    public LocalDateTime deviceTime() {
        return LocalDateTime.ofInstant(clock.instant().plus(clockIsAhead), ZoneOffset.UTC);
    }

    @Override
    public Answer registers(int function, int address, int count) {
        SimulatedValues copper = values.get();
        SimulatedValues now = loadOn ? copper : copper.withoutLoad();
        LocalDateTime time = deviceTime();
        return RegisterRow.read(
                rows, function, address, count, at -> function == 4 ? input(at, now) : holding(at, time));
    }

    private int holding(int address, LocalDateTime time) {
        if (address == LOAD_MODE) {
            return loadMode;
        }
        return address >= CLOCK ? clockWord(address, time) : SETTINGS[address - 0x9000];
    }

    private static int clockWord(int address, LocalDateTime time) {
        return switch (address - CLOCK) {
            case 0 -> (time.getMinute() << 8) | time.getSecond();
            case 1 -> (time.getDayOfMonth() << 8) | time.getHour();
            default -> ((time.getYear() - 2000) << 8) | time.getMonthValue();
        };
    }

    @Override
    public Answer bits(int function, int address, int count) {
        if (count == 1 && function == 1 && address == LOAD_COIL) {
            return new Answer.Bits(List.of(loadOn));
        }
        return count == 1 && function == 2 && address == NIGHT_INPUT
                ? new Answer.Bits(List.of(values.get().pvV() < 5))
                : ILLEGAL_ADDRESS;
    }

    @Override
    public Answer identity() {
        return new Answer.Identity(IDENTITY);
    }

    @Override
    public Answer write(int function, int address, List<Integer> words) {
        if (function == 5 && address == LOAD_COIL) {
            // Outside manual mode a real one confirms too and does nothing.
            loadOn = loadMode == MANUAL ? words.getFirst() != 0 : loadOn;
            return new Answer.Written();
        }
        if (function == 16 && address == CLOCK && words.size() == 3) {
            return setClock(words.get(0), words.get(1), words.get(2));
        }
        return function == 5 || function == 16 ? ILLEGAL_ADDRESS : ILLEGAL_FUNCTION;
    }

    private Answer setClock(int minuteSecond, int dayHour, int yearMonth) {
        try {
            LocalDateTime set = LocalDateTime.of(
                    2000 + (yearMonth >> 8),
                    yearMonth & 0xFF,
                    dayHour >> 8,
                    dayHour & 0xFF,
                    minuteSecond >> 8,
                    minuteSecond & 0xFF);
            clockIsAhead = Duration.between(clock.instant(), set.toInstant(ZoneOffset.UTC));
            return new Answer.Written();
        } catch (DateTimeException _) {
            return ILLEGAL_VALUE;
        }
    }

    private int input(int address, SimulatedValues now) {
        long batteryW = hundredths(now.batteryV() * now.chargeA());
        long loadW = hundredths(now.batteryV() * now.loadA());
        long pvW = hundredths(now.pvV() * now.pvA());
        long netA = hundredths(now.batteryA());
        long energy = Math.round(now.pvEnergyTotalWh() / 10);
        return (int)
                switch (address) {
                    case 0x3000 -> 15000;
                    case 0x3001, 0x3005 -> 2000;
                    case 0x3002, 0x3006 -> 52000;
                    case 0x3004 -> 2400;
                    case 0x3008 -> 2;
                    case 0x3100 -> hundredths(now.pvV());
                    case 0x3101 -> hundredths(now.pvA());
                    case 0x3102 -> pvW;
                    case 0x3103 -> pvW >> 16;
                    case 0x3104, 0x3108, 0x3302, 0x331A -> hundredths(now.batteryV());
                    case 0x310C -> loadOn ? hundredths(now.batteryV()) : 0;
                    case 0x3105 -> hundredths(now.chargeA());
                    case 0x3106 -> batteryW;
                    case 0x3107 -> batteryW >> 16;
                    case 0x3109, 0x310D -> hundredths(now.loadA());
                    case 0x310A, 0x310E -> loadW;
                    case 0x310B, 0x310F -> loadW >> 16;
                    case 0x3110, 0x3111, 0x3112, 0x311B, 0x331D, 0x331E -> hundredths(now.batteryC());
                    case 0x311A -> Math.round(now.socPercent());
                    case 0x311D -> 1200;
                    case 0x3201 -> (stage(now) << 2) | (now.chargeA() > 0 ? 1 : 0);
                    case 0x3202 -> loadOn ? 1 : 0;
                    case 0x3312 -> energy;
                    case 0x3313 -> energy >> 16;
                    case 0x331B -> netA;
                    case 0x331C -> netA >> 16;
                    default -> 0;
                };
    }

    private static int stage(SimulatedValues values) {
        return switch (values.stage()) {
            case UNKNOWN, OFF -> 0;
            case FLOAT -> 1;
            case BULK, ABSORPTION -> 2; // the device calls both "boost"
            case EQUALIZE -> 3;
        };
    }

    private static long hundredths(double value) {
        return Math.round(value * 100);
    }
}
