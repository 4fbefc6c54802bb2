package sunpeer.drivers.bms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sunpeer.drivers.Captures;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Words;

/** A question and its answer out of {@code captures/bms-frames.txt}. */
public record BmsFrames(String title, Question question, String askedHex, String answeredHex) {
    private static final Map<String, Dialect> DIALECTS =
            Map.of("jbd", new Jbd(), "daly-uart", new DalyA5(), "jk-pb", new JkPb(), "junctek", new Junctek());

    public static Dialect dialect(String title) {
        Dialect dialect = DIALECTS.get(title);
        if (dialect == null) {
            throw new IllegalArgumentException(title);
        }
        return dialect;
    }

    public static List<BmsFrames> all() {
        return Captures.lines("bms-frames.txt").stream().map(BmsFrames::of).toList();
    }

    private static BmsFrames of(String line) {
        String[] parts = line.split(" ", 6);
        Question question =
                new Question(Integer.parseInt(parts[1]), Integer.parseInt(parts[2], 16), Integer.parseInt(parts[3]));
        return new BmsFrames(parts[0], question, parts[4], parts[5]);
    }

    public Dialect dialect() {
        return dialect(title);
    }

    public byte[] asked() {
        return Captures.hex(askedHex);
    }

    public byte[] answered() {
        return Captures.hex(answeredHex);
    }

    /** @param which dialect, group in hexadecimal, and which of these in the file: {@code "jbd 3 1"} */
    public static BmsFrames find(String which) {
        String[] parts = which.strip().split(" ", 3);
        List<BmsFrames> found = new ArrayList<>(all());
        found.removeIf(
                frames -> !frames.title.equals(parts[0]) || frames.question.group() != Integer.parseInt(parts[1], 16));
        return found.get(Integer.parseInt(parts[2]));
    }

    public Parsed parse(byte[] bytes, int length) {
        return dialect().parse(bytes, length, question);
    }

    public Parsed parsed() {
        return parse(answered(), answered().length);
    }

    public Words words() {
        return ((Parsed.Whole) parsed()).words();
    }

    @Override
    public String toString() {
        return "%s unit %d group %02X".formatted(title, question.unit(), question.group());
    }
}
