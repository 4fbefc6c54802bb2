package sunpeer.drivers.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.transport.Answer;

/**
 * One service of a Victron GX behind its Modbus TCP server: the system, a solar charger or a battery. What the simulated copper
 * does not know (NaN) is sent as 0, as the real one does.
 *
 * <p>Thread-safe, if the supplier is: it is asked at each request.
 */
public final class GxImage implements RegisterImage {
    /** The service is not there just now: its device sleeps or lost its cable. */
    private static final Answer.Refused SERVICE_AWAY = new Answer.Refused(10);

    private static final String SERIAL = "c0619ab1234f";
    private static final int RESERVED = 0xFFFF;

    public enum Service {
        /** Unit 100. */
        SYSTEM,
        SOLAR_CHARGER,
        BATTERY
    }

    private final Service service;
    private final boolean early;
    private final Supplier<SimulatedValues> values;
    private volatile boolean away;

    private GxImage(Service service, boolean early, Supplier<SimulatedValues> values) {
        this.service = service;
        this.early = early;
        this.values = values;
    }

    public static GxImage of(Service service, Supplier<SimulatedValues> values) {
        return new GxImage(service, false, values);
    }

    /** As an early Venus OS has it, with holes where the later list has reserved registers. */
    public static GxImage early(Service service, Supplier<SimulatedValues> values) {
        return new GxImage(service, true, values);
    }

    public void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public Answer registers(int function, int address, int count) {
        if (away) {
            return SERVICE_AWAY;
        }
        SimulatedValues now = values.get();
        IntUnaryOperator word = switch (service) {
            case SYSTEM -> at -> system(at, now);
            case SOLAR_CHARGER -> at -> solarCharger(at, now);
            case BATTERY -> at -> battery(at, now);
        };
        // Functions 3 and 4 are the same to it.
        return RegisterRow.read(early ? earlyRows() : rows(), 3, address, count, word);
    }

    private List<RegisterRow> rows() {
        return switch (service) {
            case SYSTEM -> List.of(new RegisterRow(3, 800, 919));
            case SOLAR_CHARGER -> List.of(new RegisterRow(3, 771, 793), new RegisterRow(3, 3700, 3747));
            case BATTERY -> List.of(new RegisterRow(3, 256, 331), new RegisterRow(3, 1282, 1343));
        };
    }

    private List<RegisterRow> earlyRows() {
        return switch (service) {
            case SYSTEM ->
                List.of(
                        new RegisterRow(3, 800, 826),
                        new RegisterRow(3, 840, 846),
                        new RegisterRow(3, 850, 851),
                        RegisterRow.alone(3, 855),
                        RegisterRow.alone(3, 860),
                        new RegisterRow(3, 865, 866));
            case SOLAR_CHARGER -> List.of(new RegisterRow(3, 771, 791));
            case BATTERY -> List.of(new RegisterRow(3, 258, 309), new RegisterRow(3, 1282, 1299));
        };
    }

    private static int system(int address, SimulatedValues now) {
        return switch (address) {
            case 800, 801, 802, 803, 804, 805 -> letters(SERIAL, address - 800);
            case 826 -> 240;
            case 827, 828, 829, 836, 837, 838, 839, 847, 848, 849, 852, 853, 854, 856, 857, 858, 859, 867 -> RESERVED;
            case 861, 862, 863, 864 -> RESERVED;
            case 840 -> scaled(now.batteryV(), 10);
            case 841 -> scaled(now.batteryA(), 10);
            case 842 -> scaled(now.batteryV() * now.batteryA(), 1);
            case 843 -> scaled(now.socPercent(), 1);
            case 844 -> now.batteryA() > 0 ? 1 : now.batteryA() < 0 ? 2 : 0;
            case 850 -> scaled(now.batteryV() * now.chargeA(), 1);
            case 851 -> scaled(now.chargeA(), 10);
            default -> 0;
        };
    }

    private static int solarCharger(int address, SimulatedValues now) {
        double pvW = now.pvV() * now.pvA();
        long kWh = Math.round(now.pvEnergyTotalWh() / 1000);
        return switch (address) {
            case 771 -> scaled(now.batteryV(), 100);
            case 772 -> scaled(now.chargeA(), 10);
            case 773 -> scaled(now.batteryC(), 10);
            case 774 -> 1;
            case 775 -> state(now.stage());
            case 776, 3700 -> scaled(now.pvV(), 100);
            case 777 -> scaled(now.pvA(), 10);
            case 782, 783, 3704, 3705, 3706, 3707, 3739 -> RESERVED;
            case 789 -> scaled(pvW, 10);
            case 790 -> scaled(now.pvEnergyTotalWh(), 0.01);
            case 791 -> now.pvA() > 0 ? 2 : 0;
            case 792 -> scaled(pvW, 1) >> 16;
            case 793, 3724, 3730 -> scaled(pvW, 1);
            case 3728 -> (int) (kWh >> 16);
            case 3729 -> (int) kWh;
            case 3740, 3741, 3742, 3743, 3744, 3745, 3746, 3747 -> letters("Roof", address - 3740);
            default -> 0;
        };
    }

    private static int battery(int address, SimulatedValues now) {
        int watts = scaled(now.batteryV() * now.batteryA(), 1);
        return switch (address) {
            case 256 -> watts >> 16;
            case 257, 258 -> watts;
            case 259 -> scaled(now.batteryV(), 100);
            case 261 -> scaled(now.batteryA(), 10);
            case 262 -> scaled(now.batteryC(), 10);
            case 265 -> 105; // 10.5 Ah taken since it was full
            case 266 -> scaled(now.socPercent(), 10);
            case 303 -> 720; // 20 hours
            case 309 -> 1000;
            default -> 0;
        };
    }

    private static int state(ChargeStage stage) {
        return switch (stage) {
            case UNKNOWN, OFF -> 0;
            case BULK -> 3;
            case ABSORPTION -> 4;
            case FLOAT -> 5;
            case EQUALIZE -> 7;
        };
    }

    private static int scaled(double value, double factor) {
        return Double.isNaN(value) ? 0 : (int) Math.round(value * factor);
    }

    private static int letters(String text, int word) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int at = 2 * word;
        int high = at < bytes.length ? bytes[at] & 0xFF : 0;
        int low = at + 1 < bytes.length ? bytes[at + 1] & 0xFF : 0;
        return high << 8 | low;
    }
}
