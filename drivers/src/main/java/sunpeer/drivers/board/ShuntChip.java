package sunpeer.drivers.board;

/** The shunt monitors that can be read. */
public enum ShuntChip {
    /** 26 V at most on its bus pin: too little for a 24 V battery while it charges. 10 µV a step. */
    INA219("ina219", 0x4F, 1, 26, 0.320),
    /** 36 V, 2.5 µV a step. */
    INA226("ina226", 0x4F, 1, 36, 0.08192),
    /** 85 V, 0.3 µV a step; counts charge and energy by itself, also while the computer sleeps. */
    INA228("ina228", 0x4F, 1, 85, 0.16384),
    /** Three channels, 26 V, 40 µV a step. */
    INA3221("ina3221", 0x43, 3, 26, 0.1638);

    private static final int ADDRESS_MIN = 0x40;

    private final String driver;
    private final int addressMax;
    private final int channels;
    private final double busVMax;
    private final double shuntVMax;

    ShuntChip(String driver, int addressMax, int channels, double busVMax, double shuntVMax) {
        this.driver = driver;
        this.addressMax = addressMax;
        this.channels = channels;
        this.busVMax = busVMax;
        this.shuntVMax = shuntVMax;
    }

    /** What the kernel calls it. */
    String driver() {
        return driver;
    }

    /** What its bus pin is made for. */
    public double busVMax() {
        return busVMax;
    }

    /** Beyond it the chip shows this value. */
    double shuntVMax() {
        return shuntVMax;
    }

    public boolean hasAddress(int address) {
        return address >= ADDRESS_MIN && address <= addressMax;
    }

    public boolean hasChannel(int channel) {
        return channel >= 1 && channel <= channels;
    }

    ShuntSensor sensor(int channel) {
        return switch (this) {
            case INA219 -> new Ina219();
            case INA226 -> new Ina226();
            case INA228 -> new Ina228();
            case INA3221 -> new Ina3221(channel);
        };
    }
}
