package sunpeer.drivers.board;

import java.util.Locale;
import java.util.Optional;
import sunpeer.drivers.Fault.Kind;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;

/**
 * The protocol of SHT3x and SHT4x: a command, a wait, two words with a checksum each (datasheets SHT3x-DIS 4.12, SHT4x
 * 4.4). Pure.
 */
enum Sensirion {
    /** Single shot, high repeatability, without clock stretching, which the Raspberry Pi's I²C handles badly: 15.5 ms. */
    SHT3X(0, 100),
    /** High precision: 8.3 ms. */
    SHT4X(-6, 125);

    static final int WAIT_MILLIS = 20;
    static final int ANSWER_BYTES = 6;

    private static final double CELSIUS_MIN = -40;
    private static final double CELSIUS_MAX = 125;
    private static final int CRC_POLYNOMIAL = 0x31;
    private static final int FULL = 65_535;

    private final int humidityZero;
    private final int humiditySpan;

    Sensirion(int humidityZero, int humiditySpan) {
        this.humidityZero = humidityZero;
        this.humiditySpan = humiditySpan;
    }

    byte[] command() {
        return switch (this) {
            case SHT3X -> new byte[] {0x24, 0x00};
            case SHT4X -> new byte[] {(byte) 0xFD};
        };
    }

    boolean hasAddress(int address) {
        return address >= 0x44 && address <= (this == SHT3X ? 0x45 : 0x46);
    }

    /** What the kernel's driver of the family is called. */
    String driver() {
        return name().toLowerCase(Locale.ROOT);
    }

    Thermometer.Climate.Ok decode(byte[] answer, String where) throws Unreadable {
        int temperature = word(answer, 0, where);
        int humidity = word(answer, 3, where);
        double percent = humidityZero + humiditySpan * (double) humidity / FULL;
        return climate(-45 + 175 * (double) temperature / FULL, Optional.of(percent));
    }

    /** The formula runs a little over both ends of 0..100 %, the datasheet says to crop it. */
    static Thermometer.Climate.Ok climate(double celsius, Optional<Double> percent) {
        boolean possible = celsius >= CELSIUS_MIN && celsius <= CELSIUS_MAX;
        return new Thermometer.Climate.Ok(
                new Value(rounded(celsius), possible ? Quality.GOOD : Quality.SUSPECT),
                percent.map(some -> Value.good(rounded(Math.clamp(some, 0, 100))))
                        .orElse(Value.ABSENT));
    }

    private static int word(byte[] answer, int at, String where) throws Unreadable {
        if (crc(answer[at], answer[at + 1]) != (answer[at + 2] & 0xFF)) {
            throw new Unreadable(
                    Kind.GARBLED, where + " sent a wrong checksum: shorten its wires or add pull-up resistors");
        }
        return ((answer[at] & 0xFF) << 8) | (answer[at + 1] & 0xFF);
    }

    /** CRC-8 with polynomial 0x31 from 0xFF; of 0xBE 0xEF it is 0x92. */
    static int crc(byte... data) {
        int crc = 0xFF;
        for (byte octet : data) {
            crc ^= octet & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) != 0 ? (crc << 1) ^ CRC_POLYNOMIAL : crc << 1;
            }
            crc &= 0xFF;
        }
        return crc;
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }
}
