package sunpeer.appliance.sim.weather;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table whose first line names its columns: time, {@code ghi} and air temperature, and {@code dni} with {@code dhi} if they
 * are known; others are passed over. A time is the beginning of a step, in epoch seconds or ISO; without an offset it is UTC.
 */
final class PlainCsv {
    private static final Set<String> TIME = Set.of("epoch", "time", "timestamp", "datetime");
    private static final Set<String> AIR = Set.of("tair", "temp_air");
    private static final int EPOCH_DIGITS_MAX = 10;

    private PlainCsv() {}

    static boolean isHead(String line) {
        return names(line).contains("ghi");
    }

    private static List<String> names(String line) {
        return Stream.of(Lines.cells(line))
                .map(name -> name.replace("\"", "").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static OptionalInt column(List<String> names, Set<String> known) {
        return IntStream.range(0, names.size())
                .filter(i -> known.contains(names.get(i)))
                .findFirst();
    }

    private static int needed(Lines lines, List<String> names, Set<String> known, String sentence) throws IOException {
        return column(names, known).orElseThrow(() -> lines.here().wrong(sentence));
    }

    static WeatherYear read(Lines lines, String head) throws IOException {
        List<String> names = names(head);
        int time = needed(lines, names, TIME, "no column is named time or epoch: name it");
        int ghi = needed(lines, names, Set.of("ghi"), "no column is named ghi");
        int air = needed(lines, names, AIR, "no column is named tair or temp_air: add the air temperature in °C");
        OptionalInt dni = column(names, Set.of("dni"));
        OptionalInt dhi = column(names, Set.of("dhi"));
        boolean split = dni.isPresent() && dhi.isPresent();
        Series series = new Series(lines.file());
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                continue;
            }
            Where here = lines.here();
            String[] cells = Lines.cells(line);
            if (cells.length != names.size()) {
                throw here.wrong(
                        cells.length + " columns, the first line names " + names.size() + ": correct the line");
            }
            series.add(
                    here,
                    epochS(here, cells[time]),
                    here.number("ghi", cells[ghi]),
                    split ? here.number("dni", cells[dni.getAsInt()]) : Double.NaN,
                    split ? here.number("dhi", cells[dhi.getAsInt()]) : Double.NaN,
                    here.number("air temperature", cells[air]));
        }
        return series.year(Optional.empty(), ZoneOffset.UTC);
    }

    private static long epochS(Where here, String text) throws IOException {
        if (!text.isEmpty() && text.length() <= EPOCH_DIGITS_MAX && text.chars().allMatch(Character::isDigit)) {
            return Long.parseLong(text);
        }
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime known
                    ? known.toEpochSecond()
                    : ((LocalDateTime) time).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw here.wrong("time is \"" + Where.shortened(text) + "\": give seconds since 1970 or " + Instant.EPOCH);
        }
    }
}
