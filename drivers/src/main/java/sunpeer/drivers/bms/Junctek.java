package sunpeer.drivers.bms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Junctek KG and KH coulometers: lines of text, {@code :R50=1,2,1,} asks and {@code :r50=1,215,...,} answers, both with CR LF.
 *
 * <p>Groups are the decimal numbers of the commands: 50 measured values, 51 settings. Field n of the answer, the address being
 * field 0, stands in the two registers from group * 256 + 2 n on, high word first. Fields that are missing are {@link
 * #NOT_SAID} twice.
 */
public final class Junctek implements Dialect {
    private static final int MEASURED = 50;
    private static final int SETTINGS = 51;
    private static final int UNIT_MAX = 99;

    /** A line of 24 numbers of ten digits. */
    private static final int LINE_MAX = 300;

    private static final int FIELDS_MAX = 24;
    /** Address, checksum and at least one number. */
    private static final int FIELDS_MIN = 3;
    /** Up to the direction: without it the current has no sign. */
    private static final int MEASURED_MIN = 12;

    @Override
    public String title() {
        return "Junctek";
    }

    /** The checksum of a question with the single number 1 is 2. */
    @Override
    public Optional<byte[]> ask(Question question) {
        boolean known = question.group() == MEASURED || question.group() == SETTINGS;
        return known && question.unit() >= 1 && question.unit() <= UNIT_MAX
                ? Optional.of(":R%d=%d,2,1,\r\n"
                        .formatted(question.group(), question.unit())
                        .getBytes(StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    @Override
    public Parsed parse(byte[] bytes, int length, Question question) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        String head = ":r" + question.group() + "=";
        int from = text.indexOf(head);
        int end = text.indexOf('\n', Math.max(0, from));
        if (from < 0 || end < 0) {
            return new Parsed.Incomplete();
        }
        String line = text.substring(from + head.length(), end).strip();
        if (line.length() > LINE_MAX) {
            return new Parsed.Malformed("a line of " + line.length() + " characters");
        }
        List<Integer> fields = new ArrayList<>();
        for (String field : line.split(",", FIELDS_MAX + 2)) {
            if (field.isEmpty() && fields.size() >= FIELDS_MIN) {
                break; // the comma behind the last number
            }
            Optional<Integer> number = number(field);
            if (number.isEmpty() || fields.size() == FIELDS_MAX) {
                return new Parsed.Malformed("\"" + printable(field) + "\" where a number belongs");
            }
            fields.add(number.get());
        }
        return fields(fields, question);
    }

    private static Parsed fields(List<Integer> fields, Question question) {
        int least = question.group() == MEASURED ? MEASURED_MIN : FIELDS_MIN;
        if (fields.size() < least) {
            return new Parsed.Malformed(fields.size() + " numbers instead of at least " + least);
        }
        if (fields.getFirst() != question.unit()) {
            return new Parsed.Malformed(
                    "answer of unit %d instead of unit %d".formatted(fields.getFirst(), question.unit()));
        }
        long sum = 0;
        for (int number : fields.subList(2, fields.size())) {
            sum += number;
        }
        int checksum = fields.get(1);
        // 0 means that it is not to be checked.
        if (checksum != 0 && checksum != sum % 255 + 1) {
            return new Parsed.Malformed("wrong checksum");
        }
        int[] words = Octets.silent(2 * FIELDS_MAX);
        for (int i = 0; i < fields.size(); i++) {
            words[2 * i] = fields.get(i) >>> 16;
            words[2 * i + 1] = fields.get(i) & 0xFFFF;
        }
        return Octets.whole(question, words);
    }

    /** Up to 2,147,483,647; nothing for anything else. */
    private static Optional<Integer> number(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return number > Integer.MAX_VALUE ? Optional.empty() : Optional.of((int) number);
    }

    private static String printable(String text) {
        return text.codePoints()
                .limit(20)
                .map(letter -> letter >= ' ' && letter < 0x7F ? letter : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public int proof(int group) {
        return group == MEASURED ? SETTINGS : MEASURED;
    }
}
