package sunpeer.inference.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The part of TFLite's C API that the child needs, and two calls of libc. Confined to the child's main thread; the
 * library stays loaded until the process ends.
 *
 * <p>Every function is called with one shape, two 64-bit integers in and one out. All of them take at most two integers
 * or pointers, which on x86-64 and arm64 travel in registers, so a missing argument, an int in place of a long and an
 * ignored result are harmless; and each further shape would cost the child more classes to generate at start.
 */
final class Tflite {
    private final MethodHandle call;
    private final MemorySegment modelCreate;
    private final MemorySegment modelDelete;
    private final MemorySegment optionsCreate;
    private final MemorySegment optionsDelete;
    private final MemorySegment optionsSetThreads;
    private final MemorySegment optionsAddDelegate;
    private final MemorySegment delegateCreate;
    private final MemorySegment delegateDelete;
    private final MemorySegment interpreterCreate;
    private final MemorySegment interpreterDelete;
    private final MemorySegment allocateTensors;
    private final MemorySegment inputTensor;
    private final MemorySegment outputTensor;
    private final MemorySegment tensorData;
    private final MemorySegment tensorByteSize;
    private final MemorySegment invoke;
    private final MemorySegment alarm;
    private final MemorySegment nice;

    /** @throws IllegalArgumentException if the library or one of its functions cannot be loaded */
    Tflite(Path library) {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
        call = linker.downcallHandle(FunctionDescriptor.of(word, word, word));
        SymbolLookup tflite = SymbolLookup.libraryLookup(library, Arena.global());
        modelCreate = find(tflite, "TfLiteModelCreate");
        modelDelete = find(tflite, "TfLiteModelDelete");
        optionsCreate = find(tflite, "TfLiteInterpreterOptionsCreate");
        optionsDelete = find(tflite, "TfLiteInterpreterOptionsDelete");
        optionsSetThreads = find(tflite, "TfLiteInterpreterOptionsSetNumThreads");
        optionsAddDelegate = find(tflite, "TfLiteInterpreterOptionsAddDelegate");
        delegateCreate = find(tflite, "TfLiteXNNPackDelegateCreate");
        delegateDelete = find(tflite, "TfLiteXNNPackDelegateDelete");
        interpreterCreate = find(tflite, "TfLiteInterpreterCreate");
        interpreterDelete = find(tflite, "TfLiteInterpreterDelete");
        allocateTensors = find(tflite, "TfLiteInterpreterAllocateTensors");
        inputTensor = find(tflite, "TfLiteInterpreterGetInputTensor");
        outputTensor = find(tflite, "TfLiteInterpreterGetOutputTensor");
        tensorData = find(tflite, "TfLiteTensorData");
        tensorByteSize = find(tflite, "TfLiteTensorByteSize");
        invoke = find(tflite, "TfLiteInterpreterInvoke");
        SymbolLookup libc = linker.defaultLookup();
        alarm = find(libc, "alarm");
        nice = find(libc, "nice");
    }

    /** Verifies the flatbuffer; the segment must outlive the model. 0 if refused, with the reason on stderr. */
    long modelCreate(MemorySegment file) {
        return call(modelCreate, file.address(), file.byteSize());
    }

    void modelDelete(long model) {
        call(modelDelete, model, 0);
    }

    long optionsCreate() {
        return call(optionsCreate, 0, 0);
    }

    void optionsDelete(long options) {
        call(optionsDelete, options, 0);
    }

    void optionsSetThreads(long options, int threads) {
        call(optionsSetThreads, options, threads);
    }

    void optionsAddDelegate(long options, long delegate) {
        call(optionsAddDelegate, options, delegate);
    }

    /** XNNPACK with its default options, which are: no threads of its own. The C API does not add it by itself. */
    long delegateCreate() {
        return call(delegateCreate, 0, 0);
    }

    void delegateDelete(long delegate) {
        call(delegateDelete, delegate, 0);
    }

    /** 0 if refused. */
    long interpreterCreate(long model, long options) {
        return call(interpreterCreate, model, options);
    }

    void interpreterDelete(long interpreter) {
        call(interpreterDelete, interpreter, 0);
    }

    /** TfLiteStatus, 0 is good. */
    int allocateTensors(long interpreter) {
        return (int) call(allocateTensors, interpreter, 0);
    }

    /** TfLiteStatus, 0 is good. */
    int invoke(long interpreter) {
        return (int) call(invoke, interpreter, 0);
    }

    /** The bytes of input 0; valid until tensors are allocated again. */
    MemorySegment input(long interpreter) {
        return bytesOf(call(inputTensor, interpreter, 0));
    }

    /** The bytes of output 0; valid until the next call on this interpreter. */
    MemorySegment output(long interpreter) {
        return bytesOf(call(outputTensor, interpreter, 0));
    }

    /** The kernel ends this process after so many seconds, whatever hangs; 0 takes the order back. */
    void endProcessAfter(int seconds) {
        call(alarm, seconds, 0);
    }

    /** Lets everything else on the machine go first. On Linux this is a property of the calling thread. */
    void beNice(int steps) {
        call(nice, steps, 0);
    }

    private MemorySegment bytesOf(long tensor) {
        long address = call(tensorData, tensor, 0);
        return MemorySegment.ofAddress(address).reinterpret(call(tensorByteSize, tensor, 0));
    }

    private long call(MemorySegment function, long first, long second) {
        try {
            return (long) call.invokeExact(function, first, second);
        } catch (Throwable impossible) { // a C function throws nothing
            throw new IllegalStateException(impossible);
        }
    }

    private static MemorySegment find(SymbolLookup lookup, String name) {
        return lookup.findOrThrow(name);
    }
}
