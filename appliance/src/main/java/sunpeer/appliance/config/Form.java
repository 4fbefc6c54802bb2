package sunpeer.appliance.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * What the value of a key may be, told in words and as code. Immutable.
 *
 * @param wanted what to give, to stand after "give"
 * @param reader turns a TOML value into what it means, or says what to give instead
 */
record Form<T>(String wanted, Function<Object, Answer<T>> reader) {
    // Demonstrations show a day of some year; anything else is a slip of the finger.
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    sealed interface Answer<T> {
        record Good<T>(T value) implements Answer<T> {}

        /** @param advice continues the sentence after the value */
        record Bad<T>(String advice) implements Answer<T> {}
    }

    Answer<T> read(Object value) {
        return reader.apply(value);
    }

    private static <T> Answer<T> bad(String wanted) {
        return new Answer.Bad<>("give " + wanted);
    }

    /** @param unit in words and in the plural, to stand after "of"; empty for a bare number */
    static Form<Double> number(String unit, double min, double max) {
        String plain = unit.isEmpty() ? "a number" : "a number of " + unit;
        String ranged = plain + " from " + Shown.number(min) + " to " + Shown.number(max);
        return new Form<>(ranged, value -> switch (value) {
            case Long whole -> within(whole.doubleValue(), min, max, ranged);
            case Double number -> within(number, min, max, ranged);
            case String text -> bad(isNumber(text) ? plain + " without quotes" : plain);
            default -> bad(plain);
        });
    }

    private static Answer<Double> within(double number, double min, double max, String ranged) {
        // Written so that NaN fails too.
        return number >= min && number <= max ? new Answer.Good<>(number) : bad(ranged);
    }

    static Form<Integer> whole(String unit, int min, int max) {
        String plain = unit.isEmpty() ? "a whole number" : "a whole number of " + unit;
        return wholeIf(plain + " from " + min + " to " + max, plain, number -> number >= min && number <= max);
    }

    static Form<Integer> wholeOf(List<Integer> allowed) {
        String wanted = Shown.anyOf(allowed.stream().map(String::valueOf).toList());
        return wholeIf(wanted, wanted, number -> allowed.stream().anyMatch(one -> one.longValue() == number));
    }

    static Form<Integer> wholeIf(String ranged, String plain, LongPredicate allowed) {
        return new Form<>(ranged, value -> switch (value) {
            case Long whole -> wholeWithin(whole, allowed, ranged);
            // 20.0 means 20 to everybody but a parser.
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 ->
                wholeWithin(number.longValue(), allowed, ranged);
            case String text -> bad(isNumber(text) ? plain + " without quotes" : plain);
            default -> bad(plain);
        });
    }

    private static Answer<Integer> wholeWithin(long number, LongPredicate allowed, String ranged) {
        return allowed.test(number) && number == (int) number ? new Answer.Good<>((int) number) : bad(ranged);
    }

    static Form<Double> numberOf(List<Double> allowed) {
        String wanted = Shown.anyOf(allowed.stream().map(Shown::number).toList());
        return new Form<>(wanted, value -> switch (value) {
            case Long whole when allowed.contains(whole.doubleValue()) -> new Answer.Good<>(whole.doubleValue());
            case Double number when allowed.contains(number) -> new Answer.Good<>(number);
            case String text -> bad(isNumber(text) ? wanted + " without quotes" : wanted);
            default -> bad(wanted);
        });
    }

    /** @param words in the order in which they are to be told */
    static <T> Form<T> word(List<Map.Entry<String, T>> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add("\"" + word.getKey() + "\""));
        return text(
                Shown.anyOf(quoted),
                text -> words.stream()
                        .filter(word -> word.getKey().equals(text))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    static <T> Form<T> text(String wanted, Function<String, Optional<T>> reader) {
        return new Form<>(
                wanted,
                value -> value instanceof String text
                        ? reader.apply(text).<Answer<T>>map(Answer.Good::new).orElseGet(() -> bad(wanted))
                        : bad(wanted + (wanted.startsWith("\"") ? "" : ", in quotes")));
    }

    static Form<Boolean> flag() {
        return new Form<>(
                "true or false",
                value -> value instanceof Boolean flag
                        ? new Answer.Good<>(flag)
                        : bad(value instanceof String ? "true or false without quotes" : "true or false"));
    }

    static Form<Instant> instant() {
        String wanted = "a date and time in UTC with a Z at its end, between 2000 and 2100";
        return new Form<>(wanted, value -> switch (value) {
            case OffsetDateTime time -> between(time.toInstant(), wanted);
            case String text -> {
                try {
                    yield between(Instant.parse(text), wanted);
                } catch (DateTimeException notAnInstant) {
                    yield bad(wanted);
                }
            }
            default -> bad(wanted);
        });
    }

    private static Answer<Instant> between(Instant instant, String wanted) {
        return instant.isBefore(FIRST) || instant.isAfter(LAST) ? bad(wanted) : new Answer.Good<>(instant);
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("[-+]?[0-9]+([.][0-9]+)?");
    }
}
