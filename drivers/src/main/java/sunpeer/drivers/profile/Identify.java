package sunpeer.drivers.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/**
 * One way to find out whether a device of a family is on a wire: what is asked or listened to, and what must come. Only reads
 * can be written here. Immutable.
 *
 * @param baud speed of the serial line; 0 for an address in a network
 * @param tcpPort port in a network; 0 for a serial line
 * @param unit that is asked
 * @param strong it cannot be another family; a weak one is shown to people and never taken for granted
 */
public record Identify(int baud, int tcpPort, int unit, Ask ask, boolean strong) {
    /** As long as any text of a device that counts; a pattern never meets more. */
    private static final int TEXT_MAX = 256;

    public sealed interface Ask {
        /** Listens for a talking device. {@code field} must be there and look like {@code text}. */
        record Listen(String field, String text) implements Ask {}

        /** Function 43/14; the patterns must be found in vendor and model, where they are given. */
        record Identity(Optional<String> vendor, Optional<String> model) implements Ask {}

        /**
         * Registers in a row.
         *
         * @param text pattern that their letters must have, blanks around them left out
         * @param ranges numbers that must be in range
         */
        record Registers(int function, int address, int count, Optional<String> text, List<Range> ranges)
                implements Ask {
            public Registers {
                ranges = List.copyOf(ranges);
            }
        }
    }

    /** Holds when the register is in {@code min..max}. */
    public record Range(int address, int min, int max) {}

    /** Nothing when it only listens. */
    public Optional<Request> request() {
        return switch (ask) {
            case Ask.Listen _ -> Optional.empty();
            case Ask.Identity _ -> Optional.of(new Request.Identity(unit));
            case Ask.Registers row ->
                Optional.of(new Request.Registers(unit, row.function(), row.address(), row.count()));
        };
    }

    /** What in the answer tells this family, for people; nothing when it is none. */
    public Optional<String> evidence(Answer answer) {
        return switch (ask) {
            case Ask.Listen _ -> Optional.empty();
            case Ask.Identity wanted ->
                answer instanceof Answer.Identity(Map<Integer, String> objects)
                                && found(wanted.vendor(), objects.getOrDefault(0, ""))
                                && found(wanted.model(), objects.getOrDefault(1, ""))
                        ? Optional.of("it names itself: " + String.join(", ", new TreeMap<>(objects).values()))
                        : Optional.empty();
            case Ask.Registers row ->
                answer instanceof Answer.Registers(Words words) ? evidence(row, words) : Optional.empty();
        };
    }

    private static Optional<String> evidence(Ask.Registers row, Words words) {
        String letters = letters(words);
        boolean ranged = row.ranges().stream().allMatch(range -> {
            int word = words.at(range.address());
            return word >= range.min() && word <= range.max();
        });
        if (!ranged || !found(row.text(), letters)) {
            return Optional.empty();
        }
        return Optional.of(
                row.text().isPresent()
                        ? "register 0x%04X says \"%s\"".formatted(row.address(), letters)
                        : "register 0x%04X holds %d".formatted(words.start(), words.at(words.start())));
    }

    /** The same for the fields of a device that talks. */
    public Optional<String> evidence(Map<String, String> fields) {
        if (!(ask instanceof Ask.Listen(String field, String text))) {
            return Optional.empty();
        }
        String value = fields.get(field);
        return value != null && found(Optional.of(text), value)
                ? Optional.of("it says " + field + " " + value)
                : Optional.empty();
    }

    private static boolean found(Optional<String> pattern, String text) {
        String bounded = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
        return pattern.isEmpty()
                || Pattern.compile(pattern.get()).matcher(bounded).find();
    }

    private static String letters(Words words) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            int word = words.at(words.start() + i);
            for (int octet : new int[] {word >> 8, word & 0xFF}) {
                letters.append(octet == 0 ? ' ' : octet >= 0x20 && octet < 0x7F ? (char) octet : '?');
            }
        }
        return letters.toString().strip();
    }
}
