package sunpeer.appliance.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** How values, numbers and lists are printed for an owner. */
final class Shown {
    /** Longer values are cut: the owner finds them by line and key. */
    private static final int MAX_CHARS = 40;

    private Shown() {}

    static String value(Object value) {
        return switch (value) {
            case String text -> "\"" + cut(text) + "\"";
            case Double number -> number(number);
            case TomlArray list -> "a list";
            case TomlTable table -> "a table";
            default -> cut(value.toString());
        };
    }

    /** Without the trailing zeros and exponents that Java prints. */
    static String number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        // Past this many digits the exponent reads better than the zeros.
        return Math.abs(exact.precision() - exact.scale()) > MAX_CHARS / 2
                ? Double.toString(number)
                : exact.stripTrailingZeros().toPlainString();
    }

    /** Of one line, printable, and not endless. */
    static String cut(String text) {
        String printable = text.codePoints()
                .limit(MAX_CHARS + 1)
                .mapToObj(code -> Character.isISOControl(code) ? "?" : Character.toString(code))
                .collect(Collectors.joining());
        return printable.codePointCount(0, printable.length()) <= MAX_CHARS
                ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, MAX_CHARS - 1)) + "…";
    }

    /** {@code a, b or c}. */
    static String anyOf(List<String> words) {
        return joined(words, " or ");
    }

    /** {@code a, b and c}. */
    static String allOf(List<String> words) {
        return joined(words, " and ");
    }

    private static String joined(List<String> words, String last) {
        int head = words.size() - 1;
        return head == 0 ? words.getFirst() : String.join(", ", words.subList(0, head)) + last + words.get(head);
    }
}
