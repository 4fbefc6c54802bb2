package sunpeer.drivers.simulator;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import sunpeer.drivers.transport.Answer;

/**
 * The RAM of a Morningstar controller, the same by functions 3 and 4, and its names. Coils and EEPROM are commands that it
 * does not take here.
 *
 * <p>Thread-safe, if the supplier is: it is asked at each request.
 */
public final class MorningstarImage implements RegisterImage {
    /** Each counts in its own way. */
    public enum Model {
        /** Fractions of a full scale of 180 V and 80 A that stands in the first registers. */
        TRISTAR_MPPT("TS-MPPT-60", 0x004F, 80),
        /** Half floats. */
        PROSTAR_MPPT("PS-MPPT-40", 0x0051, 82),
        /** Fractions of 100 V and 79.16 A. */
        SUNSAVER_MPPT("SS-MPPT-15L", 0x003A, 51);

        private final String product;
        private final int last;
        private final int countMax;

        Model(String product, int last, int countMax) {
            this.product = product;
            this.last = last;
            this.countMax = countMax;
        }
    }

    private final Model model;
    private final List<RegisterRow> rows;
    private final Supplier<SimulatedValues> values;

    public MorningstarImage(Model model, Supplier<SimulatedValues> values) {
        this.model = model;
        this.rows = List.of(
                new RegisterRow(3, 0, model.last, model.countMax), new RegisterRow(4, 0, model.last, model.countMax));
        this.values = values;
    }

    @Override
    public Answer registers(int function, int address, int count) {
        SimulatedValues now = values.get();
        return RegisterRow.read(rows, function, address, count, at -> switch (model) {
            case TRISTAR_MPPT -> tristar(at, now);
            case PROSTAR_MPPT -> prostar(at, now);
            case SUNSAVER_MPPT -> sunsaver(at, now);
        });
    }

    @Override
    public Answer identity() {
        return new Answer.Identity(Map.of(0, "Morningstar Corp.", 1, model.product, 2, "v21"));
    }

    private static int tristar(int address, SimulatedValues now) {
        return switch (address) {
            case 0x0000 -> 180;
            case 0x0002 -> 80;
            case 0x0004 -> 0x0021;
            case 0x0018, 0x0019, 0x0026 -> fraction(now.batteryV(), 180);
            case 0x001B -> fraction(now.pvV(), 180);
            case 0x001C, 0x0027 -> fraction(now.chargeA(), 80);
            case 0x001D -> fraction(now.pvA(), 80);
            case 0x0023, 0x0025 -> (int) Math.round(now.batteryC());
            case 0x0024 -> 0x0080; // no remote sensor
            case 0x0032 -> state(now);
            case 0x0039 -> (int) Math.round(now.pvEnergyTotalWh() / 1000);
            case 0x003A -> (int) Math.round(now.batteryV() * now.chargeA() * 131072 / (180 * 80));
            case 0x003B -> (int) Math.round(now.pvV() * now.pvA() * 131072 / (180 * 80));
            default -> 0;
        };
    }

    private static int prostar(int address, SimulatedValues now) {
        return switch (address) {
            case 0x0010 -> half(now.chargeA());
            case 0x0011 -> half(now.pvA());
            case 0x0012, 0x0014, 0x0017, 0x0018 -> half(now.batteryV());
            case 0x0013 -> half(now.pvV());
            case 0x0015, 0x0019 -> half(now.batteryA());
            case 0x0016 -> half(now.loadA());
            case 0x001A, 0x001B, 0x001C -> half(now.batteryC());
            case 0x001D -> 0x7E00; // NaN: no remote sensor
            case 0x0021 -> state(now);
            case 0x002B -> (int) Math.round(now.pvEnergyTotalWh() / 100);
            case 0x002E -> now.loadA() > 0 ? 1 : 3;
            case 0x003C -> half(now.batteryV() * now.chargeA());
            default -> 0;
        };
    }

    private static int sunsaver(int address, SimulatedValues now) {
        return switch (address) {
            case 0x0008, 0x000A, 0x0013 -> fraction(now.batteryV(), 100);
            case 0x0009 -> fraction(now.pvV(), 100);
            case 0x000B -> fraction(now.chargeA(), 79.16);
            case 0x000C -> fraction(now.loadA(), 79.16);
            case 0x000D, 0x000E, 0x000F, 0x0010 -> (int) Math.round(now.batteryC());
            case 0x0011 -> state(now);
            case 0x0019 -> (int) Math.round(now.pvEnergyTotalWh() / 100);
            case 0x001A -> now.loadA() > 0 ? 1 : 3;
            case 0x001C -> fraction(11.5, 100);
            case 0x0027 -> (int) Math.round(now.batteryV() * now.chargeA() * 524288 / 7916);
            default -> 0;
        };
    }

    private static int fraction(double value, double fullScale) {
        return (int) Math.round(value * 32768 / fullScale);
    }

    private static int half(double value) {
        return Float.floatToFloat16((float) value);
    }

    private static int state(SimulatedValues now) {
        return switch (now.stage()) {
            case UNKNOWN -> 0;
            case OFF -> 3;
            case BULK -> 5;
            case ABSORPTION -> 6;
            case FLOAT -> 7;
            case EQUALIZE -> 8;
        };
    }
}
