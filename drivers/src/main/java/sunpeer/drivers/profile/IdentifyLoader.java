package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tomlj.TomlArray;
import sunpeer.drivers.profile.Identify.Ask;
import sunpeer.drivers.profile.Identify.Range;
import sunpeer.drivers.transport.Request;

/** Reads the tables {@code [[identify]]} of a profile, strictly. Confined to one loading. */
final class IdentifyLoader {
    private static final int TABLES_MAX = 16;

    private enum Question {
        LISTEN,
        IDENTITY,
        REGISTERS
    }

    private enum Strength {
        STRONG,
        WEAK
    }

    private IdentifyLoader() {}

    static List<Identify> load(TomlView root, boolean registers, boolean serial, boolean tcp, int unit) {
        List<TomlView> tables = root.tables("identify");
        if (tables.size() > TABLES_MAX) {
            throw root.error("identify", "there are more than " + TABLES_MAX);
        }
        List<Identify> all = new ArrayList<>();
        for (TomlView table : tables) {
            boolean network = table.has("tcp_port");
            if (network == table.has("baud") || (network ? !tcp : !serial)) {
                throw table.error("baud", "give baud for a serial line or tcp_port for a network, as wires has it");
            }
            int baud = network ? 0 : table.integer("baud", 1200, 1_000_000);
            int port = network ? table.integer("tcp_port", 1, 65_535) : 0;
            int asked = table.integer("unit", 1, Request.UNIT_MAX, Math.max(1, unit));
            Ask ask = ask(table, registers);
            boolean strong = table.choice("strength", Strength.class) == Strength.STRONG;
            table.finish();
            all.add(new Identify(baud, port, asked, ask, strong));
        }
        return List.copyOf(all);
    }

    private static Ask ask(TomlView table, boolean registers) {
        Question question = table.choice("ask", Question.class);
        if (registers == (question == Question.LISTEN)) {
            throw table.error("ask", "does not fit the protocol of the profile");
        }
        return switch (question) {
            case LISTEN ->
                new Ask.Listen(table.text("field"), pattern(table, "text").orElse(""));
            case IDENTITY -> {
                Optional<String> vendor = pattern(table, "vendor");
                Optional<String> model = pattern(table, "model");
                if (vendor.isEmpty() && model.isEmpty()) {
                    throw table.error("vendor", "give vendor, model or both");
                }
                yield new Ask.Identity(vendor, model);
            }
            case REGISTERS -> registers(table);
        };
    }

    private static Ask.Registers registers(TomlView table) {
        int function = table.integer("function", 3, 4);
        int address = table.integer("address", 0, 0xFFFF);
        int count = table.integer("count", 1, Math.min(Request.Registers.COUNT_MAX, 0x1_0000 - address));
        Optional<String> text = pattern(table, "text");
        List<Range> ranges = new ArrayList<>();
        for (Object element : table.elements("ranges")) {
            ranges.add(range(element)
                    .filter(range -> range.address() >= address && range.address() < address + count)
                    .orElseThrow(
                            () -> table.error("ranges", "is not a list of [address, min, max] of these registers")));
        }
        if (text.isEmpty() && ranges.isEmpty()) {
            throw table.error("text", "give text, ranges or both");
        }
        return new Ask.Registers(function, address, count, text, ranges);
    }

    private static Optional<Range> range(Object element) {
        return element instanceof TomlArray three
                        && three.size() == 3
                        && three.get(0) instanceof Long address
                        && three.get(1) instanceof Long min
                        && three.get(2) instanceof Long max
                        && min <= max
                        && min >= 0
                        && max <= 0xFFFF
                        && address >= 0
                        && address <= 0xFFFF
                ? Optional.of(new Range((int) (long) address, (int) (long) min, (int) (long) max))
                : Optional.empty();
    }

    private static Optional<String> pattern(TomlView table, String key) {
        if (!table.has(key)) {
            return Optional.empty();
        }
        String text = table.text(key);
        try {
            return Optional.of(Pattern.compile(text).pattern());
        } catch (PatternSyntaxException wrong) {
            throw table.error(key, "is no regular expression: " + wrong.getDescription());
        }
    }
}
