package sunpeer.drivers.profile;

import java.util.List;

/**
 * From the raw number to the value: {@code (raw + bias) * scale / divisor * factors + offset}. Immutable.
 *
 * @param divisor negative where the device counts the other way
 * @param factors what other registers of the same device scale it with
 */
public record Scaling(double scale, double divisor, double bias, double offset, List<Factor> factors) {
    public static final Scaling ONE = of(1);

    public Scaling {
        factors = List.copyOf(factors);
    }

    public static Scaling of(double scale) {
        return new Scaling(scale, 1, 0, 0, List.of());
    }

    /**
     * A number in a register of its own that other points are scaled with.
     *
     * @param divisor of the factor's own raw number
     */
    public record Factor(String name, Source source, double divisor, Use use) {}

    public enum Use {
        MULTIPLY,
        DIVIDE,
        /** A SunSpec scale factor: a whole number of -10 to 10, anything else is a broken device. */
        POWER_OF_TEN
    }
}
