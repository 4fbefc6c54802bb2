package sunpeer.drivers;

/**
 * A decoded point that no decision needs: a cell's voltage, a fault bit, a serial number.
 *
 * <p>Immutable.
 *
 * @param name the point's name in its profile: {@code "case_c"}, {@code "charging_status"}
 * @param value the number after scaling, the raw number of a state or of bits; ABSENT for a text
 * @param unit unit of the number: {@code "V"}; empty when it has none
 * @param text what the number means ({@code "boost"}, {@code "pv short, load short"}) or the text itself; empty for a plain number
 */
public record Detail(String name, Value value, String unit, String text) {
    public static Detail number(String name, Value value, String unit) {
        return new Detail(name, value, unit, "");
    }

    public static Detail text(String name, String text) {
        return new Detail(name, Value.ABSENT, "", text);
    }
}
