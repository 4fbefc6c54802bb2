package sunpeer.drivers.simulator;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * When which fault happens on one or several wires: by hand, or by chance from a seed. Thread-safe; the same seed gives the
 * same faults to the same sequence of answers.
 */
public final class FaultPlan {
    /** Later than a late answer nobody waits for it. */
    private static final double LATE_MAX = 2.4;

    private final RandomGenerator random;
    private final double perAnswer;
    private final List<WireFault> kinds;
    private final Duration patience;
    private final Map<WireFault, Integer> happened = new EnumMap<>(WireFault.class);
    private Optional<WireFault> byHand = Optional.empty();
    private int answersLeft;

    private FaultPlan(long seed, double perAnswer, Collection<WireFault> kinds, Duration patience) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.perAnswer = perAnswer;
        this.kinds = List.copyOf(kinds);
        this.patience = patience;
    }

    /**
     * Faults happen only when they are injected.
     *
     * @param patience how long the reader waits for an answer: a late one comes later than that
     */
    public static FaultPlan byHand(Duration patience) {
        return new FaultPlan(1, 0, List.of(), patience);
    }

    /**
     * @param perAnswer chance that an answer is spoiled, 0 to 1
     * @param kinds one of these happens then
     * @param patience how long the reader waits for an answer: a late one comes later than that
     */
    public static FaultPlan byChance(long seed, double perAnswer, Collection<WireFault> kinds, Duration patience) {
        return new FaultPlan(seed, perAnswer, kinds, patience);
    }

    /** The same wire with this plan's faults on it. */
    public FaultyWire on(WireEnd wire, Speech speech) {
        return new FaultyWire(wire, speech, this);
    }

    /** Spoils the next {@code answers} answers, then is right again. */
    public synchronized void inject(WireFault fault, int answers) {
        byHand = Optional.of(fault);
        answersLeft = answers;
    }

    /** Spoils every answer until {@link #clear()}. */
    public void inject(WireFault fault) {
        inject(fault, Integer.MAX_VALUE);
    }

    public synchronized void clear() {
        byHand = Optional.empty();
    }

    /** How often each fault has happened. */
    public synchronized Map<WireFault, Integer> happened() {
        return Map.copyOf(happened);
    }

    public synchronized int faults() {
        return happened.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What happens to the next answer. */
    synchronized Optional<WireFault> next(Speech speech) {
        Optional<WireFault> fault = Optional.empty();
        if (byHand.isPresent()) {
            fault = answersLeft-- > 0 ? byHand : Optional.empty();
        } else if (random.nextDouble() < perAnswer) {
            fault = Optional.of(kinds.get(random.nextInt(kinds.size())));
        }
        fault = fault.filter(kind -> kind.happensTo(speech));
        fault.ifPresent(kind -> happened.merge(kind, 1, Integer::sum));
        return fault;
    }

    /** A generator of its own for the details of one fault, so that threads cannot disturb each other's. */
    synchronized RandomGenerator details() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
    }

    /** How long after the request a late answer comes. */
    Duration late(RandomGenerator details) {
        return Duration.ofNanos((long) (patience.toNanos() * details.nextDouble(1.05, LATE_MAX)));
    }

    /** How long the line is stuck, or a plug is pulled. */
    Duration pause(RandomGenerator details) {
        return Duration.ofNanos((long) (patience.toNanos() * details.nextDouble(0.1, 1.5)));
    }
}
