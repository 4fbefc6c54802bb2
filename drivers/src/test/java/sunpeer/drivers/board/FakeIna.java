package sunpeer.drivers.board;

import java.util.HashMap;
import java.util.Map;

/**
 * Shunt monitors in memory, after their datasheets: a register pointer, defaults after power-up, results that follow the
 * inputs only after a conversion, ends of the ranges, and what each refuses to keep.
 */
abstract class FakeIna implements FakeChip {
    private final Map<Integer, Long> registers = new HashMap<>();
    private int pointer;
    private long convertsSince;
    private boolean converted = true;

    // what is on its pins
    double shuntV;
    double busV;
    double dieC = 25;

    /** Bytes of a register. */
    int width(int register) {
        return 2;
    }

    abstract void powerUp();

    /** Takes what was written; most registers keep it as it is. */
    void written(int register, int value) {
        set(register, value);
    }

    /** A write to it begins a new round. */
    boolean configures(int register) {
        return register == 0;
    }

    /** Time of one averaged round under the present setting. */
    abstract double roundMillis();

    /** Puts what is on the pins into the result registers. */
    abstract void convert();

    /** Result registers are about to be read. */
    void beforeRead(int register) {}

    final void set(int register, long value) {
        registers.put(register, value & ((1L << (8 * width(register))) - 1));
    }

    final long get(int register) {
        return registers.getOrDefault(register, 0L);
    }

    final boolean hasConverted() {
        return converted;
    }

    /** A dip of the supply: everything as after power-up, results empty until the next conversion. */
    final void loseSupply(long nowMillis) {
        registers.clear();
        powerUp();
        restart(nowMillis);
    }

    final void restart(long nowMillis) {
        convertsSince = nowMillis;
        converted = false;
    }

    @Override
    public final boolean write(byte[] message, long nowMillis) {
        pointer = message[0] & 0xFF;
        if (message.length == 3) {
            int value = ((message[1] & 0xFF) << 8) | (message[2] & 0xFF);
            written(pointer, value);
            if (configures(pointer)) {
                restart(nowMillis);
            }
        }
        return message.length == 1 || message.length == 3;
    }

    @Override
    public final byte[] read(int count, long nowMillis) {
        if (converted || nowMillis - convertsSince >= roundMillis()) {
            converted = true;
            convert();
        }
        beforeRead(pointer);
        long value = get(pointer);
        byte[] answer = new byte[count];
        for (int i = 0; i < count; i++) {
            int shift = 8 * (width(pointer) - 1 - i);
            answer[i] = shift < 0 ? (byte) 0xFF : (byte) (value >> shift);
        }
        return answer;
    }

    static long steps(double value, double step, long min, long max) {
        return Math.clamp(Math.round(value / step), min, max);
    }

    static final class Of219 extends FakeIna {
        private static final double[] PGA_MV = {40, 80, 160, 320};

        boolean overflow;

        Of219() {
            powerUp();
        }

        @Override
        void powerUp() {
            set(0, 0x399F);
        }

        @Override
        void written(int register, int value) {
            // Bit 14 of the configuration and bit 0 of the calibration cannot be set; results cannot be written.
            switch (register) {
                case 0 -> set(0, value & 0xBFFF);
                case 5 -> set(5, value & 0xFFFE);
                default -> {}
            }
        }

        @Override
        double roundMillis() {
            return adcMillis(((int) get(0) >> 3) & 0xF) + adcMillis(((int) get(0) >> 7) & 0xF);
        }

        private static double adcMillis(int setting) {
            return setting < 8 ? 0.532 : 0.532 * (1 << (setting & 7));
        }

        @Override
        void convert() {
            double rangeMv = PGA_MV[((int) get(0) >> 11) & 3];
            long end = Math.round(rangeMv * 100);
            set(1, steps(shuntV, 10e-6, -end, end));
            set(2, (steps(busV, 4e-3, 0, 8000) << 3) | 2 | (overflow ? 1 : 0));
        }

        @Override
        void beforeRead(int register) {
            if (register == 2 && !hasConverted()) {
                set(2, get(2) & ~2L);
            }
            if (register > 5) {
                set(register, 0); // has no such register
            }
        }
    }

    static final class Of226 extends FakeIna {
        boolean overflow;
        int die = 0x2260;

        Of226() {
            powerUp();
        }

        @Override
        void powerUp() {
            set(0, 0x4127);
            set(0xFE, 0x5449);
            set(0xFF, die);
        }

        @Override
        void written(int register, int value) {
            switch (register) {
                case 0 -> set(0, (value & 0x8FFF) | 0x4000);
                case 5 -> set(5, value & 0x7FFF);
                case 6, 7 -> set(register, value);
                default -> {}
            }
        }

        @Override
        double roundMillis() {
            int[] averages = {1, 4, 16, 64, 128, 256, 512, 1024};
            return 2 * 1.1 * averages[((int) get(0) >> 9) & 7];
        }

        @Override
        void convert() {
            set(0xFF, die);
            set(1, steps(shuntV, 2.5e-6, -32768, 32767));
            set(2, steps(busV, 1.25e-3, 0, 32767));
            set(6, 8 | (overflow ? 4 : 0));
        }
    }

    static final class Of3221 extends FakeIna {
        final double[] shuntVs = new double[3];
        final double[] busVs = new double[3];

        Of3221() {
            powerUp();
        }

        @Override
        void powerUp() {
            set(0, 0x7127);
            set(0xFE, 0x5449);
            set(0xFF, 0x3220);
        }

        @Override
        double roundMillis() {
            int[] averages = {1, 4, 16, 64, 128, 256, 512, 1024};
            return 6 * 1.1 * averages[((int) get(0) >> 9) & 7];
        }

        @Override
        void convert() {
            for (int channel = 0; channel < 3; channel++) {
                set(1 + 2 * channel, steps(shuntVs[channel], 40e-6, -4096, 4095) << 3);
                set(2 + 2 * channel, steps(busVs[channel], 8e-3, -4096, 4095) << 3);
            }
        }
    }

    static final class Of228 extends FakeIna {
        /** Sums in steps of the current register, as the chip adds them up. */
        long chargeSteps;

        long energySteps;
        int diagnosis = 1;

        Of228() {
            powerUp();
        }

        @Override
        int width(int register) {
            return switch (register) {
                case 4, 5, 7, 8 -> 3;
                case 9, 10 -> 5;
                default -> 2;
            };
        }

        @Override
        boolean configures(int register) {
            return register < 2;
        }

        @Override
        void powerUp() {
            set(1, 0xFB68);
            set(2, 0x1000);
            set(0x3E, 0x5449);
            set(0x3F, 0x2281);
            chargeSteps = 0;
            energySteps = 0;
        }

        @Override
        void written(int register, int value) {
            if (register == 0) {
                if ((value & 0x4000) != 0) {
                    chargeSteps = 0;
                    energySteps = 0;
                }
                set(0, value & 0x3FF0);
            } else if (register < 4) {
                set(register, value);
            }
        }

        @Override
        double roundMillis() {
            int[] averages = {1, 4, 16, 64, 128, 256, 512, 1024};
            return 3 * 1.052 * averages[(int) get(1) & 7];
        }

        @Override
        void convert() {
            double step = (get(0) & 0x10) == 0 ? 312.5e-9 : 78.125e-9;
            set(4, steps(shuntV, step, -0x80000, 0x7FFFF) << 4);
            set(5, steps(busV, 195.3125e-6, 0, 0xFFFFF) << 4);
            set(6, steps(dieC, 7.8125e-3, -32768, 32767));
        }

        @Override
        void beforeRead(int register) {
            set(9, energySteps);
            set(10, chargeSteps);
            set(0x0B, diagnosis);
        }
    }
}
