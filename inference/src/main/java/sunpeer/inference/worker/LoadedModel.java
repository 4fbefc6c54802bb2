package sunpeer.inference.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A model ready to run in the child. Confined to the child's main thread. */
final class LoadedModel implements AutoCloseable {
    private final Tflite tflite;
    private final Arena arena = Arena.ofConfined();
    private long model;
    private long options;
    private long delegate;
    private long interpreter;

    private LoadedModel(Tflite tflite) {
        this.tflite = tflite;
    }

    /**
     * Loads the file in {@code frame[offset…length)}.
     *
     * @throws Refused if TFLite does not take it
     */
    static LoadedModel load(Tflite tflite, byte[] frame, int offset) throws Refused {
        LoadedModel loaded = new LoadedModel(tflite);
        try {
            loaded.create(frame, offset);
            return loaded;
        } catch (Refused refused) {
            loaded.close();
            throw refused;
        }
    }

    private void create(byte[] frame, int offset) throws Refused {
        int length = frame.length - offset;
        MemorySegment file = arena.allocate(length, 64); // TFLite reads weights in place, XNNPACK likes them aligned
        MemorySegment.copy(frame, offset, file, ValueLayout.JAVA_BYTE, 0, length);
        model = tflite.modelCreate(file);
        require(model != 0, "TFLite's verifier refuses the file");
        options = tflite.optionsCreate();
        tflite.optionsSetThreads(options, 1);
        delegate = tflite.delegateCreate();
        require(delegate != 0, "no XNNPACK delegate");
        tflite.optionsAddDelegate(options, delegate);
        interpreter = tflite.interpreterCreate(model, options);
        require(interpreter != 0, "TFLite builds no interpreter for the model");
        require(tflite.allocateTensors(interpreter) == 0, "TFLite cannot allocate the tensors");
    }

    /**
     * Runs rows one by one.
     *
     * @param source holds rows of {@code rowBytes} from {@code from} to its end
     * @param target takes the outputs from {@code to}
     * @throws Refused if the row does not fit the model or the run fails
     */
    void run(byte[] source, int from, int rowBytes, byte[] target, int to) throws Refused {
        MemorySegment input = tflite.input(interpreter);
        require(input.byteSize() == rowBytes, "the row does not fit the model's input");
        int outputBytes = outputBytes();
        int write = to;
        for (int read = from; read < source.length; read += rowBytes) {
            MemorySegment.copy(source, read, input, ValueLayout.JAVA_BYTE, 0, rowBytes);
            require(tflite.invoke(interpreter) == 0, "TFLite's run failed");
            MemorySegment.copy(tflite.output(interpreter), ValueLayout.JAVA_BYTE, 0, target, write, outputBytes);
            write += outputBytes;
        }
    }

    int outputBytes() {
        return (int) tflite.output(interpreter).byteSize();
    }

    @Override
    public void close() {
        // The model's bytes must be freed last, and the delegate after the interpreter that runs on it.
        if (interpreter != 0) {
            tflite.interpreterDelete(interpreter);
        }
        if (delegate != 0) {
            tflite.delegateDelete(delegate);
        }
        if (options != 0) {
            tflite.optionsDelete(options);
        }
        if (model != 0) {
            tflite.modelDelete(model);
        }
        arena.close();
    }

    private static void require(boolean holds, String reason) throws Refused {
        if (!holds) {
            throw new Refused(reason);
        }
    }

    /** TFLite said no; the child lives on. */
    static final class Refused extends Exception {
        private final String reason;

        Refused(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
