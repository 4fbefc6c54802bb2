package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.profile.Block.Span;
import sunpeer.drivers.profile.Point.Source;
import sunpeer.drivers.transport.Request;

/**
 * Reads a profile and refuses whatever is not exactly right: a profile is code that happens to be data, so a mistake is
 * an {@link IllegalArgumentException} naming file, line and key.
 */
public final class ProfileLoader {
    private final String file;
    private final TomlView root;
    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> sources = new HashSet<>();
    private Profile.Protocol protocol = Profile.Protocol.MODBUS;
    private boolean lowWordFirst;

    private ProfileLoader(String file, TomlView root) {
        this.file = file;
        this.root = root;
    }

    /** @param file name of the profile, for its error messages */
    public static Profile parse(String file, String toml) {
        TomlParseResult parsed = Toml.parse(toml);
        if (parsed.hasErrors()) {
            var first = parsed.errors().getFirst();
            throw new IllegalArgumentException(
                    "%s:%d: %s".formatted(file, first.position().line(), first.getMessage()));
        }
        return new ProfileLoader(file, new TomlView(file, "", parsed)).profile();
    }

    private Profile profile() {
        String id = root.text("id");
        if (!file.equals(id + ".toml")) {
            throw root.error("id", "does not match the file name");
        }
        String family = root.text("family");
        protocol = choice(root, "protocol", Profile.Protocol.class);
        boolean modbus = protocol == Profile.Protocol.MODBUS;
        List<String> wires = root.texts("wires");
        if (wires.isEmpty() || !Set.of("serial", "tcp").containsAll(wires)) {
            throw root.error("wires", "is not a list of \"serial\" and \"tcp\"");
        }
        boolean serial = wires.contains("serial");
        boolean tcp = wires.contains("tcp");
        int baud = serial ? root.integer("baud", 1200, 1_000_000) : 0;
        int tcpPort = tcp ? root.integer("tcp_port", 1, 65535) : 0;
        int unit = modbus ? root.integer("unit", 1, 255) : 0;
        int gapMillis = modbus ? root.integer("gap_ms", 0, 1000) : 0;
        lowWordFirst = modbus && choice(root, "word_order", WordOrder.class) == WordOrder.LO_HI;
        TomlView titles = root.table("sources");
        titles.keys().forEach(code -> {
            titles.text(code);
            sources.add(code);
        });
        root.tables("block").forEach(view -> blocks.add(block(view)));
        if (modbus && blocks.isEmpty()) {
            throw root.error("block", "is missing");
        }
        if (modbus && (blocks.getFirst().slow() || blocks.getFirst().optional())) {
            throw root.error("block", "the first one must be there at every poll");
        }
        Map<Quantity, Point> points = points(root.table("point"));
        root.finish();
        return new Profile(
                id, family, protocol, serial, tcp, baud, unit, tcpPort, gapMillis, List.copyOf(blocks), points);
    }

    private enum WordOrder {
        LO_HI,
        HI_LO
    }

    private static <E extends Enum<E>> E choice(TomlView view, String key, Class<E> type) {
        String text = view.text(key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw view.error(key, "\"" + text + "\" is none of " + List.of(type.getEnumConstants()));
    }

    private static Block block(TomlView view) {
        int function = view.integer("function", 3, 4);
        int start = view.integer("start", 0, 0xFFFF);
        int count = view.integer("count", 1, Request.Registers.COUNT_MAX);
        boolean slow = view.flag("slow");
        boolean optional = view.flag("optional");
        Span whole = new Span(start, count);
        List<Span> fallback = new ArrayList<>();
        for (Object element : view.elements("fallback")) {
            if (!(element instanceof TomlArray pair)
                    || pair.size() != 2
                    || !(pair.get(0) instanceof Long from)
                    || !(pair.get(1) instanceof Long words)) {
                throw view.error("fallback", "is not a list of [start, count]");
            }
            if (words < 1 || !whole.covers((int) (long) from, (int) (long) words)) {
                throw view.error("fallback", "[%d, %d] lies outside the block".formatted(from, words));
            }
            fallback.add(new Span((int) (long) from, (int) (long) words));
        }
        view.finish();
        return new Block(function, start, count, slow, optional, List.copyOf(fallback));
    }

    private Map<Quantity, Point> points(TomlView view) {
        Map<Quantity, Point> points = new EnumMap<>(Quantity.class);
        for (String key : view.keys()) {
            Quantity quantity = Quantity.ofKey(key).orElseThrow(() -> view.error(key, "unknown point"));
            points.put(quantity, point(quantity, view.table(key)));
        }
        if (!points.containsKey(Quantity.BATTERY_V)) {
            throw root.error("point", "battery_v is missing");
        }
        if (!points.containsKey(Quantity.BATTERY_A) && !points.containsKey(Quantity.CHARGE_A)) {
            throw root.error("point", "one of battery_a and charge_a must be there");
        }
        if (!points.containsKey(Quantity.PV_W) && !points.containsKey(Quantity.PV_V)) {
            throw root.error("point", "one of pv_w and pv_v must be there");
        }
        return Map.copyOf(points);
    }

    private Point point(Quantity quantity, TomlView view) {
        Source source = protocol == Profile.Protocol.MODBUS ? register(view) : new Source.Field(view.text("field"));
        boolean stage = quantity == Quantity.STAGE;
        if (!stage && !view.text("unit").equals(quantity.unit())) {
            throw view.error("unit", "must be " + quantity.unit());
        }
        double scale = stage ? 1 : view.number("scale");
        if (scale == 0) {
            throw view.error("scale", "must not be 0");
        }
        List<Double> range = stage ? List.of(0.0, 65535.0) : view.numbers("range");
        if (range.size() != 2 || range.get(0) >= range.get(1)) {
            throw view.error("range", "is not [lowest, highest]");
        }
        Set<Long> na = new HashSet<>();
        Set<String> naText = new HashSet<>();
        for (Object word : view.elements("na")) {
            switch (word) {
                case Long raw -> na.add(raw);
                case String text -> naText.add(text);
                default -> throw view.error("na", "holds something that is neither a number nor a text");
            }
        }
        String confidence = view.text("confidence");
        if (!Set.of("A", "B", "C").contains(confidence)) {
            throw view.error("confidence", "is none of A, B, C");
        }
        TreeSet<String> named = new TreeSet<>(view.texts("sources"));
        if (named.isEmpty() || !sources.containsAll(named)) {
            throw view.error("sources", "must name entries of [sources]");
        }
        boolean coarse = view.flag("coarse");
        Map<Long, ChargeStage> stages = stage ? stages(view.table("stages")) : Map.of();
        view.finish();
        return new Point(
                quantity, source, scale, range.get(0), range.get(1), na, naText, coarse, stages, confidence, named);
    }

    private Source.Register register(TomlView view) {
        int function = view.integer("function", 3, 4, blocks.getFirst().function());
        int address = view.integer("address", 0, 0xFFFF);
        Point.Type type = choice(view, "type", Point.Type.class);
        long mask = view.integer("mask", 1, Integer.MAX_VALUE, -1);
        int shift = view.integer("shift", 0, 31, 0);
        boolean inside = blocks.stream()
                .anyMatch(block -> block.function() == function && block.whole().covers(address, type.words()));
        if (!inside) {
            throw view.error("address", "lies in no block, or only partly");
        }
        for (Block block : blocks) {
            for (Span span : block.fallback()) {
                boolean starts = span.covers(address, 1);
                if (block.function() == function && starts && !span.covers(address, type.words())) {
                    throw view.error("address", "is torn by a fallback");
                }
            }
        }
        return new Source.Register(function, address, type, lowWordFirst, mask, shift);
    }

    private static Map<Long, ChargeStage> stages(TomlView view) {
        Map<Long, ChargeStage> stages = new HashMap<>();
        for (String key : view.keys()) {
            try {
                stages.put(Long.parseLong(key), ChargeStage.valueOf(view.text(key)));
            } catch (IllegalArgumentException _) {
                throw view.error(key, "is not a number = \"STAGE\"");
            }
        }
        if (stages.isEmpty()) {
            throw view.error("stages", "is empty");
        }
        return Map.copyOf(stages);
    }
}
