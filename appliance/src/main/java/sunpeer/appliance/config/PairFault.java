package sunpeer.appliance.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a line that should be {@code key = value} is none, in an owner's words. */
final class PairFault {
    private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]+,[0-9]+");
    private static final Pattern BARE_WORD = Pattern.compile("[A-Za-z/][A-Za-z0-9_./:-]*");

    private PairFault() {}

    static String of(String text, LineShape.Pair pair, Optional<Key<?>> key, int column) {
        String wanted = key.map(known -> "give " + known.form().wanted()).orElse("give key = value");
        Matcher curly = LineShape.CURLY.matcher(text);
        if (curly.find()) {
            return "has a curly quote (" + curly.group() + ") in column " + (curly.start() + 1)
                    + ": use straight quotes (\")";
        }
        Matcher invisible = LineShape.INVISIBLE.matcher(text);
        if (invisible.find()) {
            return "has an invisible character in column " + (invisible.start() + 1)
                    + ": delete it, or type a normal space there";
        }
        if (!pair.separator().equals("=")) {
            String sign = pair.separator().isEmpty() ? "no equals sign" : "a colon";
            return "has " + sign + " between key and value: use =";
        }
        if (pair.value().isEmpty()) {
            return "has no value after the equals sign: " + wanted;
        }
        return value(pair, key, wanted, column);
    }

    private static String value(LineShape.Pair pair, Optional<Key<?>> key, String wanted, int column) {
        String value = pair.value();
        String is = Key.isSecret(pair.key(), value) ? "is not readable: " : "is " + Shown.cut(value) + ": ";
        if (COMMA.matcher(value).matches()) {
            return is + "write the decimal sign as a point, not a comma";
        }
        boolean isQuoted = value.startsWith("\"");
        if (!value.isEmpty() && "\"'".indexOf(value.charAt(0)) >= 0 && value.indexOf(value.charAt(0), 1) < 0) {
            return is + "close the quotes at the end of the value";
        }
        if (isQuoted && value.contains("\\")) {
            return is + "use / instead of \\";
        }
        if (BARE_WORD.matcher(value).matches() && key.map(PairFault::wantsText).orElse(true)) {
            return is + "put it in quotes";
        }
        if (isQuoted) {
            return is + "take away what stands behind the quotes, from column " + column + " on";
        }
        return is + wanted;
    }

    private static boolean wantsText(Key<?> key) {
        return key.sample().startsWith("\"");
    }
}
