package sunpeer.drivers.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.transport.Answer;

/**
 * A hybrid that describes itself by SunSpec: the mark, then models 1, 103, 160, 124, 802 and 64111. Its battery model counts
 * discharging as positive, which the standard leaves open; the panel's current is in tenths, which the published table does not.
 *
 * <p>Thread-safe, if the supplier is: it is asked at each request.
 */
public final class SunSpecImage implements RegisterImage {
    private static final int ABSENT = 0xFFFF;
    private static final int NO_SCALE = 0x8000;
    private static final int TENTHS = -1;
    private static final int HUNDREDTHS = -2;

    private static final int CHARGING = 4;
    private static final int DISCHARGING = 3;
    private static final int HOLDING = 6;

    private final Supplier<SimulatedValues> values;
    private final int base;

    /** @param base register of the mark: 40000, 0 or 50000 by the standard */
    public SunSpecImage(Supplier<SimulatedValues> values, int base) {
        this.values = values;
        this.base = base;
    }

    @Override
    public Answer registers(int function, int address, int count) {
        List<Integer> words = words(values.get());
        List<RegisterRow> all = List.of(new RegisterRow(3, base, base + words.size() - 1));
        return RegisterRow.read(all, function, address, count, at -> words.get(at - base));
    }

    private static List<Integer> words(SimulatedValues now) {
        List<Integer> words = new ArrayList<>(List.of(0x5375, 0x6E53));
        words.addAll(common());
        words.addAll(inverter(now));
        words.addAll(trackers(now));
        words.addAll(storage(now));
        words.addAll(battery(now));
        words.addAll(chargeController(now));
        words.addAll(List.of(0xFFFF, 0));
        return words;
    }

    /** A model with nothing in it yet. */
    private static final class Sheet {
        private final List<Integer> words = new ArrayList<>();

        Sheet(int model, int length, int filling) {
            words.add(model);
            words.add(length);
            for (int i = 0; i < length; i++) {
                words.add(filling);
            }
        }

        Sheet put(int register, long word) {
            words.set(register, (int) word & 0xFFFF);
            return this;
        }

        Sheet put(int register, String text, int length) {
            byte[] letters = text.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < length; i++) {
                int high = 2 * i < letters.length ? letters[2 * i] : 0;
                int low = 2 * i + 1 < letters.length ? letters[2 * i + 1] : 0;
                put(register + i, high << 8 | low);
            }
            return this;
        }
    }

    private static List<Integer> common() {
        return new Sheet(1, 66, 0)
                .put(2, "Sunpeer", 16)
                .put(18, "Simulated Hybrid", 16)
                .put(42, "1.0", 8)
                .put(50, "SIM-0001", 16)
                .put(66, 1)
                .words;
    }

    private static List<Integer> inverter(SimulatedValues now) {
        return new Sheet(103, 50, ABSENT)
                .put(6, NO_SCALE)
                .put(13, NO_SCALE)
                .put(14, 0)
                .put(15, 0)
                .put(16, 5001)
                .put(17, HUNDREDTHS)
                .put(19, NO_SCALE)
                .put(21, NO_SCALE)
                .put(23, NO_SCALE)
                .put(24, 0)
                .put(25, 0)
                .put(26, 0)
                .put(27, hundredths(now.pvA()))
                .put(28, HUNDREDTHS)
                .put(29, tenths(now.pvV()))
                .put(30, TENTHS)
                .put(31, Math.round(now.pvV() * now.pvA()))
                .put(32, 0)
                .put(33, 341)
                .put(34, 0x8000)
                .put(35, 0x8000)
                .put(36, 0x8000)
                .put(37, TENTHS)
                .put(38, now.pvA() > 0 ? 4 : 2)
                .words;
    }

    private static List<Integer> trackers(SimulatedValues now) {
        long energyWh = Math.round(now.pvEnergyTotalWh());
        return new Sheet(160, 48, ABSENT)
                .put(2, HUNDREDTHS)
                .put(3, HUNDREDTHS)
                .put(4, TENTHS)
                .put(5, 0)
                .put(6, 0)
                .put(7, 0)
                .put(8, 2)
                .put(10, 1)
                .put(11, "MPPT 1", 8)
                .put(19, hundredths(now.pvA()))
                .put(20, hundredths(now.pvV()))
                .put(21, tenths(now.pvV() * now.pvA()))
                .put(22, energyWh >> 16)
                .put(23, energyWh)
                .put(26, 0x8000)
                .put(27, now.pvA() > 0 ? 4 : 2)
                .put(30, 2)
                .put(31, "MPPT 2", 8)
                .put(42, 0)
                .put(43, 0)
                .put(46, 0x8000)
                .words;
    }

    private static List<Integer> storage(SimulatedValues now) {
        return new Sheet(124, 24, ABSENT)
                .put(2, 3000)
                .put(8, tenths(now.socPercent()))
                .put(10, hundredths(now.batteryV()))
                .put(11, chargeStatus(now))
                .put(18, 0)
                .put(19, 0)
                .put(20, NO_SCALE)
                .put(21, NO_SCALE)
                .put(22, TENTHS)
                .put(23, NO_SCALE)
                .put(24, HUNDREDTHS)
                .put(25, NO_SCALE)
                .words;
    }

    private static List<Integer> battery(SimulatedValues now) {
        return new Sheet(802, 62, ABSENT)
                .put(2, 100)
                .put(3, 1280)
                .put(11, tenths(now.socPercent()))
                .put(16, chargeStatus(now))
                .put(17, 1)
                .put(21, 4)
                .put(22, 3)
                .put(26, 0)
                .put(27, 0)
                .put(28, 0)
                .put(29, 0)
                .put(34, hundredths(now.batteryV()))
                .put(44, -hundredths(now.batteryA()))
                .put(47, -Math.round(now.batteryV() * now.batteryA()))
                .put(49, 0x8000)
                .put(52, 0)
                .put(53, 0)
                .put(56, TENTHS)
                .put(57, NO_SCALE)
                .put(58, NO_SCALE)
                .put(59, HUNDREDTHS)
                .put(60, NO_SCALE)
                .put(61, HUNDREDTHS)
                .put(62, NO_SCALE)
                .put(63, 0)
                .words;
    }

    private static List<Integer> chargeController(SimulatedValues now) {
        return new Sheet(64111, 23, 0)
                .put(2, 1)
                .put(3, TENTHS)
                .put(4, TENTHS)
                .put(5, 0)
                .put(6, 0)
                .put(7, TENTHS)
                .put(8, tenths(now.batteryV()))
                .put(9, tenths(now.pvV()))
                .put(10, tenths(now.chargeA()))
                .put(11, tenths(now.pvA()))
                .put(12, stage(now.stage()))
                .put(13, Math.round(now.batteryV() * now.chargeA()))
                .put(18, 12)
                .words;
    }

    private static int chargeStatus(SimulatedValues now) {
        return now.batteryA() > 0 ? CHARGING : now.batteryA() < 0 ? DISCHARGING : HOLDING;
    }

    private static int stage(ChargeStage stage) {
        return switch (stage) {
            case UNKNOWN, OFF -> 0;
            case FLOAT -> 1;
            case BULK -> 2;
            case ABSORPTION -> 3;
            case EQUALIZE -> 4;
        };
    }

    private static long tenths(double value) {
        return Math.round(value * 10);
    }

    private static long hundredths(double value) {
        return Math.round(value * 100);
    }
}
