package sunpeer.drivers.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Value;
import sunpeer.drivers.capture.Capture.Expected;

/** Compares what a poll decoded to with what its capture says it must. Pure. */
public final class Expectations {
    private static final double TOLERANCE = 1e-6;
    /** A profile leaves the unit away where the field of a reading has it in its name. */
    private static final List<String> UNITS = List.of("_wh", "_percent");

    private Expectations() {}

    /** One line for each difference; empty when all is as it must be. */
    public static List<String> differences(Replay.Round round) {
        List<String> differences = new ArrayList<>();
        for (Expected expected : round.poll().expected()) {
            String found = round.result() instanceof ReadResult.Ok ok ? found(ok, expected.name()) : "not decoded";
            if (!matches(found, expected)) {
                differences.add("%s: %s is %s, not %s"
                        .formatted(
                                expected.where(), expected.name(), found, shown(expected.value(), expected.quality())));
            }
        }
        return differences;
    }

    private static boolean matches(String found, Expected expected) {
        String wanted = shown(expected.value(), expected.quality());
        Optional<Double> number = number(expected.value());
        Optional<Double> decoded = number(found.split(" ", 2)[0]);
        if (number.isEmpty() || decoded.isEmpty()) {
            return found.equals(wanted);
        }
        double tolerance = TOLERANCE * Math.max(1, Math.abs(number.get()));
        return Math.abs(number.get() - decoded.get()) <= tolerance
                && suffix(found).equals(suffix(wanted));
    }

    private static String suffix(String shown) {
        int blank = shown.indexOf(' ');
        return blank < 0 ? "" : shown.substring(blank);
    }

    private static String found(ReadResult.Ok ok, String name) {
        if (name.equals("stage")) {
            return ok.reading().stage().name();
        }
        List<Detail> all = new ArrayList<>(ok.reading().values());
        all.addAll(ok.details());
        return all.stream()
                .filter(detail -> detail.name().equals(name)
                        || UNITS.contains(detail.name().replace(name, "")))
                .findFirst()
                .map(Expectations::shown)
                .orElse("unknown");
    }

    private static String shown(Detail detail) {
        Value value = detail.value();
        if (!detail.text().isEmpty()) {
            boolean judged = value.quality() != Quality.ABSENT;
            return shown(detail.text(), judged ? word(value.quality()) : "good");
        }
        return shown(value.quality() == Quality.ABSENT ? "" : Double.toString(value.number()), word(value.quality()));
    }

    private static String shown(String value, String quality) {
        return quality.equals("good") ? value : (value + " " + quality).strip();
    }

    private static String word(Quality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return Optional.empty(); // a word, which is compared as it is
        }
    }
}
