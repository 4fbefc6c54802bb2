package sunpeer.appliance.market.yuma;

/** Weight sheets as the chain stores them. Stateless. */
public final class WeightSheets {
    /** Above this the product with 65535 would leave the number range, so the chain divides first. */
    private static final int DIVIDE_FIRST_ABOVE = 32_768;

    private WeightSheets() {}

    /** The values scaled so that the largest is 65535; all zero stays all zero. Each value is a u16. */
    public static int[] maxUpscale(int[] values) {
        int max = 0;
        for (int value : values) {
            max = Math.max(max, value);
        }
        int[] result = new int[values.length];
        for (int i = 0; max > 0 && i < values.length; i++) {
            result[i] = upscale(values[i], max);
        }
        return result;
    }

    private static int upscale(int value, int max) {
        if (max > DIVIDE_FIRST_ABOVE) {
            return Fixed.roundToU16(value * (Fixed.ofU16(Fixed.U16_MAX) / max));
        }
        return Fixed.roundToU16(Fixed.ofU16(value * Fixed.U16_MAX) / max);
    }
}
