package sunpeer.drivers.simulator;

import java.util.Map;
import java.util.OptionalInt;

/** The register image of an EPEVER Tracer for one moment. Stateless; the groups and limits are those of real units. */
final class EpeverRegisters {
    /** Rows of registers that one request must not leave, with the most registers a request may have. */
    private record Group(int first, int last, int countMax) {
        boolean holds(int address, int count) {
            return address >= first && address + count - 1 <= last && count <= countMax;
        }
    }

    private static final Group[] INPUT = {
        new Group(0x3100, 0x3111, 18),
        new Group(0x3112, 0x3112, 1),
        // Each alone: inside a longer block a 3210A answers exception 2.
        new Group(0x311A, 0x311A, 1),
        new Group(0x311B, 0x311B, 1),
        new Group(0x311D, 0x311D, 1),
        new Group(0x3200, 0x3202, 3),
        new Group(0x3300, 0x3313, 20),
    };
    private static final Group RATED = new Group(0x3000, 0x3008, 9);
    private static final Group NET_CURRENT = new Group(0x331A, 0x331E, 5);

    /** 0x9000..0x900E of a 12 V lead-acid set-up: type, Ah, compensation, then twelve voltages. */
    private static final int[] SETTINGS = {
        1, 100, 300, 1600, 1500, 1500, 1460, 1440, 1380, 1320, 1260, 1220, 1200, 1110, 1060
    };

    private static final int SETTINGS_FIRST = 0x9000;

    private EpeverRegisters() {}

    static boolean hasInput(EpeverSimulator.Model model, int address, int count) {
        boolean extended = model == EpeverSimulator.Model.TRACER_BN
                && (RATED.holds(address, count) || NET_CURRENT.holds(address, count));
        for (Group group : INPUT) {
            extended |= group.holds(address, count);
        }
        return extended;
    }

    static OptionalInt holding(int address) {
        int index = address - SETTINGS_FIRST;
        return index >= 0 && index < SETTINGS.length ? OptionalInt.of(SETTINGS[index]) : OptionalInt.empty();
    }

    static int input(int address, SimulatedValues values) {
        long batteryW = hundredths(values.batteryV() * values.chargeA());
        long loadW = hundredths(values.batteryV() * values.loadA());
        long pvW = hundredths(values.pvV() * values.pvA());
        long netA = hundredths(values.batteryA());
        long energy = Math.round(values.pvEnergyTotalWh() / 10);
        return (int) (0xFFFF
                & switch (address) {
                    case 0x3000 -> 15000;
                    case 0x3001, 0x3005 -> 2000;
                    case 0x3002, 0x3006 -> 52000;
                    case 0x3004 -> 2400;
                    case 0x3008 -> 2;
                    case 0x3100 -> hundredths(values.pvV());
                    case 0x3101 -> hundredths(values.pvA());
                    case 0x3102 -> pvW;
                    case 0x3103 -> pvW >> 16;
                    case 0x3104, 0x3108, 0x310C, 0x3302, 0x331A -> hundredths(values.batteryV());
                    case 0x3105 -> hundredths(values.chargeA());
                    case 0x3106 -> batteryW;
                    case 0x3107 -> batteryW >> 16;
                    case 0x3109, 0x310D -> hundredths(values.loadA());
                    case 0x310A, 0x310E -> loadW;
                    case 0x310B, 0x310F -> loadW >> 16;
                    case 0x3110, 0x3111, 0x3112, 0x311B, 0x331D, 0x331E -> hundredths(values.batteryC());
                    case 0x311A -> Math.round(values.socPercent());
                    case 0x311D -> 1200;
                    case 0x3201 -> (stage(values) << 2) | (values.chargeA() > 0 ? 1 : 0);
                    case 0x3202 -> values.loadA() > 0 ? 1 : 0;
                    case 0x3312 -> energy;
                    case 0x3313 -> energy >> 16;
                    case 0x331B -> netA;
                    case 0x331C -> netA >> 16;
                    default -> 0;
                });
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

    /** FC43/14 as a Tracer2215BN answered it. */
    static final Map<Integer, String> IDENTITY =
            Map.of(0, "EPsolar Tech co., Ltd", 1, "Tracer2215BN", 2, "V02.05+V07.12");
}
