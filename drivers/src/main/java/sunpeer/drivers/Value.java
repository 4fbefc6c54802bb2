package sunpeer.drivers;

/**
 * One measured number with its quality; the unit is in the name of the field that holds it.
 *
 * <p>Immutable. {@code number} is NaN exactly when the quality is {@link Quality#ABSENT}, so silence never reads as zero.
 */
public record Value(double number, Quality quality) {
    public static final Value ABSENT = new Value(Double.NaN, Quality.ABSENT);

    public Value {
        if (Double.isNaN(number) != (quality == Quality.ABSENT)) {
            throw new IllegalArgumentException("NaN stands for ABSENT and nothing else: " + number + " " + quality);
        }
    }

    public static Value good(double number) {
        return new Value(number, Quality.GOOD);
    }

    public static Value suspect(double number) {
        return new Value(number, Quality.SUSPECT);
    }

    public boolean isGood() {
        return quality == Quality.GOOD;
    }
}
