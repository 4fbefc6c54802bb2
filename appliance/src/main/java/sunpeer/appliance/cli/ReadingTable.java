package sunpeer.appliance.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Value;

/** What a device said, as lines for people. Pure. */
final class ReadingTable {
    private static final int COLUMN = 39;
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final Terminal terminal;

    ReadingTable(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(ReadResult.Ok read) {
        List<String> lines = new ArrayList<>();
        lines.add(style(BOLD, read.reading().origin()));
        for (Detail detail : read.reading().values()) {
            lines.add(row(detail));
        }
        lines.add("  %-26s %s".formatted("stage", read.reading().stage().name().toLowerCase(Locale.ROOT)));
        if (read.details().isEmpty()) {
            return lines;
        }
        lines.add("");
        boolean roomy = !terminal.isThere()
                || terminal.columns() < 2 * COLUMN
                || lines.size() + read.details().size() < terminal.rows();
        if (roomy) {
            read.details().stream().map(this::row).forEach(lines::add);
        } else {
            addTightly(lines, read.details());
        }
        return lines;
    }

    /** As much as the screen holds: a table that scrolls cannot be refreshed in place. */
    private void addTightly(List<String> lines, List<Detail> details) {
        List<Detail> there = details.stream()
                .filter(detail -> detail.value().quality() != Quality.ABSENT
                        || !detail.text().isEmpty())
                .toList();
        List<String> rows = inColumns(there);
        // One line for what is left out, and one for the cursor.
        int room = Math.max(1, terminal.rows() - lines.size() - 2);
        lines.addAll(rows.subList(0, Math.min(room, rows.size())));
        int absent = details.size() - there.size();
        String more = rows.size() > room ? "more below: sunpeer read --count 1 | less; " : "";
        lines.add(style(DIM, "  " + more + absent + " absent"));
    }

    private String row(Detail detail) {
        String name = "  %-26s ".formatted(detail.name());
        Value value = detail.value();
        if (!detail.text().isEmpty()) {
            String doubt = value.quality() == Quality.ABSENT || value.isGood() ? "" : "  " + word(value.quality());
            return name
                    + cut(detail.text(), terminal.columns() - name.length() - doubt.length())
                    + colour(value, doubt);
        }
        return name + "%10s %-7s %s".formatted(number(value), detail.unit(), colour(value, word(value.quality())));
    }

    private static String word(Quality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }

    static String number(Value value) {
        if (value.quality() == Quality.ABSENT) {
            return "-";
        }
        double number = value.number();
        return number == Math.rint(number) && Math.abs(number) >= 1000
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, Math.abs(number) < 0.1 && number != 0 ? "%.4f" : "%.2f", number);
    }

    /** Two beside each other where both are short; good is not said, or the rest would not fit. */
    private List<String> inColumns(List<Detail> details) {
        List<String> lines = new ArrayList<>();
        String left = "";
        for (Detail detail : details) {
            String cell = cell(detail);
            if (cell.length() > COLUMN) {
                if (!left.isEmpty()) {
                    lines.add(left);
                    left = "";
                }
                lines.add(cut(cell, terminal.columns()));
            } else if (left.isEmpty()) {
                left = cell;
            } else {
                lines.add("%-40s%s".formatted(left, cell).stripTrailing());
                left = "";
            }
        }
        if (!left.isEmpty()) {
            lines.add(left);
        }
        return lines;
    }

    private static String cell(Detail detail) {
        Value value = detail.value();
        boolean silent = value.isGood()
                || (value.quality() == Quality.ABSENT && !detail.text().isEmpty());
        String doubt = silent ? "" : " " + word(value.quality());
        String content = detail.text().isEmpty()
                ? (value.quality() == Quality.ABSENT ? "" : number(value) + " " + detail.unit()).strip()
                : detail.text();
        String name = "  " + detail.name();
        int gap = Math.max(1, COLUMN - name.length() - content.length() - doubt.length());
        return name + " ".repeat(gap) + content + doubt;
    }

    private static String cut(String text, int width) {
        return text.length() <= width || width < 2 ? text : text.substring(0, width - 1) + "\u2026";
    }

    private String colour(Value value, String text) {
        return switch (value.quality()) {
            case GOOD -> text;
            case SUSPECT -> style(YELLOW, text);
            case STALE, ABSENT -> style(DIM, text);
        };
    }

    private String style(String style, String text) {
        return terminal.colours() ? style + text + PLAIN : text;
    }
}
