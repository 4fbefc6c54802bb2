package sunpeer.appliance.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line that is no TOML was most likely meant to be. Lenient on purpose: it only serves to explain and to go on. No
 * constructor of it fails, whatever the line.
 */
sealed interface LineShape {
    record Header(String table) implements LineShape {}

    /** @param separator the sign between key and value; empty if there is none */
    record Pair(String key, String separator, String value) implements LineShape {}

    record Other() implements LineShape {}

    Pattern HEADER =
            Pattern.compile("\\s*(\\[{0,2})\\s*[\"']?([A-Za-z0-9_.-]{1,64})[\"']?\\s*(]{0,2})\\s*[:;,.]?\\s*(#.*)?");
    Pattern PAIR = Pattern.compile("\\s*[\"']?([A-Za-z0-9_.-]{1,64})[\"']?\\s*([=:]|\\s)\\s*(.*)");
    Pattern CURLY = Pattern.compile("[\u2018-\u201f\u2032\u2033\u00ab\u00bb\u00b4]");
    /** Spaces that look like one and are none, and signs that show nothing at all. */
    Pattern INVISIBLE = Pattern.compile("[\u00a0\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]");

    static LineShape of(String line) {
        String plain = INVISIBLE.matcher(line).replaceAll(" ");
        Matcher header = HEADER.matcher(plain);
        if (header.matches() && !(header.group(1).isEmpty() && header.group(3).isEmpty())) {
            return new Header(header.group(2));
        }
        Matcher pair = PAIR.matcher(plain);
        return pair.matches()
                ? new Pair(pair.group(1), pair.group(2).strip(), withoutComment(pair.group(3)))
                : new Other();
    }

    private static String withoutComment(String value) {
        int hash = value.indexOf('#');
        return (hash < 0 ? value : value.substring(0, hash)).strip();
    }

    /** With the quotes and spaces that a keyboard has. */
    static String straightened(String line) {
        return INVISIBLE.matcher(CURLY.matcher(line).replaceAll("\"")).replaceAll(" ");
    }
}
