package sunpeer.drivers.simulator;

import java.util.List;
import java.util.function.Supplier;
import sunpeer.drivers.transport.Answer;

/**
 * The holding registers of a lithium battery of four cells: what its management system tells of it.
 *
 * <p>Thread-safe, if the supplier is: it is asked at each request.
 */
public final class BatteryImage implements RegisterImage {
    public enum Model {
        /** Daly by Modbus, unit 0xD2; at most 80 registers in a request. */
        DALY,
        /** Renogy smart battery, unit 0xF7. */
        RENOGY
    }

    private static final List<RegisterRow> DALY_ROWS = List.of(new RegisterRow(3, 0x0000, 0x004F, 80));
    private static final List<RegisterRow> RENOGY_ROWS = List.of(
            new RegisterRow(3, 5000, 5033),
            new RegisterRow(3, 5035, 5052),
            new RegisterRow(3, 5100, 5107),
            new RegisterRow(3, 5122, 5129));

    private static final int CELLS = 4;
    private static final double CAPACITY_AH = 100;
    private static final String NAME = "RBT100LFP12S-G1 ";

    private final Model model;
    private final Supplier<SimulatedValues> values;

    public BatteryImage(Model model, Supplier<SimulatedValues> values) {
        this.model = model;
        this.values = values;
    }

    @Override
    public Answer registers(int function, int address, int count) {
        SimulatedValues now = values.get();
        return switch (model) {
            case DALY -> RegisterRow.read(DALY_ROWS, function, address, count, at -> daly(at, now));
            case RENOGY -> RegisterRow.read(RENOGY_ROWS, function, address, count, at -> renogy(at, now));
        };
    }

    private static int daly(int address, SimulatedValues now) {
        int cellMillivolts = (int) Math.round(now.batteryV() * 1000 / CELLS);
        int celsius = (int) Math.round(now.batteryC()) + 40;
        if (address < CELLS) {
            return cellMillivolts;
        }
        return switch (address) {
            case 0x0020, 0x002D, 0x002E, 0x0042, 0x0043 -> celsius;
            case 0x0028 -> tenths(now.batteryV());
            case 0x0029 -> 30000 + tenths(now.batteryA());
            case 0x002A -> tenths(now.socPercent());
            case 0x002B, 0x002C, 0x0037 -> cellMillivolts;
            case 0x002F -> now.batteryA() > 0 ? 1 : now.batteryA() < 0 ? 2 : 0;
            case 0x0030 -> tenths(now.socPercent() * CAPACITY_AH / 100);
            case 0x0031 -> CELLS;
            case 0x0032, 0x0035, 0x0036 -> 1;
            case 0x0039 -> (int) Math.round(Math.abs(now.batteryV() * now.batteryA()));
            default -> 0;
        };
    }

    private static int renogy(int address, SimulatedValues now) {
        long remaining = Math.round(now.socPercent() * CAPACITY_AH * 10);
        long capacity = Math.round(CAPACITY_AH * 1000);
        if (address > 5000 && address <= 5000 + CELLS) {
            return tenths(now.batteryV() / CELLS);
        }
        if (address >= 5122) {
            int at = 2 * (address - 5122);
            return (NAME.charAt(at) << 8) | NAME.charAt(at + 1);
        }
        return switch (address) {
            case 5000 -> CELLS;
            case 5017 -> 1;
            case 5018, 5035 -> tenths(now.batteryC());
            case 5042 -> (int) Math.round(now.batteryA() * 100);
            case 5043 -> tenths(now.batteryV());
            case 5044 -> (int) (remaining >> 16);
            case 5045 -> (int) remaining;
            case 5046 -> (int) (capacity >> 16);
            case 5047 -> (int) capacity;
            case 5049 -> 148;
            case 5050 -> 100;
            default -> 0;
        };
    }

    private static int tenths(double value) {
        return (int) Math.round(value * 10);
    }
}
