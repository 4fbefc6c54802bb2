package sunpeer.drivers.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A battery management system or shunt of four cells that answers in its own dialect on a wire, and falls asleep
 * when nobody asks.
 *
 * <p>Thread-safe. Owns its line and one thread. Answers are made from the supplier at each question; it must be thread-safe.
 */
public final class BmsSimulator implements AutoCloseable {
    private static final int BUFFER = 256;
    /** Silence after which half a question is forgotten. */
    private static final int FRAME_GAP_MS = 20;

    private final BmsSpeech speech;
    private final Supplier<SimulatedValues> values;
    private final WireEnd line;
    private final Duration sleepsAfter;
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final Thread thread;

    private BmsSimulator(BmsSpeech speech, Supplier<SimulatedValues> values, WireEnd line, Duration sleepsAfter) {
        this.speech = speech;
        this.values = values;
        this.line = line;
        this.sleepsAfter = sleepsAfter;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("bms-simulator " + line.path())
                .unstarted(this::serve);
    }

    private static BmsSimulator start(
            BmsSpeech speech, Supplier<SimulatedValues> values, WireEnd line, Duration sleepsAfter) {
        BmsSimulator simulator = new BmsSimulator(speech, values, line, sleepsAfter);
        simulator.thread.start();
        return simulator;
    }

    /** @param sleepsAfter time without a question after which the next one only wakes it; it begins asleep */
    public static BmsSimulator jbd(Supplier<SimulatedValues> values, WireEnd line, Duration sleepsAfter) {
        return start(new BmsSpeech.Jbd(), values, line, sleepsAfter);
    }

    /** @param sleepsAfter time without a question after which the next one only wakes it; it begins asleep */
    public static BmsSimulator daly(Supplier<SimulatedValues> values, WireEnd line, Duration sleepsAfter) {
        return start(new BmsSpeech.DalyA5(), values, line, sleepsAfter);
    }

    /** @param unit 1 to 15 */
    public static BmsSimulator jkPb(Supplier<SimulatedValues> values, WireEnd line, int unit) {
        return start(new BmsSpeech.JkPb(unit), values, line, Duration.ZERO);
    }

    /** @param unit 1 to 99 */
    public static BmsSimulator junctek(Supplier<SimulatedValues> values, WireEnd line, int unit) {
        return start(new BmsSpeech.Junctek(unit), values, line, Duration.ZERO);
    }

    /** How many whole questions came, answered or not. */
    public int questions() {
        return questions.get();
    }

    /** How many of them could have changed something. */
    public int writes() {
        return writes.get();
    }

    private void serve() {
        byte[] buffer = new byte[BUFFER];
        int length = 0;
        long awakeUntil = System.nanoTime();
        while (true) {
            int got = line.read(buffer, length, buffer.length - length, length == 0 ? -1 : FRAME_GAP_MS);
            if (got < 0) {
                return;
            }
            length = got == 0 ? 0 : length + got;
            while (length > 0) {
                int whole = speech.questionLength(buffer, length);
                if (whole < 0) {
                    System.arraycopy(buffer, 1, buffer, 0, --length);
                } else if (whole == 0 || whole > length) {
                    break;
                } else {
                    boolean awake = sleepsAfter.isZero() || System.nanoTime() - awakeUntil < 0;
                    take(Arrays.copyOf(buffer, whole), awake);
                    awakeUntil = System.nanoTime() + sleepsAfter.toNanos();
                    length -= whole;
                    System.arraycopy(buffer, whole, buffer, 0, length);
                }
            }
            length = length == buffer.length ? 0 : length;
        }
    }

    private void take(byte[] question, boolean awake) {
        questions.incrementAndGet();
        if (speech.isWrite(question)) {
            writes.incrementAndGet();
        }
        if (awake) {
            speech.answer(question, values.get()).ifPresent(line::write);
        }
    }

    @Override
    public void close() {
        line.close();
        Threads.joinAll(List.of(thread));
    }
}
