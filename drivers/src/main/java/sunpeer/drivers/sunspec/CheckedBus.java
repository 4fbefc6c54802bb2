package sunpeer.drivers.sunspec;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import sunpeer.drivers.Fault;
import sunpeer.drivers.sunspec.Chain.Link;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/**
 * A bus that sees whether the heads of the models are still where they were found: after an update of its firmware a device may
 * have another chain, and every value would be read from a wrong place. Confined to the thread that owns the wire.
 */
final class CheckedBus implements RegisterBus {
    private final RegisterBus bus;
    private final Map<Integer, Link> heads;
    private Optional<Fault> moved = Optional.empty();

    CheckedBus(RegisterBus bus, Chain chain) {
        this.bus = bus;
        this.heads = chain.links().stream().collect(Collectors.toMap(Link::address, Function.identity()));
    }

    /** What no longer fits, once seen. */
    Optional<Fault> moved() {
        return moved;
    }

    @Override
    public Answer ask(Request request) {
        return checked(request, bus.ask(request));
    }

    @Override
    public Answer askOnce(Request request) {
        return checked(request, bus.askOnce(request));
    }

    private Answer checked(Request request, Answer answer) {
        if (!(answer instanceof Answer.Registers(Words words)) || words.size() < Model.HEAD) {
            return answer;
        }
        Link link = heads.get(words.start());
        if (link == null || link.isAt(words)) {
            return answer;
        }
        Fault fault = new Fault(
                Fault.Kind.IMPLAUSIBLE,
                "unit %d at %s has model %d with %d registers at register %d, where model %d with %d was: its chain of SunSpec models changed and is looked up anew at the next read"
                        .formatted(
                                request.unit(),
                                where(),
                                words.at(link.address()),
                                words.at(link.address() + 1),
                                link.address(),
                                link.number(),
                                link.length()));
        moved = Optional.of(fault);
        return new Answer.Failed(fault);
    }

    @Override
    public String where() {
        return bus.where();
    }

    @Override
    public int generation() {
        return bus.generation();
    }

    @Override
    public void close() {
        bus.close();
    }
}
