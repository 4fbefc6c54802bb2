package sunpeer.drivers.sunspec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sunpeer.drivers.profile.Block.Period;

/**
 * A SunSpec information model as the standard defines it. Immutable.
 *
 * @param number its identifier: 802
 * @param name for people: {@code "battery"}
 * @param length registers that follow the head of two; devices say their own and are believed
 * @param points counted from the register that holds the number
 */
record Model(int number, String name, int length, Period period, List<ModelPoint> points, Optional<Group> group) {
    /** The number and the length stand before all points. */
    static final int HEAD = 2;

    Model {
        points = List.copyOf(points);
    }

    Optional<ModelPoint> point(String wanted) {
        return points.stream().filter(point -> point.name().equals(wanted)).findFirst();
    }

    /** The points outside the group and those of one member of the group. */
    Stream<ModelPoint> allPoints() {
        return Stream.concat(points.stream(), group.stream().flatMap(group -> group.points().stream()));
    }

    /**
     * What comes again for each tracker, string or cell.
     *
     * @param first register of the first one, counted as in {@link Model}
     * @param length registers of one
     * @param count name of the point that counts them; empty when as many are there as fit into the model
     * @param points counted from the begin of one
     */
    record Group(int first, int length, String count, List<ModelPoint> points) {
        Group {
            points = List.copyOf(points);
        }
    }

    /**
     * @param register counted from the begin of the model or of the group
     * @param words registers it takes
     * @param scaleFactor name of the point that holds the exponent of ten; empty for none
     * @param unit unit of the scaled value; empty for none
     * @param names what its values or its bits mean; empty for a plain number
     */
    record ModelPoint(
            int register,
            String name,
            PointType type,
            int words,
            String scaleFactor,
            String unit,
            Map<Long, String> names) {
        ModelPoint {
            names = Map.copyOf(names);
        }

        int end() {
            return register + words;
        }
    }
}
