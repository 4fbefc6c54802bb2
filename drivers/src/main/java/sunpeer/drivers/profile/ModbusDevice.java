package sunpeer.drivers.profile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.profile.Block.Span;
import sunpeer.drivers.profile.Point.Source;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Faults;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** A charge controller behind Modbus, read by its profile. Confined to the thread that owns the wire. */
public final class ModbusDevice implements Device {
    private static final Duration SLOW_PERIOD = Duration.ofMinutes(1);
    /** Counters older than this say nothing about now. */
    private static final Duration STALE_MAX = Duration.ofMinutes(15);
    /** A single exception may be a glitch of a busy device; two in a row mean that it lacks the block. */
    private static final int REFUSALS_BEFORE_ABSENT = 2;

    private static final int ILLEGAL_ADDRESS = 2;
    private static final int ILLEGAL_VALUE = 3;

    // for the process
    private final Profile profile;
    private final RegisterBus bus;
    private final int unit;
    private final InstantSource clock;

    // for this connection: another device may be plugged in when the wire was lost
    private final Map<Block, BlockState> states = new HashMap<>();
    private int generation;

    public ModbusDevice(Profile profile, RegisterBus bus, int unit, InstantSource clock) {
        this.profile = profile;
        this.bus = bus;
        this.unit = unit;
        this.clock = clock;
    }

    private static final class BlockState {
        int refusals;
        boolean split;

        @Nullable
        Instant nextAt;

        @Nullable
        Instant readAt;

        List<Words> words = List.of();

        boolean absent() {
            return refusals >= REFUSALS_BEFORE_ABSENT;
        }
    }

    private record Found(int function, Words words, boolean fresh) {}

    @Override
    public ReadResult read() {
        Instant now = clock.instant();
        if (generation != bus.generation()) {
            generation = bus.generation();
            states.clear();
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
                .filter(block -> !block.optional())
                .min(Comparator.comparingInt(Block::count))
                .orElse(profile.blocks().getFirst());
        Request request = new Request.Registers(unit, cheapest.function(), cheapest.start(), cheapest.count());
        return bus.askOnce(request) instanceof Answer.Failed(Fault fault) ? Optional.of(fault) : Optional.empty();
    }

    private ReadResult readBlocks(Instant now) {
        List<Found> found = new ArrayList<>();
        for (Block block : profile.blocks()) {
            BlockState state = states.computeIfAbsent(block, _ -> new BlockState());
            boolean due = !state.absent() && (state.nextAt == null || !now.isBefore(state.nextAt));
            Optional<Fault> fault = due ? poll(block, state, now) : Optional.empty();
            if (fault.isPresent() && !block.slow()) {
                return new ReadResult.Failed(fault.get());
            }
            boolean fresh = now.equals(state.readAt);
            if (!fresh && state.readAt != null && state.readAt.plus(STALE_MAX).isBefore(now)) {
                state.words = List.of();
            }
            state.words.forEach(words -> found.add(new Found(block.function(), words, fresh)));
        }
        if (found.getFirst().words().allZero()) {
            return Judgement.implausible(describe(), "all zero");
        }
        return Judgement.reading(now, describe(), profile.points(), decode(found));
    }

    /** Reads a block that is due; a fault only when it should have been there. */
    private Optional<Fault> poll(Block block, BlockState state, Instant now) {
        if (block.slow()) {
            state.nextAt = now.plus(SLOW_PERIOD);
        } else {
            state.words = List.of();
        }
        BlockAnswer answer = state.split ? pieces(block) : whole(block, state);
        if (answer.fault() != null) {
            return Optional.of(answer.fault());
        }
        if (answer.refusal() != null) {
            state.refusals = block.optional() ? state.refusals + 1 : 0;
            return block.optional() ? Optional.empty() : Optional.of(answer.refusal());
        }
        state.refusals = 0;
        state.words = answer.words();
        state.readAt = now;
        return Optional.empty();
    }

    private record BlockAnswer(
            List<Words> words,
            @Nullable Fault fault,
            @Nullable Fault refusal) {}

    private BlockAnswer whole(Block block, BlockState state) {
        BlockAnswer answer = request(block, block.whole());
        if (answer.refusal() == null || block.fallback().isEmpty()) {
            return answer;
        }
        BlockAnswer inPieces = pieces(block);
        state.split = inPieces.fault() == null && inPieces.refusal() == null;
        return inPieces;
    }

    private BlockAnswer pieces(Block block) {
        List<Words> words = new ArrayList<>();
        for (Span span : block.fallback()) {
            BlockAnswer piece = request(block, span);
            if (piece.words().isEmpty()) {
                return piece;
            }
            words.addAll(piece.words());
        }
        return new BlockAnswer(words, null, null);
    }

    private BlockAnswer request(Block block, Span span) {
        Request request = new Request.Registers(unit, block.function(), span.start(), span.count());
        return switch (bus.ask(request)) {
            case Answer.Registers(Words words) -> new BlockAnswer(List.of(words), null, null);
            case Answer.Bits _, Answer.Identity _, Answer.Written _ ->
                throw new IllegalStateException("no answer to " + request);
            case Answer.Failed(Fault fault) -> new BlockAnswer(List.of(), fault, null);
            case Answer.Refused(int code) -> {
                Fault fault = Faults.refused(bus.where(), request, code);
                boolean lacks = code == ILLEGAL_ADDRESS || code == ILLEGAL_VALUE;
                yield new BlockAnswer(List.of(), lacks ? null : fault, lacks ? fault : null);
            }
        };
    }

    private Measured decode(List<Found> found) {
        Measured measured = new Measured();
        for (Point point : profile.points().values()) {
            if (!(point.source() instanceof Source.Register register)) {
                continue;
            }
            found.stream()
                    .filter(piece -> piece.function() == register.function()
                            && piece.words()
                                    .covers(register.address(), register.type().words()))
                    .findFirst()
                    .ifPresent(piece -> measured.decode(point, register, piece.words(), piece.fresh()));
        }
        return measured;
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
