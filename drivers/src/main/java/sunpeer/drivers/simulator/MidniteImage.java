package sunpeer.drivers.simulator;

import java.util.List;
import java.util.function.Supplier;
import sunpeer.drivers.transport.Answer;

/**
 * The holding registers of a MidNite Classic 150 without a shunt of its own; it refuses what lies between the groups.
 *
 * <p>Thread-safe, if the supplier is: it is asked at each request.
 */
public final class MidniteImage implements RegisterImage {
    private static final List<RegisterRow> ROWS = List.of(
            new RegisterRow(3, 4100, 4163),
            new RegisterRow(3, 4209, 4212),
            new RegisterRow(3, 4243, 4274),
            new RegisterRow(3, 4360, 4381));

    private final Supplier<SimulatedValues> values;

    public MidniteImage(Supplier<SimulatedValues> values) {
        this.values = values;
    }

    @Override
    public Answer registers(int function, int address, int count) {
        SimulatedValues now = values.get();
        return RegisterRow.read(ROWS, function, address, count, at -> word(at, now));
    }

    private static int word(int address, SimulatedValues now) {
        long energy = Math.round(now.pvEnergyTotalWh() / 100);
        return switch (address) {
            case 4100 -> (4 << 8) | 150;
            case 4101 -> 2021;
            case 4102 -> (10 << 8) | 15;
            case 4114 -> tenths(now.batteryV());
            case 4115 -> tenths(now.pvV());
            case 4116 -> tenths(now.chargeA());
            case 4118 -> (int) Math.round(now.batteryV() * now.chargeA());
            case 4119 -> (stage(now) << 8) | 3;
            case 4120 -> tenths(now.pvA());
            case 4125 -> (int) energy;
            case 4126 -> (int) (energy >> 16);
            case 4131, 4132, 4133 -> tenths(now.batteryC());
            default -> 0;
        };
    }

    private static int stage(SimulatedValues now) {
        return switch (now.stage()) {
            case UNKNOWN, OFF -> 0;
            case ABSORPTION -> 3;
            case BULK -> 4;
            case FLOAT -> 5;
            case EQUALIZE -> 7;
        };
    }

    private static int tenths(double value) {
        return (int) Math.round(value * 10);
    }
}
