package sunpeer.drivers.board;

/**
 * A line of a GPIO chip, found by what does not change from kernel to kernel.
 *
 * @param chipLabel what the chip calls itself, as {@code gpiodetect} shows it; its number is found at each open
 * @param offset the line's place on the chip
 * @param name what the kernel must call the line, as {@code gpioinfo} shows it; empty when any name will do
 */
public record GpioLine(String chipLabel, int offset, String name) {
    public GpioLine {
        if (offset < 0) {
            throw new IllegalArgumentException("no line " + offset);
        }
    }

    /** {@code "line 17 of pinctrl-rp1"}. */
    public String describe() {
        return "line " + offset + " of " + chipLabel + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
