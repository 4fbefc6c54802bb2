package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sunpeer.drivers.profile.Point.Condition;
import sunpeer.drivers.profile.Scaling.Factor;

/** Reads the tables [factor], [point] and [detail] of a profile. Confined to one loading. */
final class PointLoader {
    private static final int POINTS_MAX = 600;
    private static final int REPEAT_MAX = 64;
    private static final Set<String> IDENTITY = Set.of("vendor", "model", "revision");

    private final TomlView root;
    private final Profile.Protocol protocol;
    private final SourceLoader sourceLoader;
    private final boolean identity;
    private final Set<String> titles;
    private final Map<String, Factor> factors = new HashMap<>();
    private final List<Point> points = new ArrayList<>();
    /** Names of points to the key that made them: a row of cells makes several. */
    private final Map<String, String> names = new HashMap<>();

    PointLoader(
            TomlView root,
            Profile.Protocol protocol,
            List<Block> blocks,
            boolean lowWordFirst,
            boolean identity,
            Set<String> titles) {
        this.root = root;
        this.protocol = protocol;
        this.sourceLoader = new SourceLoader(protocol, blocks, lowWordFirst);
        this.identity = identity;
        this.titles = titles;
    }

    List<Point> points() {
        if (root.has("factor")) {
            TomlView tables = root.table("factor");
            tables.keys().forEach(name -> factors.put(name, factor(name, tables.table(name))));
        }
        Optional<TomlView> defaults = root.has("defaults") ? Optional.of(root.table("defaults")) : Optional.empty();
        TomlView quantities = root.table("point");
        for (String key : quantities.keys()) {
            Quantity quantity = Quantity.ofKey(key).orElseThrow(() -> quantities.error(key, "unknown point"));
            add(key, Optional.of(quantity), quantities.tableOrTables(key), defaults);
        }
        if (root.has("detail")) {
            TomlView details = root.table("detail");
            for (String key : details.keys()) {
                checkName(details, key);
                add(key, Optional.empty(), details.tableOrTables(key), defaults);
            }
        }
        defaults.ifPresent(TomlView::finish);
        if (points.size() > POINTS_MAX) {
            throw root.error("point", "there are more than " + POINTS_MAX);
        }
        return List.copyOf(points);
    }

    private void checkName(TomlView details, String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,47}")) {
            throw details.error(name, "is no name of small letters, digits and _");
        }
        if (Quantity.ofKey(name).isPresent()) {
            throw details.error(name, "is a [point]");
        }
        if (identity && IDENTITY.contains(name)) {
            throw details.error(name, "comes with identity = true");
        }
    }

    private Factor factor(String name, TomlView view) {
        Source source = sourceLoader.source(view);
        if (SourceLoader.isText(source)) {
            throw view.error("type", "is no number");
        }
        Scaling.Use use = view.choice("use", Scaling.Use.class);
        double divisor = nonZero(view, "divisor");
        view.finish();
        return new Factor(name, source, divisor, use);
    }

    private void add(String name, Optional<Quantity> quantity, List<TomlView> views, Optional<TomlView> defaults) {
        Set<Object> claims = new HashSet<>();
        for (TomlView view : views) {
            Point point = point(name, quantity, view, defaults);
            int times = view.integer("repeat", 1, REPEAT_MAX, 1);
            if (!claims.add(List.of(point.source(), point.conditions()))) {
                throw view.error(
                        protocol.registers() ? "address" : "field", "is claimed twice by " + name + " in the same way");
            }
            for (Point one : times > 1 ? row(point, times, view) : List.of(point)) {
                if (!names.computeIfAbsent(one.name(), _ -> name).equals(name)) {
                    throw view.error("repeat", "would be called " + one.name() + ", as another");
                }
                points.add(one);
            }
            view.finish();
        }
    }

    /** Cells and the like: equal points in a row, of which a register may say how many there are. */
    private List<Point> row(Point point, int times, TomlView view) {
        if (point.quantity().isPresent() || !(point.source() instanceof Source.Register register)) {
            throw view.error("repeat", "is for details in registers only");
        }
        int stride = view.integer("stride", 1, 125, register.words());
        Optional<Source> count =
                view.has("present") ? Optional.of(sourceLoader.finished(view.table("present"))) : Optional.empty();
        List<Point> row = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int number = i + 1;
            List<Condition> conditions = new ArrayList<>(point.conditions());
            count.ifPresent(source -> conditions.add(new Condition(source, number, Long.MAX_VALUE)));
            Source.Register moved = register.movedBy(i * stride);
            sourceLoader.checkInside(view, moved);
            row.add(new Point(
                    point.name() + "_" + number,
                    point.quantity(),
                    moved,
                    point.meaning(),
                    conditions,
                    point.min(),
                    point.max(),
                    point.na(),
                    point.naText(),
                    point.coarse(),
                    point.confidence(),
                    point.sources()));
        }
        return row;
    }

    private Point point(String name, Optional<Quantity> quantity, TomlView view, Optional<TomlView> defaults) {
        Source source = sourceLoader.source(view);
        Meaning meaning = MeaningLoader.meaning(view, quantity, source, factors);
        List<Condition> conditions = view.has("when") ? List.of(condition(view.table("when"))) : List.of();
        boolean number = meaning instanceof Meaning.Amount;
        List<Double> range = number && (quantity.isPresent() || view.has("range"))
                ? view.numbers("range")
                : List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        if (range.size() != 2 || range.get(0) >= range.get(1)) {
            throw view.error("range", "is not [lowest, highest]");
        }
        Set<Long> na = new HashSet<>();
        Set<String> naText = new HashSet<>();
        for (Object word : view.elements("na")) {
            switch (word) {
                case Long raw when SourceLoader.fits(source, raw) -> na.add(raw);
                case Long raw -> throw view.error("na", "%d (0x%X) does not fit the type".formatted(raw, raw));
                case String text -> naText.add(text);
                default -> throw view.error("na", "holds something that is neither a number nor a text");
            }
        }
        TomlView confident = given("confidence", view, defaults);
        String confidence = confident.text("confidence");
        if (!Set.of("A", "B", "C").contains(confidence)) {
            throw confident.error("confidence", "is none of A, B, C");
        }
        TomlView sourced = given("sources", view, defaults);
        TreeSet<String> named = new TreeSet<>(sourced.texts("sources"));
        if (named.isEmpty() || !titles.containsAll(named)) {
            throw sourced.error("sources", "must name entries of [sources]");
        }
        boolean coarse = quantity.isPresent() && view.flag("coarse");
        return new Point(
                name,
                quantity,
                source,
                meaning,
                conditions,
                range.get(0),
                range.get(1),
                na,
                naText,
                coarse,
                confidence,
                named);
    }

    private static TomlView given(String key, TomlView view, Optional<TomlView> defaults) {
        return view.has(key) ? view : defaults.filter(table -> table.has(key)).orElse(view);
    }

    private Condition condition(TomlView view) {
        Source source = sourceLoader.source(view);
        if (SourceLoader.isText(source)) {
            throw view.error("type", "is no number");
        }
        if (!view.has("min") && !view.has("max")) {
            throw view.error("min", "one of min and max must be there");
        }
        long min = view.has("min") ? view.whole("min", Long.MIN_VALUE, Long.MAX_VALUE) : Long.MIN_VALUE;
        long max = view.has("max") ? view.whole("max", Long.MIN_VALUE, Long.MAX_VALUE) : Long.MAX_VALUE;
        if (min > max) {
            throw view.error("min", "is more than max");
        }
        view.finish();
        return new Condition(source, min, max);
    }

    static double nonZero(TomlView view, String key) {
        double number = view.number(key, 1);
        if (number == 0 || !Double.isFinite(number)) {
            throw view.error(key, "must not be " + number);
        }
        return number;
    }
}
