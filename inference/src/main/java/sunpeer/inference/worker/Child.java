package sunpeer.inference.worker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sunpeer.inference.Outcome.Cause;

/** One child process as the parent sees it. {@link #exchange} is for one thread at a time, the rest for any. */
final class Child {
    /** Small and quick to start: no second compiler, no parallel collector, no shared memory file. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xms4m",
            "-Xmx32m",
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisplayVMOutputToStderr", // standard output is for frames
            "-XX:ErrorFile=/dev/null",
            "-XX:-CreateCoredumpOnCrash",
            "--enable-native-access=ALL-UNNAMED");

    private static final int COMPLAINT_BYTES = 2048;
    /** For the exit code and the last words of a child that is already ending. */
    private static final int LAST_WORDS_MILLIS = 500;

    private static final byte[] LOST = "(standard error lost)".getBytes(StandardCharsets.UTF_8);

    private final Process process;
    private final DataInputStream replies;
    private final OutputStream requests;
    private final Thread listener;
    private final AtomicReference<@Nullable Cause> killedFor = new AtomicReference<>();
    private final byte[] complaint = new byte[COMPLAINT_BYTES]; // guarded by itself, the newest bytes
    private int complaintLength; // guarded by complaint

    private Child(Process process) {
        this.process = process;
        this.replies = new DataInputStream(process.getInputStream());
        this.requests = process.getOutputStream();
        this.listener = Thread.ofPlatform().daemon().name("tflite-complaints").unstarted(this::listen);
        listener.start();
    }

    static Child start(Path library, int callSeconds, List<String> extraFlags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(extraFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        command.addAll(List.of(library.toString(), Integer.toString(callSeconds)));
        ProcessBuilder builder = new ProcessBuilder(command);
        // The child needs nothing of ours, secrets least of all. One malloc arena saves some megabytes.
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("MALLOC_ARENA_MAX", "1");
        return new Child(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Sends a request frame and waits for the reply, for as long as the child lives: deadlines are kept by killing it.
     *
     * @return kind and body of the reply
     */
    ByteBuffer exchange(byte[] frame) throws IOException {
        requests.write(frame);
        requests.flush();
        int length = replies.readInt();
        if (length < 1 || length > Frames.FRAME_BYTES_MAX) {
            throw new IOException("a reply of " + length + " bytes");
        }
        byte[] reply = new byte[length];
        replies.readFully(reply);
        return ByteBuffer.wrap(reply);
    }

    /** Ends the child. The first cause given is the one that counts. */
    void kill(Cause cause) {
        killedFor.compareAndSet(null, cause);
        // Not Process.destroyForcibly: it closes the streams, and the last words with them.
        process.toHandle().destroyForcibly();
    }

    /** Lets the child end by itself, as it does when its input ends. */
    void dismiss() {
        killedFor.compareAndSet(null, Cause.STOPPED);
        try {
            requests.close();
            if (!process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                kill(Cause.STOPPED);
            }
        } catch (IOException e) {
            kill(Cause.STOPPED);
        } catch (InterruptedException e) {
            kill(Cause.STOPPED);
            Thread.currentThread().interrupt();
        }
    }

    /** Why the child is gone; kills it if it is not. */
    Cause cause() {
        int exit = exitCode();
        Cause cause = killedFor.get();
        if (cause != null && cause != Cause.CHILD_CRASHED) {
            return cause;
        }
        return exit == Frames.EXIT_NO_LIBRARY ? Cause.NOT_AVAILABLE : Cause.CHILD_CRASHED;
    }

    /** The exit code and the newest of what the child wrote to standard error. */
    String lastWords() {
        int exit = exitCode();
        try {
            listener.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (complaint) {
            String text = new String(complaint, 0, complaintLength, StandardCharsets.UTF_8).strip();
            return "child exit " + exit + (text.isEmpty() ? "" : ": " + text);
        }
    }

    private int exitCode() {
        try {
            if (!process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                kill(Cause.CHILD_CRASHED); // it closed its output or garbled it, but runs on
                process.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            kill(Cause.CHILD_CRASHED);
            Thread.currentThread().interrupt();
        }
        return process.isAlive() ? -1 : process.exitValue();
    }

    private void listen() {
        byte[] block = new byte[512];
        try (InputStream errors = process.getErrorStream()) {
            for (int n = errors.read(block); n >= 0; n = errors.read(block)) {
                keep(block, n);
            }
        } catch (IOException e) {
            keep(LOST, LOST.length); // the child is gone; what it said until now is what there is
        }
    }

    private void keep(byte[] block, int length) {
        synchronized (complaint) {
            int overflow = Math.max(0, complaintLength + length - COMPLAINT_BYTES);
            System.arraycopy(complaint, overflow, complaint, 0, complaintLength - overflow);
            System.arraycopy(block, 0, complaint, complaintLength - overflow, length);
            complaintLength = complaintLength - overflow + length;
        }
    }
}
