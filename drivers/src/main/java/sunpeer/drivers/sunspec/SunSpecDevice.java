package sunpeer.drivers.sunspec;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.profile.Block;
import sunpeer.drivers.profile.ModbusDevice;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;

/**
 * A device that is read by what it says of itself: its models are looked up at the first read, after each opening of the wire
 * and when they are no longer where they were. Confined to the thread that owns the wire.
 */
public final class SunSpecDevice implements Device {
    // for the process
    private final Profile family;
    private final RegisterBus bus;
    private final int unit;
    private final InstantSource clock;
    private int lastBase = -1;

    // for this connection
    private int generation;
    private @Nullable Reader reader;

    /** What reads one chain. */
    private record Reader(CheckedBus bus, Device device, Completion completion) {}

    private sealed interface Search {
        record Done(Reader reader) implements Search {}

        record InVain(Fault fault) implements Search {}
    }

    /** @param family its blocks are the places where the mark is looked for, the most likely first */
    public SunSpecDevice(Profile family, RegisterBus bus, int unit, InstantSource clock) {
        this.family = family;
        this.bus = bus;
        this.unit = unit;
        this.clock = clock;
    }

    @Override
    public ReadResult read() {
        if (generation != bus.generation()) {
            reader = null;
        }
        if (reader != null) {
            return read(reader);
        }
        return switch (find()) {
            case Search.Done(Reader found) -> {
                generation = bus.generation();
                reader = found;
                yield read(found);
            }
            case Search.InVain(Fault fault) -> new ReadResult.Failed(fault);
        };
    }

    /** Two registers where the mark was found last; an exception is an answer too. */
    @Override
    public Optional<Fault> probe() {
        int base = lastBase < 0 ? family.blocks().getFirst().start() : lastBase;
        Request request = new Request.Registers(unit, Discovery.FUNCTION, base, Discovery.MARK_WORDS);
        return bus.askOnce(request) instanceof Answer.Failed(Fault fault) ? Optional.of(fault) : Optional.empty();
    }

    private ReadResult read(Reader known) {
        ReadResult result = known.device().read();
        Optional<Fault> moved = known.bus().moved();
        if (moved.isPresent()) {
            reader = null;
            return new ReadResult.Failed(moved.get());
        }
        return switch (result) {
            case ReadResult.Ok ok -> known.completion().complete(ok);
            case ReadResult.Failed failed -> failed;
        };
    }

    private Search find() {
        List<Integer> places = family.blocks().stream().map(Block::start).toList();
        List<Integer> lastFirst = Stream.concat(places.stream().filter(base -> base == lastBase), places.stream())
                .distinct()
                .toList();
        return switch (new Discovery(bus, unit).find(lastFirst)) {
            case Discovery.Result.Failed(Fault fault) -> new Search.InVain(fault);
            case Discovery.Result.Found(Chain chain) -> {
                lastBase = chain.base();
                yield ChainProfile.of(chain, family)
                        .<Search>map(profile -> new Search.Done(reader(chain, profile)))
                        .orElseGet(() -> new Search.InVain(nothingToRead(chain)));
            }
        };
    }

    private Reader reader(Chain chain, Profile profile) {
        CheckedBus checked = new CheckedBus(bus, chain);
        return new Reader(checked, new ModbusDevice(profile, checked, unit, clock), new Completion(profile));
    }

    private Fault nothingToRead(Chain chain) {
        return new Fault(
                Fault.Kind.IMPLAUSIBLE,
                "%s (%s) has the SunSpec models %s, and none of them tells of a battery or of panels: a meter says nothing about the power of this node"
                        .formatted(describe(), chain.maker().isEmpty() ? "unnamed" : chain.maker(), chain.numbers()));
    }

    @Override
    public String describe() {
        return reader != null
                ? reader.device().describe()
                : "%s at %s, unit %d".formatted(family.family(), bus.where(), unit);
    }

    @Override
    public void close() {
        bus.close();
    }
}
