package sunpeer.inference;

import static sunpeer.inference.Validation.Check.IDENTIFIER;
import static sunpeer.inference.Validation.Check.INDEX;
import static sunpeer.inference.Validation.Check.OPERATOR;
import static sunpeer.inference.Validation.Check.SIZE;
import static sunpeer.inference.Validation.Check.SUBGRAPH;
import static sunpeer.inference.Validation.Check.UNEXPECTED_FIELD;
import static sunpeer.inference.Validation.Check.VERSION;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decides whether a {@code .tflite} file of unknown origin may be run. TFLite's own verifier is not enough: files that
 * pass it can still corrupt the heap of the process that runs them. So this one knows what it allows, and refuses the
 * rest by name, in memory bounded by the file's length, without an exception.
 *
 * <p>Allowed in this version: one subgraph, one int8 input {@code [1, n]}, one int8 output {@code [1, m]}, and between
 * them a chain of FULLY_CONNECTED operators with int8 weights (one scale, or one per output), int32 biases and no or a
 * fused RELU activation. Whatever passes runs bit-identically in TFLite with XNNPACK and in {@link Int8Interpreter}.
 */
public final class ModelValidator {
    /** FULLY_CONNECTED in the schema's BuiltinOperator. */
    static final int FULLY_CONNECTED = 9;
    /** Newest FULLY_CONNECTED of the TFLite we ship. */
    private static final int NEWEST_OPERATOR_VERSION = 12;

    private static final int IDENTIFIER_TFL3 = 'T' | 'F' << 8 | 'L' << 16 | '3' << 24;
    /** Tensors and buffers of the deepest model: three per layer, the input, and a few of metadata. */
    private static final int ENTRIES_MAX = 3 * ModelLimits.LAYERS + 16;

    private ModelValidator() {}

    /** Checks the file; the array is copied and may be reused by the caller. */
    public static Validation validate(byte[] file) {
        try {
            Refusal.unless(file.length >= 8, SIZE, file.length + " bytes are no model");
            Refusal.unless(file.length <= ModelLimits.MODEL_BYTES, SIZE, file.length + " bytes are too many");
            return new Validation.Accepted(read(file.clone()));
        } catch (Refusal refusal) {
            return refusal.toResult();
        }
    }

    private static Model read(byte[] bytes) throws Refusal {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Refusal.unless(file.getInt(4) == IDENTIFIER_TFL3, IDENTIFIER, "not a TFL3 file");
        FlatTable model = FlatTable.root(file, "model").only(0, 1, 2, 3, 4, 5, 6, 7);
        Refusal.unless(model.int32(0, 0) == 3, VERSION, "schema version " + model.int32(0, 0));
        model.checkString(3, "description");
        checkOperatorCodes(model.vector(1, 4, "operator code"));
        FlatTable.Vector buffers = model.vector(4, 4, "buffer");
        checkBuffers(buffers);
        FlatTable.Vector subgraphs = model.vector(2, 4, "subgraph");
        Refusal.unless(subgraphs.count() == 1, SUBGRAPH, subgraphs.count() + " subgraphs");
        MlpGraph graph = new MlpGraph(subgraphs.table(0), buffers, bytes.length);
        checkMetadata(model, buffers.count());
        checkSignatures(model.vectorOrEmpty(7, 4, "signature"), graph);
        return graph.toModel(bytes);
    }

    /** All codes must be allowed, also those no operator uses: TFLite looks each of them up. */
    private static void checkOperatorCodes(FlatTable.Vector codes) throws Refusal {
        Refusal.unless(codes.count() == 1, OPERATOR, codes.count() + " kinds of operator");
        FlatTable code = codes.table(0).only(0, 2, 3);
        // Old files have only the byte; new ones have both, and the larger counts.
        int builtin = Math.max(code.int8(0), code.int32(3, 0));
        Refusal.unless(builtin == FULLY_CONNECTED, OPERATOR, "operator " + builtin + " is not allowed");
        int version = code.int32(2, 1);
        Refusal.unless(version >= 1 && version <= NEWEST_OPERATOR_VERSION, OPERATOR, "operator version " + version);
    }

    private static void checkBuffers(FlatTable.Vector buffers) throws Refusal {
        Refusal.unless(buffers.count() >= 1 && buffers.count() <= ENTRIES_MAX, INDEX, buffers.count() + " buffers");
        for (int i = 0; i < buffers.count(); i++) {
            FlatTable buffer = buffers.table(i).only(0); // fields 1 and 2 point outside the flatbuffer
            Refusal.unless(
                    i > 0 || buffer.vectorOrEmpty(0, 1, "data").count() == 0, INDEX, "buffer 0 must mean no data");
            buffer.vectorOrEmpty(0, 1, "data of buffer " + i);
        }
    }

    private static void checkMetadata(FlatTable model, int buffers) throws Refusal {
        FlatTable.Vector indices = model.vectorOrEmpty(5, 4, "metadata buffer");
        for (int i = 0; i < indices.count(); i++) {
            requireIndex(indices.int32(i), buffers, "metadata buffer");
        }
        FlatTable.Vector metadata = model.vectorOrEmpty(6, 4, "metadata");
        Refusal.unless(metadata.count() <= ENTRIES_MAX, INDEX, metadata.count() + " metadata entries");
        for (int i = 0; i < metadata.count(); i++) {
            FlatTable entry = metadata.table(i).only(0, 1);
            entry.vector(0, 1, "metadata name");
            entry.checkString(0, "metadata name");
            requireIndex(entry.int32(1, 0), buffers, "metadata");
        }
    }

    private static void checkSignatures(FlatTable.Vector signatures, MlpGraph graph) throws Refusal {
        Refusal.unless(signatures.count() <= 1, UNEXPECTED_FIELD, signatures.count() + " signatures");
        if (signatures.count() == 1) {
            FlatTable signature = signatures.table(0).only(0, 1, 2, 4);
            checkSignatureTensors(signature.vector(0, 4, "signature input"), graph.inputTensor());
            checkSignatureTensors(signature.vector(1, 4, "signature output"), graph.outputTensor());
            signature.checkString(2, "signature key");
            requireIndex(signature.int32(4, 0), 1, "signature subgraph");
        }
    }

    private static void checkSignatureTensors(FlatTable.Vector names, int tensor) throws Refusal {
        Refusal.unless(names.count() == 1, INDEX, names.count() + " tensors in a signature");
        FlatTable name = names.table(0).only(0, 1);
        name.vector(0, 1, "signature name");
        name.checkString(0, "signature name");
        Refusal.unless(name.int32(1, 0) == tensor, INDEX, "the signature names another tensor than the graph");
    }

    static void requireIndex(int index, int count, String what) throws Refusal {
        Refusal.unless(index >= 0 && index < count, INDEX, what + " index " + index + " of " + count);
    }

    static int entriesMax() {
        return ENTRIES_MAX;
    }
}
