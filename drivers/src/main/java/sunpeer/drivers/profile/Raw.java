package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import sunpeer.drivers.transport.Words;

/** The content of a point before anybody said what it means. Immutable. */
sealed interface Raw {
    /**
     * @param bits the pattern as it came, without a sign: what flags, names and not-available words are compared with
     * @param number the same as a number with its sign; never NaN
     */
    record Digits(long bits, double number) implements Raw {}

    /** @param text trimmed; never empty */
    record Text(String text) implements Raw {}

    /** What stands in these words; nothing when it is no number or no text. */
    static Optional<Raw> of(Source.Register register, Words words) {
        return switch (register.type()) {
            case ASCII -> text(letters(register, words));
            case HEX ->
                text(octets(register, words).stream().map("%02X"::formatted).collect(Collectors.joining()));
            case VERSION -> text(version(register, octets(register, words)));
            case CLOCK -> text(clock(octets(register, words)));
            case HOUR_MINUTE -> text(hourAndMinute(octets(register, words)));
            case DATE -> text(date(words.at(register.address())));
            default -> number(register, words);
        };
    }

    /** A field as it was written; nothing when it is not in its notation. */
    static Optional<Raw> of(Source.Field field, String written) {
        try {
            return switch (field.notation()) {
                case TEXT -> text(written);
                case DECIMAL -> Optional.of(whole(Long.parseLong(written)));
                case HEXADECIMAL ->
                    Optional.of(whole(
                            Long.parseLong(written.toLowerCase(Locale.ROOT).replaceFirst("^0x", ""), 16)));
            };
        } catch (NumberFormatException _) {
            return Optional.empty(); // a field of another firmware: absent is the honest answer
        }
    }

    private static Raw whole(long number) {
        return new Digits(number, number);
    }

    private static Optional<Raw> text(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() ? Optional.empty() : Optional.of(new Text(trimmed));
    }

    private static Optional<Raw> number(Source.Register register, Words words) {
        long bits = bits(register, words);
        if (register.mask() != -1) {
            long masked = (bits & register.mask()) >>> register.shift();
            return Optional.of(new Digits(masked, masked));
        }
        double number = switch (register.type()) {
            case S16 -> (short) bits;
            case S32 -> (int) bits;
            case S64 -> bits;
            case U64, BITS -> unsigned(bits);
            case F16 -> Float.float16ToFloat((short) bits);
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
            case SM8HI, SM8LO -> (bits & 0x80) == 0 ? bits : -(double) (bits & 0x7F);
            case BCD -> decimal(bits);
            default -> bits;
        };
        return Double.isFinite(number) ? Optional.of(new Digits(bits, number)) : Optional.empty();
    }

    private static long bits(Source.Register register, Words words) {
        int first = words.at(register.address());
        return switch (register.type()) {
            case U8HI, SM8HI -> first >> 8;
            case U8LO, SM8LO -> first & 0xFF;
            default -> joined(register, words);
        };
    }

    private static long joined(Source.Register register, Words words) {
        long joined = 0;
        for (int i = 0; i < register.words(); i++) {
            int from = register.lowWordFirst() ? register.words() - 1 - i : i;
            joined = (joined << 16) | words.at(register.address() + from);
        }
        return joined;
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : bits + 0x1p64;
    }

    /** NaN when a digit is none. */
    private static double decimal(long bits) {
        int number = 0;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = (int) (bits >> shift) & 0xF;
            if (digit > 9) {
                return Double.NaN;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static List<Integer> octets(Source.Register register, Words words) {
        List<Integer> octets = new ArrayList<>();
        for (int i = 0; i < register.words(); i++) {
            int word = words.at(register.address() + i);
            octets.add(register.lowByteFirst() ? word & 0xFF : word >> 8);
            octets.add(register.lowByteFirst() ? word >> 8 : word & 0xFF);
        }
        return octets;
    }

    /** Up to the first NUL; a byte that no terminal should see becomes a question mark, padding of 0xFF nothing. */
    private static String letters(Source.Register register, Words words) {
        StringBuilder letters = new StringBuilder();
        for (int octet : octets(register, words)) {
            if (octet == 0 && !letters.isEmpty()) {
                break;
            }
            if (octet != 0 && octet != 0xFF) {
                letters.append(octet >= 0x20 && octet < 0x7F ? (char) octet : '?');
            }
        }
        return letters.toString();
    }

    private static String version(Source.Register register, List<Integer> octets) {
        return register.octets().stream()
                .map(at -> Integer.toString(octets.get(at)))
                .collect(Collectors.joining("."));
    }

    /** Nothing unless it can be a time: an unset clock is zero. */
    private static String clock(List<Integer> octets) {
        int minute = octets.get(0);
        int second = octets.get(1);
        int day = octets.get(2);
        int hour = octets.get(3);
        int month = octets.get(5);
        boolean time = second < 60 && minute < 60 && hour < 24;
        return time && calendar(day, month)
                ? "%04d-%02d-%02d %02d:%02d:%02d".formatted(2000 + octets.get(4), month, day, hour, minute, second)
                : "";
    }

    private static String hourAndMinute(List<Integer> octets) {
        return octets.get(1) < 60 ? "%02d:%02d".formatted(octets.get(0), octets.get(1)) : "";
    }

    private static String date(int word) {
        int day = word & 0x1F;
        int month = (word >> 5) & 0xF;
        return calendar(day, month) ? "%04d-%02d-%02d".formatted(2000 + (word >> 9), month, day) : "";
    }

    private static boolean calendar(int day, int month) {
        return day >= 1 && day <= 31 && month >= 1 && month <= 12;
    }
}
