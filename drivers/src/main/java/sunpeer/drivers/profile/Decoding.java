package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;
import sunpeer.drivers.profile.Meaning.BitField;
import sunpeer.drivers.profile.Samples.Sample;
import sunpeer.drivers.profile.Scaling.Factor;

/** From what stands in registers or fields to values and words, each judged by itself only. Confined to one poll. */
final class Decoding {
    private static final double SCALE_EXPONENT_MAX = 10;

    private final Samples samples;
    private final Measured measured = new Measured();
    private final Set<String> told = new HashSet<>();

    private Decoding(Samples samples) {
        this.samples = samples;
    }

    static Measured decode(List<Point> points, Samples samples) {
        Decoding decoding = new Decoding(samples);
        points.forEach(decoding::tell);
        return decoding.measured;
    }

    private void tell(Point point) {
        if (told.contains(point.name()) || !point.conditions().stream().allMatch(this::holds)) {
            return;
        }
        Optional<Sample> sample = samples.of(point.source()).filter(found -> !notAvailable(point, found.raw()));
        if (sample.isPresent() && put(point, sample.get())) {
            told.add(point.name());
        } else if (point.quantity().isEmpty()) {
            measured.put(absent(point));
        }
    }

    private boolean holds(Point.Condition condition) {
        return samples.of(condition.source())
                .filter(found -> found.raw() instanceof Raw.Digits(long _, double number)
                        && number >= condition.min()
                        && number <= condition.max())
                .isPresent();
    }

    private static boolean notAvailable(Point point, Raw raw) {
        return switch (raw) {
            case Raw.Digits(long bits, double _) -> point.na().contains(bits);
            case Raw.Text(String text) -> point.naText().contains(text);
        };
    }

    private static Detail absent(Point point) {
        return point.meaning() instanceof Meaning.Amount(Scaling _, String unit)
                ? Detail.number(point.name(), Value.ABSENT, unit)
                : Detail.text(point.name(), "");
    }

    /** False when the content does not say anything. */
    private boolean put(Point point, Sample sample) {
        return switch (sample.raw()) {
            case Raw.Text(String text) -> {
                measured.put(Detail.text(point.name(), text));
                yield true;
            }
            case Raw.Digits raw -> putNumber(point, raw, sample.fresh());
        };
    }

    private boolean putNumber(Point point, Raw.Digits raw, boolean fresh) {
        return switch (point.meaning()) {
            case Meaning.Stage stage -> {
                measured.putStage(stage.stages().get(raw.bits()));
                yield true;
            }
            case Meaning.States(var texts) -> {
                String text = texts.getOrDefault(raw.bits(), "code " + raw.bits());
                boolean known = texts.containsKey(raw.bits());
                measured.put(new Detail(point.name(), value(raw.number(), known, fresh), "", text));
                yield true;
            }
            case Meaning.Flags(var fields) -> {
                measured.put(new Detail(point.name(), value(raw.number(), true, fresh), "", words(fields, raw.bits())));
                yield true;
            }
            case Meaning.Text _ -> false;
            case Meaning.Amount(Scaling scaling, String unit) -> putScaled(point, scaling, unit, raw, fresh);
        };
    }

    private boolean putScaled(Point point, Scaling scaling, String unit, Raw.Digits raw, boolean fresh) {
        OptionalDouble scaled = scaled(scaling, raw.number());
        if (scaled.isEmpty()) {
            return false;
        }
        double number = rounded(scaled.getAsDouble());
        Value value = value(number, number >= point.min() && number <= point.max(), fresh);
        point.quantity()
                .ifPresentOrElse(
                        quantity -> measured.put(quantity, value, point.coarse()),
                        () -> measured.put(Detail.number(point.name(), value, unit)));
        return true;
    }

    private static Value value(double number, boolean plausible, boolean fresh) {
        return new Value(number, !plausible ? Quality.SUSPECT : fresh ? Quality.GOOD : Quality.STALE);
    }

    /** Nothing when a register that it is scaled with is missing or cannot be true. */
    private OptionalDouble scaled(Scaling scaling, double raw) {
        double number = (raw + scaling.bias()) * scaling.scale() / scaling.divisor();
        for (Factor factor : scaling.factors()) {
            double by = samples.of(factor.source())
                    .map(Sample::raw)
                    .map(found -> found instanceof Raw.Digits(long _, double by1) ? by1 / factor.divisor() : Double.NaN)
                    .orElse(Double.NaN);
            number = switch (factor.use()) {
                case MULTIPLY -> by == 0 ? Double.NaN : number * by;
                case DIVIDE -> number / by;
                case POWER_OF_TEN -> Math.abs(by) <= SCALE_EXPONENT_MAX ? timesTenTo(number, (int) by) : Double.NaN;
            };
        }
        return Double.isFinite(number) ? OptionalDouble.of(number + scaling.offset()) : OptionalDouble.empty();
    }

    /** Divided for negative exponents: 0.1 has no exact binary form, 10 has. */
    private static double timesTenTo(double number, int exponent) {
        return exponent < 0 ? number / Math.pow(10, -exponent) : number * Math.pow(10, exponent);
    }

    /** Scales like 0.01 have no exact binary form; rounded so that 1296 x 0.01 prints as 12.96. */
    private static double rounded(double number) {
        return Math.abs(number) < 1e12 ? Math.round(number * 1e6) / 1e6 : number;
    }

    private static String words(List<BitField> fields, long bits) {
        List<String> words = new ArrayList<>();
        long unnamed = bits;
        for (BitField field : fields) {
            long number = field.of(bits);
            unnamed &= ~(field.of(-1) << field.low());
            String text = field.texts().get(number);
            if (text != null) {
                if (!text.isEmpty()) {
                    words.add(text);
                }
            } else if (number != 0) {
                words.add(
                        field.low() == field.high()
                                ? "bit " + field.low()
                                : "bits %d-%d: %d".formatted(field.low(), field.high(), number));
            }
        }
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((unnamed >>> bit & 1) != 0) {
                words.add("bit " + bit);
            }
        }
        return words.isEmpty() ? "none" : String.join(", ", words);
    }
}
