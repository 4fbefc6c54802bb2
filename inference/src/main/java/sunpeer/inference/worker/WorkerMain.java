package sunpeer.inference.worker;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The child process: reads a request, answers it, until its input ends. One thread, no logging, few classes. Standard
 * output carries frames and nothing else; complaints go to standard error.
 */
public final class WorkerMain {
    /** Small models of a handful of peers; the oldest goes first. */
    private static final int MODELS_HELD = 4;

    private static final int NICE = 10;
    /** Length and kind. */
    private static final int FRAME_HEAD_BYTES = 4 + 1;

    private final Tflite tflite;
    private final int callSeconds;
    private final OutputStream replies;
    private final byte[][] ids = new byte[MODELS_HELD][];
    private final @Nullable LoadedModel[] models = new @Nullable LoadedModel[MODELS_HELD];
    private int next;

    private WorkerMain(Tflite tflite, int callSeconds, OutputStream replies) {
        this.tflite = tflite;
        this.callSeconds = callSeconds;
        this.replies = replies;
        Arrays.fill(ids, new byte[0]);
    }

    /** @param args the native library's path, and after how many seconds a hanging call ends the process */
    public static void main(String[] args) throws IOException {
        System.setOut(System.err); // whoever prints must not garble the frames
        Tflite tflite;
        try {
            tflite = new Tflite(Path.of(args[0]));
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(Frames.EXIT_NO_LIBRARY);
            return;
        }
        tflite.beNice(NICE);
        new WorkerMain(tflite, Integer.parseInt(args[1]), new FileOutputStream(FileDescriptor.out)).serve();
    }

    private void serve() throws IOException {
        DataInputStream requests = new DataInputStream(new FileInputStream(FileDescriptor.in));
        byte[] head = new byte[4];
        while (requests.readNBytes(head, 0, 4) == 4) {
            byte[] request = new byte[ByteBuffer.wrap(head).getInt()];
            requests.readFully(request);
            // The parent kills a hanging child. If the parent is dead too, this is what ends the hang.
            tflite.endProcessAfter(callSeconds);
            answer(request);
            tflite.endProcessAfter(0);
        }
    }

    private void answer(byte[] request) throws IOException {
        byte[] id = Arrays.copyOfRange(request, 1, 1 + Frames.ID_BYTES);
        try {
            if (request[0] == Frames.LOAD) {
                load(id, request);
                replies.write(frame(Frames.LOADED, 0));
            } else {
                run(id, request);
            }
        } catch (LoadedModel.Refused refused) {
            byte[] reason = refused.reason().getBytes(StandardCharsets.UTF_8);
            byte[] reply = frame(Frames.REFUSED, reason.length);
            System.arraycopy(reason, 0, reply, FRAME_HEAD_BYTES, reason.length);
            replies.write(reply);
        }
    }

    private void load(byte[] id, byte[] request) throws LoadedModel.Refused {
        LoadedModel oldest = models[next];
        if (oldest != null) {
            oldest.close();
            models[next] = null;
            ids[next] = new byte[0];
        }
        models[next] = LoadedModel.load(tflite, request, 1 + Frames.ID_BYTES);
        ids[next] = id;
        next = (next + 1) % MODELS_HELD;
    }

    private void run(byte[] id, byte[] request) throws IOException, LoadedModel.Refused {
        LoadedModel model = held(id);
        if (model == null) {
            replies.write(frame(Frames.UNKNOWN, 0));
            return;
        }
        ByteBuffer body = ByteBuffer.wrap(request).position(1 + Frames.ID_BYTES);
        int rows = body.getInt();
        int rowBytes = body.getInt();
        byte[] reply = frame(Frames.OUTPUTS, Long.BYTES + rows * model.outputBytes());
        // Not the wall clock: this is the work that is paid for, measured where it is done.
        long start = System.nanoTime();
        model.run(request, body.position(), rowBytes, reply, FRAME_HEAD_BYTES + Long.BYTES);
        ByteBuffer.wrap(reply).putLong(FRAME_HEAD_BYTES, System.nanoTime() - start);
        replies.write(reply);
    }

    private @Nullable LoadedModel held(byte[] id) {
        for (int i = 0; i < MODELS_HELD; i++) {
            if (Arrays.equals(ids[i], id)) {
                return models[i];
            }
        }
        return null;
    }

    private static byte[] frame(byte kind, int bodyBytes) {
        byte[] frame = new byte[FRAME_HEAD_BYTES + bodyBytes];
        ByteBuffer.wrap(frame).putInt(1 + bodyBytes).put(kind);
        return frame;
    }
}
