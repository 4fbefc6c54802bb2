package sunpeer.drivers.simulator;

import java.util.List;
import java.util.function.Supplier;
import sunpeer.drivers.transport.Answer;

/**
 * The holding registers of an SRNE-made controller. Its load output can be written as on the real one.
 *
 * <p>Thread-safe, if the supplier is: it is asked at each request.
 */
public final class SrneImage implements RegisterImage {
    private static final int LOAD = 0x010A;
    private static final int LOAD_MODE = 0xE01D;
    private static final int MANUAL = 15;

    /** One request must not cross two segments. */
    private static final List<RegisterRow> ROWS = List.of(
            new RegisterRow(3, 0x000A, 0x001A), new RegisterRow(3, 0x0100, 0x0122), RegisterRow.alone(3, LOAD_MODE));

    private static final String MODEL = "  ML2420        ";

    private final Supplier<SimulatedValues> values;
    private volatile boolean loadOn = true;
    private volatile int loadMode = MANUAL;

    public SrneImage(Supplier<SimulatedValues> values) {
        this.values = values;
    }

    public boolean loadOn() {
        return loadOn;
    }

    /** @param mode register 0xE01D: 15 is manual, in all others the device ignores the load command */
    public void loadMode(int mode) {
        loadMode = mode;
    }

    @Override
    public Answer registers(int function, int address, int count) {
        SimulatedValues copper = values.get();
        SimulatedValues now = loadOn ? copper : copper.withoutLoad();
        return RegisterRow.read(ROWS, function, address, count, at -> word(at, now));
    }

    @Override
    public Answer write(int function, int address, List<Integer> words) {
        if (function != 6) {
            return ILLEGAL_FUNCTION;
        }
        if (address != LOAD) {
            return ILLEGAL_ADDRESS;
        }
        if (words.getFirst() > 1) {
            return ILLEGAL_VALUE;
        }
        loadOn = loadMode == MANUAL ? words.getFirst() == 1 : loadOn;
        return new Answer.Written();
    }

    private int word(int address, SimulatedValues now) {
        long energyWh = Math.round(now.pvEnergyTotalWh());
        return switch (address) {
            case 0x000A -> (12 << 8) | 20;
            case 0x000B -> 20 << 8;
            case 0x000C, 0x000D, 0x000E, 0x000F, 0x0010, 0x0011, 0x0012, 0x0013 -> {
                int at = 2 * (address - 0x000C);
                yield (MODEL.charAt(at) << 8) | MODEL.charAt(at + 1);
            }
            case 0x001A -> 1;
            case 0x0100 -> (int) Math.round(now.socPercent());
            case 0x0101, 0x010B, 0x010C -> tenths(now.batteryV());
            case 0x0104 -> loadOn ? tenths(now.batteryV()) : 0;
            case 0x0102 -> hundredths(now.chargeA());
            case 0x0103 -> (signMagnitude(now.batteryC()) << 8) | signMagnitude(now.batteryC());
            case 0x0105 -> hundredths(now.loadA());
            case 0x0106 -> (int) Math.round(now.batteryV() * now.loadA());
            case 0x0107 -> tenths(now.pvV());
            case 0x0108 -> hundredths(now.pvA());
            case 0x0109 -> (int) Math.round(now.pvV() * now.pvA());
            case LOAD -> loadOn ? 1 : 0;
            case 0x011C -> (int) (energyWh >> 16);
            case 0x011D -> (int) energyWh;
            case 0x0120 -> (loadOn ? 0x8000 : 0) | state(now);
            case LOAD_MODE -> loadMode;
            default -> 0;
        };
    }

    private static int state(SimulatedValues values) {
        return switch (values.stage()) {
            case UNKNOWN, OFF -> 0;
            case BULK -> 2;
            case EQUALIZE -> 3;
            case ABSORPTION -> 4;
            case FLOAT -> 5;
        };
    }

    private static int tenths(double value) {
        return (int) Math.round(value * 10);
    }

    private static int hundredths(double value) {
        return (int) Math.round(value * 100);
    }

    private static int signMagnitude(double celsius) {
        int whole = (int) Math.round(celsius);
        return whole < 0 ? 0x80 | (-whole & 0x7F) : whole & 0x7F;
    }
}
