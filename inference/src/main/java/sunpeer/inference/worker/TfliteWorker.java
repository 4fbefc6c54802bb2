package sunpeer.inference.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import sunpeer.inference.Model;
import sunpeer.inference.ModelRunner;
import sunpeer.inference.Outcome;
import sunpeer.inference.Outcome.Cause;
import sunpeer.inference.Outcome.Done;
import sunpeer.inference.Outcome.Failed;

/**
 * Runs models in TFLite with XNNPACK, in a child process that is started when first needed. Whatever happens to the
 * child — a crash, a hang, garbage — costs the call it happens in, never this process; the next call starts a new child,
 * and no call starts more than one. Thread-safe; calls run one after the other and block their thread.
 */
public final class TfliteWorker implements ModelRunner, AutoCloseable {
    /**
     * @param cacheDirectory where the native library (12 MB) is unpacked once; created if absent
     * @param startLimit how long a child may take from its start to its first answer, added to the first call's limit
     * @param callLimit how long a batch may take
     * @param jvmFlags more flags for the child, such as an AOT cache
     */
    public record Settings(Path cacheDirectory, Duration startLimit, Duration callLimit, List<String> jvmFlags) {
        public Settings {
            jvmFlags = List.copyOf(jvmFlags);
        }

        /** Limits for the slowest board: 20 s to start from a cold SD card, 5 s for a batch. */
        public static Settings in(Path cacheDirectory) {
            return new Settings(cacheDirectory, Duration.ofSeconds(20), Duration.ofSeconds(5), List.of());
        }
    }

    private static final int FRAME_HEAD_BYTES = 4 + 1 + Frames.ID_BYTES;

    private final Settings settings;
    private final ReentrantLock calls = new ReentrantLock();
    private final ScheduledThreadPoolExecutor deadlines;

    /** Written under {@link #calls}, read by whoever wants it to end. */
    private volatile @Nullable Child child;

    private volatile boolean closed;
    private @Nullable Path library; // guarded by calls; once found it is not checked again

    public TfliteWorker(Settings settings) {
        this.settings = settings;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("tflite-deadline").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Outcome run(Model model, byte[][] rows) {
        Optional<Failed> refusal = Outcome.refusal(model, rows);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return run(HexFormat.of().parseHex(model.id()), model.bytes(), model.outputLength(), rows);
    }

    /**
     * Ends the child to save its memory and wake-ups; a call in progress fails as {@link Cause#STOPPED}. The next call
     * starts a new one.
     */
    public void rest() {
        Child current = child;
        if (current == null) {
            return;
        }
        if (calls.tryLock()) {
            try {
                current.dismiss();
                child = null;
            } finally {
                calls.unlock();
            }
        } else {
            current.kill(Cause.STOPPED);
        }
    }

    /** Ends the child for good; later calls fail as {@link Cause#STOPPED}. */
    @Override
    public void close() {
        closed = true;
        rest(); // ends a call in progress, so that the lock comes free
        calls.lock();
        try {
            Child last = child; // a call may have started one before it saw that we are closed
            if (last != null) {
                last.dismiss();
                child = null;
            }
            deadlines.shutdownNow();
        } finally {
            calls.unlock();
        }
    }

    /** The child's process, if one is running: for metering and for tests. */
    public Optional<ProcessHandle> process() {
        Child current = child;
        return current == null || !current.isAlive() ? Optional.empty() : Optional.of(current.handle());
    }

    /** Also takes bytes that no validator has seen: the child has to survive them, or die alone. */
    Outcome run(byte[] id, byte[] file, int outputLength, byte[][] rows) {
        calls.lock();
        try {
            if (closed) {
                return new Failed(Cause.STOPPED, "the worker is closed");
            }
            Duration limit = settings.callLimit();
            Child current = child;
            if (current == null || !current.isAlive()) {
                current = start();
                limit = limit.plus(settings.startLimit());
            }
            return runIn(current, limit, id, file, outputLength, rows);
        } catch (IOException e) {
            return new Failed(Cause.NOT_AVAILABLE, "no child could be started: " + e.getMessage());
        } finally {
            calls.unlock();
        }
    }

    private Child start() throws IOException {
        Path found = library;
        if (found == null) {
            found = NativeLibrary.in(settings.cacheDirectory().toAbsolutePath());
            library = found;
        }
        // Longer than our own deadline: it is for the child that outlives us.
        long seconds = settings.callLimit().plus(settings.startLimit()).toSeconds() + 5;
        Child started = Child.start(found, (int) seconds, settings.jvmFlags());
        child = started;
        return started;
    }

    private Outcome runIn(Child current, Duration limit, byte[] id, byte[] file, int outputLength, byte[][] rows) {
        // The reads below cannot be interrupted, but a dead child ends them: so the deadline kills.
        ScheduledFuture<?> deadline =
                deadlines.schedule(() -> current.kill(Cause.TIMED_OUT), limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            ByteBuffer reply = current.exchange(runFrame(id, rows));
            if (reply.get(0) == Frames.UNKNOWN) {
                reply = current.exchange(loadFrame(id, file));
                if (reply.get(0) == Frames.LOADED) {
                    reply = current.exchange(runFrame(id, rows));
                }
            }
            return decode(reply, rows.length, outputLength);
        } catch (IOException e) {
            return lost(current, e);
        } finally {
            deadline.cancel(false);
        }
    }

    private Failed lost(Child current, IOException e) {
        child = null;
        Cause cause = current.cause();
        String what = switch (cause) {
            case TIMED_OUT -> "no answer in time";
            case STOPPED -> "stopped during the call";
            case NOT_AVAILABLE -> "the native library does not load";
            default -> "the child ended during the call (" + e + ")";
        };
        return new Failed(cause, what + "; " + current.lastWords());
    }

    private static byte[] runFrame(byte[] id, byte[][] rows) {
        int rowBytes = rows[0].length;
        byte[] frame = frame(Frames.RUN, id, 8 + rows.length * rowBytes);
        ByteBuffer body = ByteBuffer.wrap(frame, FRAME_HEAD_BYTES, frame.length - FRAME_HEAD_BYTES);
        body.putInt(rows.length).putInt(rowBytes);
        for (byte[] row : rows) {
            body.put(row);
        }
        return frame;
    }

    private static byte[] loadFrame(byte[] id, byte[] file) {
        byte[] frame = frame(Frames.LOAD, id, file.length);
        System.arraycopy(file, 0, frame, FRAME_HEAD_BYTES, file.length);
        return frame;
    }

    private static byte[] frame(byte kind, byte[] id, int bodyBytes) {
        byte[] frame = new byte[FRAME_HEAD_BYTES + bodyBytes];
        ByteBuffer.wrap(frame).putInt(frame.length - 4).put(kind).put(id);
        return frame;
    }

    private static Outcome decode(ByteBuffer reply, int rows, int outputLength) throws IOException {
        byte kind = reply.get();
        if (kind == Frames.REFUSED) {
            return new Failed(
                    Cause.REFUSED, StandardCharsets.UTF_8.decode(reply).toString());
        }
        if (kind != Frames.OUTPUTS || reply.remaining() != Long.BYTES + rows * outputLength) {
            throw new IOException("an answer of kind " + kind + " with " + reply.remaining() + " bytes");
        }
        long busyNanos = reply.getLong();
        byte[][] outputs = new byte[rows][outputLength];
        for (byte[] output : outputs) {
            reply.get(output);
        }
        return new Done(outputs, busyNanos);
    }
}
