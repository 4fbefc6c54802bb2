package sunpeer.drivers.profile;

import java.util.List;
import java.util.stream.Stream;

/** Which registers the points of a profile need. Pure. */
final class RegisterUse {
    private RegisterUse() {}

    static List<Source.Register> of(List<Point> points) {
        return points.stream()
                .flatMap(RegisterUse::sources)
                .filter(Source.Register.class::isInstance)
                .map(Source.Register.class::cast)
                .distinct()
                .toList();
    }

    private static Stream<Source> sources(Point point) {
        Stream<Source> own = Stream.concat(
                Stream.of(point.source()), point.conditions().stream().map(Point.Condition::source));
        return point.meaning() instanceof Meaning.Amount(Scaling scaling, String _)
                ? Stream.concat(own, scaling.factors().stream().map(Scaling.Factor::source))
                : own;
    }
}
