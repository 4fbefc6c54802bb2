package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import sunpeer.drivers.TomlText;
import sunpeer.drivers.profile.Block.Period;
import sunpeer.drivers.profile.Block.Span;
import sunpeer.drivers.transport.Request;

/**
 * Reads a profile and refuses whatever is not exactly right: a profile is code that happens to be data, so a mistake is
 * an {@link IllegalArgumentException} naming file, line and key.
 */
public final class ProfileLoader {
    private static final int TOML_CHARACTERS_MAX = 200_000;
    private static final int BLOCKS_MAX = 64;

    private final String file;
    private final TomlView root;

    private ProfileLoader(String file, TomlView root) {
        this.file = file;
        this.root = root;
    }

    /** @param file name of the profile, for its error messages */
    public static Profile parse(String file, String toml) {
        if (toml.length() > TOML_CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "%s:1: is longer than %d characters".formatted(file, TOML_CHARACTERS_MAX));
        }
        TomlParseResult parsed = parsed(file, toml);
        if (parsed.hasErrors()) {
            var first = parsed.errors().getFirst();
            throw new IllegalArgumentException(
                    "%s:%d: %s".formatted(file, first.position().line(), first.getMessage()));
        }
        return new ProfileLoader(file, new TomlView(file, "", parsed)).profile();
    }

    private static TomlParseResult parsed(String file, String toml) {
        return switch (TomlText.parse(toml)) {
            case TomlText.Parsed.Read(TomlParseResult result) -> result;
            case TomlText.Parsed.Unreadable(int line) ->
                throw new IllegalArgumentException(
                        "%s:%d: is no TOML: a bracket or brace above is not closed".formatted(file, line));
        };
    }

    /** Word order of numbers that take more than one register. */
    enum WordOrder {
        LO_HI,
        HI_LO
    }

    private Profile profile() {
        String id = root.text("id");
        if (!id.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw root.error("id", "is no name of small letters, digits and -");
        }
        if (!file.equals(id + ".toml")) {
            throw root.error("id", "does not match the file name");
        }
        String family = root.text("family");
        Profile.Kind kind = root.choice("kind", Profile.Kind.class);
        Profile.Protocol protocol = root.choice("protocol", Profile.Protocol.class);
        List<String> wires = root.texts("wires");
        if (wires.isEmpty() || !Set.of("serial", "tcp").containsAll(wires)) {
            throw root.error("wires", "is not a list of \"serial\" and \"tcp\"");
        }
        boolean serial = wires.contains("serial");
        boolean tcp = wires.contains("tcp");
        int baud = serial ? root.integer("baud", 1200, 1_000_000) : 0;
        int tcpPort = tcp ? root.integer("tcp_port", 1, 65535) : 0;
        boolean registers = protocol.registers();
        int unit = registers ? root.integer("unit", 1, 255) : 0;
        int gapMillis = registers ? root.integer("gap_ms", 0, 1000) : 0;
        boolean identity = registers && root.flag("identity");
        boolean lowWordFirst = registers && root.choice("word_order", WordOrder.class) == WordOrder.LO_HI;
        List<String> captures = root.has("captures") ? root.texts("captures") : List.of();
        List<Block> blocks = registers ? blocks(root.tables("block")) : List.of();
        PointLoader points = new PointLoader(root, protocol, blocks, lowWordFirst, identity, sources());
        boolean described = protocol == Profile.Protocol.SUNSPEC;
        Profile profile = new Profile(
                id,
                family,
                kind,
                protocol,
                serial,
                tcp,
                baud,
                unit,
                tcpPort,
                gapMillis,
                identity,
                blocks,
                described ? List.of() : points.points(),
                captures,
                IdentifyLoader.load(root, registers, serial, tcp, unit));
        root.finish();
        if (!described) {
            checkNeeded(profile);
        } else if (blocks.stream().anyMatch(block -> block.function() != 3)) {
            throw root.error("block", "a SunSpec mark is read with function 3");
        }
        return profile;
    }

    private Set<String> sources() {
        TomlView titles = root.table("sources");
        titles.keys().forEach(titles::text);
        return new HashSet<>(titles.keys());
    }

    private List<Block> blocks(List<TomlView> views) {
        if (views.isEmpty() || views.size() > BLOCKS_MAX) {
            throw root.error("block", views.isEmpty() ? "is missing" : "there are more than " + BLOCKS_MAX);
        }
        List<Block> blocks = new ArrayList<>();
        for (TomlView view : views) {
            Block block = block(view);
            for (Block before : blocks) {
                if (before.function() == block.function() && before.whole().meets(block.whole())) {
                    throw view.error("start", "overlaps block[" + blocks.indexOf(before) + "]");
                }
            }
            blocks.add(block);
        }
        if (!blocks.getFirst().required() || blocks.getFirst().function() < 3) {
            throw root.error("block", "the first one must be registers that are there at every poll");
        }
        return List.copyOf(blocks);
    }

    private static Block block(TomlView view) {
        int function = view.integer("function", 1, 4);
        int start = view.integer("start", 0, 0xFFFF);
        int countMax = function < 3 ? Request.Bits.COUNT_MAX : Request.Registers.COUNT_MAX;
        int count = view.integer("count", 1, Math.min(countMax, 0x1_0000 - start));
        Period period = view.has("every") ? view.choice("every", Period.class) : Period.FAST;
        boolean optional = view.flag("optional");
        Span whole = new Span(start, count);
        List<Span> together = new ArrayList<>();
        for (Object element : view.elements("together")) {
            together.add(span(element)
                    .filter(span -> whole.covers(span.start(), span.count()))
                    .orElseThrow(() -> view.error("together", "is not a list of [start, count] inside the block")));
        }
        view.finish();
        return new Block(function, start, count, period, optional, together);
    }

    private static Optional<Span> span(Object element) {
        return element instanceof TomlArray pair
                        && pair.size() == 2
                        && pair.get(0) instanceof Long start
                        && pair.get(1) instanceof Long count
                        && start >= 0
                        && count >= 1
                        && start + count <= 0x1_0000
                ? Optional.of(new Span((int) (long) start, (int) (long) count))
                : Optional.empty();
    }

    private void checkNeeded(Profile profile) {
        Map<Quantity, Point> known = new HashMap<>();
        profile.points().forEach(point -> point.quantity().ifPresent(quantity -> known.put(quantity, point)));
        if (!known.containsKey(Quantity.BATTERY_V)) {
            throw root.error("point", "battery_v is missing");
        }
        if (!known.containsKey(Quantity.BATTERY_A) && !known.containsKey(Quantity.CHARGE_A)) {
            throw root.error("point", "one of battery_a and charge_a must be there");
        }
        boolean controller = profile.kind() == Profile.Kind.CHARGE_CONTROLLER;
        if (controller && !known.containsKey(Quantity.PV_W) && !known.containsKey(Quantity.PV_V)) {
            throw root.error("point", "one of pv_w and pv_v must be there");
        }
        List<Source.Register> needed = RegisterUse.of(profile.points());
        for (Block block : profile.blocks()) {
            boolean read = needed.stream()
                    .anyMatch(register -> register.function() == block.function()
                            && block.whole().covers(register.address(), register.words()));
            if (!read) {
                throw root.tables("block")
                        .get(profile.blocks().indexOf(block))
                        .error("start", "no point is read from this block");
            }
        }
    }
}
