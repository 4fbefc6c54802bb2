package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.List;
import sunpeer.drivers.profile.Block.Span;
import sunpeer.drivers.profile.ProfileLoader.WordOrder;
import sunpeer.drivers.profile.Source.Notation;

/** Reads where a point comes from and checks it against the blocks that are read. Confined to one loading. */
final class SourceLoader {
    private static final int TEXT_WORDS_MAX = 32;
    private static final int FLAG_WORDS_MAX = 4;

    private final Profile.Protocol protocol;
    private final List<Block> blocks;
    private final boolean lowWordFirst;

    SourceLoader(Profile.Protocol protocol, List<Block> blocks, boolean lowWordFirst) {
        this.protocol = protocol;
        this.blocks = blocks;
        this.lowWordFirst = lowWordFirst;
    }

    Source source(TomlView view) {
        return protocol.registers() ? register(view) : field(view);
    }

    /** A source that has its table for itself. */
    Source finished(TomlView view) {
        Source source = source(view);
        view.finish();
        return source;
    }

    private static Source field(TomlView view) {
        Notation notation = view.has("notation") ? view.choice("notation", Notation.class) : Notation.DECIMAL;
        return new Source.Field(view.text("field"), notation);
    }

    private Source register(TomlView view) {
        int function = view.integer("function", 1, 4, blocks.getFirst().function());
        int address = view.integer("address", 0, 0xFFFF);
        Type type = function < 3 ? Type.BIT : view.choice("type", Type.class);
        if (function >= 3 && type == Type.BIT) {
            throw view.error("type", "is for functions 1 and 2; one bit of a register is type = \"bits\"");
        }
        int words = words(view, type);
        boolean lowFirst = view.has("order") ? view.choice("order", WordOrder.class) == WordOrder.LO_HI : lowWordFirst;
        boolean lowByteFirst =
                type.isText() && view.has("bytes") && view.choice("bytes", WordOrder.class) == WordOrder.LO_HI;
        long mask = -1;
        int shift = 0;
        if (type.isWhole() && view.has("mask")) {
            long all = pattern(type, words);
            mask = view.whole("mask", 1, all == -1 ? Long.MAX_VALUE : all);
            shift = view.integer("shift", 0, 63, 0);
            if (mask >>> shift == 0) {
                throw view.error("shift", "moves the mask away");
            }
        }
        List<Integer> octets = type == Type.VERSION ? octets(view, words) : List.of();
        Source.Register register =
                new Source.Register(function, address, type, words, lowFirst, lowByteFirst, mask, shift, octets);
        checkInside(view, register);
        return register;
    }

    private static int words(TomlView view, Type type) {
        if (type.words() > 0) {
            return type.words();
        }
        return type == Type.BITS
                ? view.integer("words", 1, FLAG_WORDS_MAX, 1)
                : view.integer("words", 1, TEXT_WORDS_MAX);
    }

    private static List<Integer> octets(TomlView view, int words) {
        List<Integer> octets = new ArrayList<>();
        for (Object element : view.elements("octets")) {
            if (!(element instanceof Long at) || at < 0 || at >= 2L * words) {
                throw view.error("octets", "is not a list of positions of bytes from 0 on");
            }
            octets.add((int) (long) at);
        }
        if (octets.isEmpty()) {
            throw view.error("octets", "is missing: which bytes make the version");
        }
        return octets;
    }

    void checkInside(TomlView view, Source.Register register) {
        Span span = new Span(register.address(), register.words());
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.function() == register.function() && block.whole().meets(span)) {
                if (block.whole().covers(span.start(), span.count())) {
                    return;
                }
                throw view.error(
                        "address",
                        "0x%04X to 0x%04X is torn by the edge of block[%d]".formatted(span.start(), span.end() - 1, i));
            }
        }
        throw view.error(
                "address", "0x%04X lies in no block of function %d".formatted(span.start(), register.function()));
    }

    static boolean isText(Source source) {
        return switch (source) {
            case Source.Register register -> register.type().isText();
            case Source.Field field -> field.notation() == Notation.TEXT;
        };
    }

    /** Whether a raw word that means "not available" can come from there at all. */
    static boolean fits(Source source, long raw) {
        long largest = largest(source);
        return !isText(source) && (largest == -1 || (raw >= 0 && raw <= largest));
    }

    /** The largest raw bit pattern that can come from there; -1 when any can. */
    static long largest(Source source) {
        return switch (source) {
            case Source.Field _ -> -1;
            case Source.Register register ->
                register.mask() == -1
                        ? pattern(register.type(), register.words())
                        : register.mask() >>> register.shift();
        };
    }

    /** All bits that a raw number of this type has; -1 for 64 of them. */
    private static long pattern(Type type, int words) {
        int bits = type == Type.BITS ? 16 * words : type.bits();
        return bits == Long.SIZE ? -1 : (1L << bits) - 1;
    }
}
