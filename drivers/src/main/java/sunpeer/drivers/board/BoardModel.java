package sunpeer.drivers.board;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The boards whose 40-pin header is known by heart: its GPIO chip by label, its lines, and the I²C bus of pins 3 and 5 by
 * the name of its controller. The kernel hands out the numbers in {@code /dev/gpiochipN} and {@code /dev/i2c-N} anew with
 * every version (the header of the Pi 5 has been chip 4 and chip 0), so no number stands here.
 *
 * <table>
 * <caption>Where hardware PWM comes out, for a fan with four wires; this package switches fans on and off only</caption>
 * <tr><th>board</th><th>controller: header pins</th></tr>
 * <tr><td>Pi 4</td><td>{@code fe20c000.pwm}: 12 and 32 (channel 0), 33 and 35 (channel 1), with {@code dtoverlay=pwm}</td></tr>
 * <tr><td>Pi 5</td><td>{@code 1f00098000.pwm}: 32, 33, 12, 35 (channels 0 to 3), with {@code dtoverlay=pwm}</td></tr>
 * <tr><td>Zero 2 W</td><td>{@code 3f20c000.pwm}: as on the Pi 4</td></tr>
 * <tr><td>Orin Nano</td><td>{@code 3280000.pwm}: 15; {@code 32e0000.pwm}: 32; {@code 32c0000.pwm}: 33; the pins must be set
 * to it with {@code jetson-io}</td></tr>
 * </table>
 *
 * <p>Sources: labels and controllers as boards print them ({@code gpiodetect}, {@code i2cdetect -l}, paths in sysfs); lines
 * of the Raspberry Pi by its documentation of the header; lines and names of the Orin Nano by NVIDIA's jetson-gpio, the
 * same table as the Orin NX. None of them has been run on the board itself.
 */
public enum BoardModel {
    RASPBERRY_PI_4("Raspberry Pi 4 ", "pinctrl-bcm2711", "fe804000.i2c"),
    RASPBERRY_PI_5("Raspberry Pi 5 ", "pinctrl-rp1", "1f00074000.i2c"),
    RASPBERRY_PI_ZERO_2_W("Raspberry Pi Zero 2 ", "pinctrl-bcm2835", "3f804000.i2c"),
    /** The developer kit; a line that was not set to GPIO with {@code jetson-io} switches nothing, without an error. */
    JETSON_ORIN_NANO("NVIDIA Jetson Orin Nano ", "tegra234-gpio", "c250000.i2c");

    /** Pin:line. Pins 3 and 5 are the I²C bus, 27 and 28 belong to the memory of add-on boards. */
    private static final String RASPBERRY_LINES = "7:4 8:14 10:15 11:17 12:18 13:27 15:22 16:23 18:24 19:10 21:9 22:25"
            + " 23:11 24:8 26:7 29:5 31:6 32:12 33:13 35:19 36:16 37:26 38:20 40:21";

    private static final String ORIN_LINES =
            "7:144:PAC.06 11:112:PR.04 12:50:PH.07 13:122:PY.00 15:85:PN.01 16:126:PY.04"
                    + " 18:125:PY.03 19:135:PZ.05 21:134:PZ.04 22:123:PY.01 23:133:PZ.03 24:136:PZ.06 26:137:PZ.07 29:105:PQ.05"
                    + " 31:106:PQ.06 32:41:PG.06 33:43:PH.00 35:53:PI.02 36:113:PR.05 37:124:PY.02 38:52:PI.01 40:51:PI.00";

    private final String modelBegins;
    private final String chipLabel;
    private final String i2cBus;

    BoardModel(String modelBegins, String chipLabel, String i2cBus) {
        this.modelBegins = modelBegins;
        this.chipLabel = chipLabel;
        this.i2cBus = i2cBus;
    }

    /** @param model what the device tree says, {@code "Raspberry Pi 5 Model B Rev 1.0"} */
    static Optional<BoardModel> of(String model) {
        return Arrays.stream(values())
                .filter(board -> model.startsWith(board.modelBegins))
                .findFirst();
    }

    /** The bus of header pins 3 (SDA) and 5 (SCL), by the name of its controller. */
    public String i2cBus() {
        return i2cBus;
    }

    /**
     * The line of a header pin.
     *
     * @param headerPin number on the header, 1 to 40
     * @return nothing for pins that are supply, ground, I²C or the add-on board's memory
     */
    public Optional<GpioLine> line(int headerPin) {
        return Optional.ofNullable(lines().get(headerPin));
    }

    /** The header pins that are a line on one board at least, in their order. */
    public static List<Integer> linePins() {
        return Arrays.stream(values())
                .flatMap(board -> board.lines().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Map<Integer, GpioLine> lines() {
        Map<Integer, GpioLine> lines = new HashMap<>();
        for (String entry : (this == JETSON_ORIN_NANO ? ORIN_LINES : RASPBERRY_LINES).split(" ", -1)) {
            String[] part = entry.split(":", -1);
            lines.put(
                    Integer.valueOf(part[0]),
                    new GpioLine(chipLabel, Integer.parseInt(part[1]), part.length > 2 ? part[2] : ""));
        }
        return lines;
    }
}
