package sunpeer.drivers.sunspec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sunpeer.drivers.Fault;
import sunpeer.drivers.sunspec.Chain.Link;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Faults;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/**
 * Finds the models of a SunSpec device: the mark "SunS" at one of the places where it may stand, then from head to head to the
 * end mark. Confined to the thread that owns the wire.
 */
final class Discovery {
    /** Hybrid inverters have about twenty. */
    private static final int MODELS_MAX = 64;

    static final int FUNCTION = 3;
    static final int MARK_WORDS = 2;
    private static final int REGISTERS_END = 0x1_0000;
    private static final int MARK_HIGH = 0x5375;
    private static final int MARK_LOW = 0x6E53;
    private static final int END = 0xFFFF;
    private static final int NO_SUCH_REGISTER = 2;

    private static final int COMMON = 1;
    private static final int MAKER_AT = 2;
    private static final int MAKER_WORDS = 16;

    private final RegisterBus bus;
    private final int unit;

    Discovery(RegisterBus bus, int unit) {
        this.bus = bus;
        this.unit = unit;
    }

    sealed interface Result {
        record Found(Chain chain) implements Result {}

        record Failed(Fault fault) implements Result {}
    }

    /** @param bases where the mark may stand, the most likely first */
    Result find(List<Integer> bases) {
        Optional<Fault> silence = Optional.empty();
        Optional<Fault> answered = Optional.empty();
        for (int base : bases) {
            switch (bus.ask(registers(base, MARK_WORDS))) {
                case Answer.Registers(Words words)
                when words.at(base) == MARK_HIGH && words.at(base + 1) == MARK_LOW -> {
                    return walk(base);
                }
                // Some devices keep silent where they have no registers: on to the next place.
                case Answer.Failed(Fault fault)
                when fault.kind() == Fault.Kind.NO_ANSWER -> silence = Optional.of(fault);
                case Answer.Failed(Fault fault) -> {
                    return new Result.Failed(fault);
                }
                case Answer.Refused(int code)
                when code != NO_SUCH_REGISTER ->
                    answered = Optional.of(Faults.refused(bus.where(), registers(base, MARK_WORDS), code));
                default -> answered = Optional.of(noMark(bases));
            }
        }
        return new Result.Failed(answered.isPresent() ? answered.get() : silence.orElseThrow());
    }

    private Fault noMark(List<Integer> bases) {
        return new Fault(
                Fault.Kind.IMPLAUSIBLE,
                "unit %d at %s answers, but has no SunSpec mark at register %s: is it a SunSpec device, is SunSpec switched on in its settings, is the unit right (1 and 126 are usual)?"
                        .formatted(
                                unit,
                                bus.where(),
                                String.join(
                                        " or ",
                                        bases.stream().map(base -> "" + base).toList())));
    }

    private Result walk(int base) {
        List<Link> links = new ArrayList<>();
        int address = base + MARK_WORDS;
        while (address + Model.HEAD <= REGISTERS_END) {
            if (links.size() > MODELS_MAX) {
                return broken(address, links, "more than " + MODELS_MAX + " models");
            }
            Words head;
            switch (bus.ask(registers(address, Model.HEAD))) {
                case Answer.Registers(Words words) -> head = words;
                case Answer.Failed(Fault fault) -> {
                    return new Result.Failed(fault);
                }
                case Answer.Refused(int code) -> {
                    return broken(address, links, "exception " + code);
                }
                case Answer other -> throw new IllegalStateException("no answer to registers: " + other);
            }
            int number = head.at(address);
            if (number == END) {
                return new Result.Found(new Chain(base, links, maker(links)));
            }
            Link link = new Link(number, address, head.at(address + 1));
            if (number == 0 || link.length() == 0) {
                return broken(address, links, "model %d with %d registers".formatted(number, link.length()));
            }
            links.add(link);
            address = link.end();
        }
        return broken(REGISTERS_END - 1, links, "the last register there can be");
    }

    private Result broken(int address, List<Link> links, String found) {
        return new Result.Failed(new Fault(
                Fault.Kind.IMPLAUSIBLE,
                "the chain of SunSpec models of unit %d at %s breaks at register %d, after %s: there is %s in place of a model or the end mark; its firmware is at fault, an update may help"
                        .formatted(
                                unit,
                                bus.where(),
                                address,
                                links.isEmpty()
                                        ? "the mark"
                                        : "model " + links.getLast().number(),
                                found)));
    }

    /** Manufacturer and model; a device that does not tell them is read all the same. */
    private String maker(List<Link> links) {
        return links.stream()
                .filter(link -> link.number() == COMMON && link.length() >= 2 * MAKER_WORDS)
                .findFirst()
                .map(link -> bus.ask(registers(link.address() + MAKER_AT, 2 * MAKER_WORDS))
                                instanceof Answer.Registers(Words words)
                        ? (text(words, 0) + " " + text(words, MAKER_WORDS)).strip()
                        : "")
                .orElse("");
    }

    /** Up to the first NUL, without what no terminal should see. */
    private static String text(Words words, int from) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 2 * MAKER_WORDS; i++) {
            int word = words.at(words.start() + from + i / 2);
            char letter = (char) (i % 2 == 0 ? word >> 8 : word & 0xFF);
            if (letter == 0) {
                break;
            }
            letters.append(letter >= 0x20 && letter < 0x7F ? letter : '?');
        }
        return letters.toString().strip();
    }

    private Request.Registers registers(int address, int count) {
        return new Request.Registers(unit, FUNCTION, address, count);
    }
}
