package sunpeer.drivers.profile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.profile.Block.Period;
import sunpeer.drivers.profile.Block.Span;
import sunpeer.drivers.profile.Pieces.Outcome;
import sunpeer.drivers.profile.Samples.Found;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Faults;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** A device that answers registers, read by its profile. Confined to the thread that owns the wire. */
public final class ModbusDevice implements Device {
    /** What an optional block is spared after it failed: a silent one costs seconds. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
    /** Limits and gaps that were learned are learned anew: one of them may have been a bad moment of the device. */
    private static final Duration LEARNED_FOR = Duration.ofDays(1);

    private static final int ILLEGAL_ADDRESS = 2;
    private static final int ILLEGAL_VALUE = 3;
    private static final List<String> IDENTITY = List.of("vendor", "model", "revision");

    // for the process
    private final Profile profile;
    private final RegisterBus bus;
    private final int unit;
    private final InstantSource clock;

    // for this connection: another device may be plugged in when the wire was lost
    private int generation;
    private @Nullable Instant learnedAt;
    private List<BlockState> states = List.of();
    private @Nullable Instant identityAskedAt;
    private Map<Integer, String> identity = Map.of();

    public ModbusDevice(Profile profile, RegisterBus bus, int unit, InstantSource clock) {
        this.profile = profile;
        this.bus = bus;
        this.unit = unit;
        this.clock = clock;
    }

    private static final class BlockState {
        final Block block;
        final Pieces pieces;

        @Nullable
        Instant askedAt;

        @Nullable
        Instant readAt;

        boolean failed;
        List<Words> words = List.of();

        BlockState(Block block, List<Span> atoms) {
            this.block = block;
            this.pieces = new Pieces(block.required(), block.whole(), atoms);
        }

        boolean isDue(Instant now) {
            Duration wait = failed ? PAUSE_AFTER_FAILURE : block.period().interval();
            return !pieces.allAbsent() && passed(askedAt, wait, now);
        }

        void dropOld(Instant now) {
            if (passed(readAt, block.period().validity(), now) && !now.equals(readAt)) {
                words = List.of();
            }
        }
    }

    /** Also when the clock was set back, or a poll of the future would keep the device silent for years. */
    private static boolean passed(@Nullable Instant since, Duration wait, Instant now) {
        return since == null || now.isBefore(since) || !now.isBefore(since.plus(wait));
    }

    @Override
    public ReadResult read() {
        Instant now = clock.instant();
        if (generation != bus.generation()) {
            generation = bus.generation();
            identityAskedAt = null;
            identity = Map.of();
            learnedAt = null;
        }
        if (passed(learnedAt, LEARNED_FOR, now)) {
            learnedAt = now;
            states = profile.blocks().stream()
                    .map(block -> new BlockState(block, atoms(block)))
                    .toList();
        }
        ReadResult result = readBlocks(now);
        if (generation == 0) {
            generation = bus.generation();
        }
        return result;
    }

    /** The smallest request that every device of the family answers; an exception is an answer too. */
    @Override
    public Optional<Fault> probe() {
        Block cheapest = profile.blocks().stream()
                .filter(block -> block.required() && block.function() >= 3)
                .min(Comparator.comparingInt(Block::count))
                .orElse(profile.blocks().getFirst());
        Request request = new Request.Registers(unit, cheapest.function(), cheapest.start(), cheapest.count());
        return bus.askOnce(request) instanceof Answer.Failed(Fault fault) ? Optional.of(fault) : Optional.empty();
    }

    private List<Span> atoms(Block block) {
        List<Span> needed = new ArrayList<>(block.together());
        RegisterUse.of(profile.points()).stream()
                .filter(register -> register.function() == block.function())
                .map(register -> new Span(register.address(), register.words()))
                .filter(block.whole()::meets)
                .forEach(needed::add);
        return Pieces.atoms(needed);
    }

    private ReadResult readBlocks(Instant now) {
        for (BlockState state : states) {
            Optional<Fault> fault = state.block.required() ? poll(state, now) : Optional.empty();
            if (fault.isPresent()) {
                return new ReadResult.Failed(fault.get());
            }
        }
        pollOthers(now);
        List<Found> found = new ArrayList<>();
        for (BlockState state : states) {
            state.dropOld(now);
            boolean fresh = now.equals(state.readAt);
            state.words.forEach(words -> found.add(new Found(state.block.function(), words, fresh)));
        }
        if (states.getFirst().words.stream().allMatch(Words::allZero)) {
            return Judgement.implausible(describe(), profile.kind(), "all zero");
        }
        Measured measured = Decoding.decode(profile.points(), Samples.ofRegisters(found));
        boolean hasBattery = profile.kind() != Profile.Kind.INVERTER;
        if (hasBattery && measured.get(Quantity.BATTERY_V).quality() == Quality.ABSENT) {
            return Judgement.implausible(describe(), profile.kind(), "no battery voltage");
        }
        identify(now);
        return withIdentity(Judgement.reading(now, describe(), profile.kind(), measured));
    }

    /** The others wait for the next poll when one fails: a device that is silent about many would hold up its bus. */
    private void pollOthers(Instant now) {
        for (BlockState state : states) {
            if (!state.block.required() && state.isDue(now)) {
                poll(state, now);
                if (state.failed) {
                    return;
                }
            }
        }
    }

    /** Asks for a block; a fault when it gave nothing. */
    private Optional<Fault> poll(BlockState state, Instant now) {
        state.askedAt = now;
        if (state.block.period() == Period.FAST) {
            state.words = List.of();
        }
        Outcome outcome = state.pieces.read(span -> ask(state.block, span));
        state.failed = outcome instanceof Outcome.Failed;
        return switch (outcome) {
            case Outcome.Failed(Fault fault) -> Optional.of(fault);
            case Outcome.Refused(Fault fault) -> Optional.of(fault);
            case Outcome.Got(List<Words> words) -> {
                state.words = words;
                state.readAt = now;
                yield Optional.empty();
            }
        };
    }

    private Outcome ask(Block block, Span span) {
        Request request = block.function() < 3
                ? new Request.Bits(unit, block.function(), span.start(), span.count())
                : new Request.Registers(unit, block.function(), span.start(), span.count());
        return switch (bus.ask(request)) {
            case Answer.Registers(Words words) -> new Outcome.Got(List.of(words));
            case Answer.Bits(List<Boolean> bits) -> new Outcome.Got(List.of(words(span.start(), bits)));
            case Answer.Identity _, Answer.Written _ -> throw new IllegalStateException("no answer to " + request);
            case Answer.Failed(Fault fault) -> new Outcome.Failed(fault);
            case Answer.Refused(int code) -> {
                Fault fault = Faults.refused(bus.where(), request, code);
                boolean lacks = code == ILLEGAL_ADDRESS || code == ILLEGAL_VALUE;
                yield lacks ? new Outcome.Refused(fault) : new Outcome.Failed(fault);
            }
        };
    }

    private static Words words(int start, List<Boolean> bits) {
        return new Words(
                start,
                IntStream.range(0, bits.size()).map(i -> bits.get(i) ? 1 : 0).toArray());
    }

    /** Once a day, and after the reading is safe: another device under the same address means to learn its limits anew. */
    private void identify(Instant now) {
        if (!profile.identity() || !passed(identityAskedAt, LEARNED_FOR, now)) {
            return;
        }
        identityAskedAt = now;
        Map<Integer, String> before = identity;
        identity = bus.askOnce(new Request.Identity(unit)) instanceof Answer.Identity(var objects) ? objects : Map.of();
        if (!before.isEmpty() && !identity.isEmpty() && !before.equals(identity)) {
            learnedAt = null;
        }
    }

    private ReadResult withIdentity(ReadResult result) {
        if (identity.isEmpty() || !(result instanceof ReadResult.Ok(var reading, var details))) {
            return result;
        }
        List<Detail> all = new ArrayList<>();
        for (int object = 0; object < IDENTITY.size(); object++) {
            String text = identity.getOrDefault(object, "").strip();
            if (!text.isEmpty()) {
                all.add(Detail.text(IDENTITY.get(object), text));
            }
        }
        all.addAll(details);
        return new ReadResult.Ok(reading, all);
    }

    @Override
    public String describe() {
        return "%s at %s, unit %d".formatted(profile.family(), bus.where(), unit);
    }

    @Override
    public void close() {
        bus.close();
    }
}
