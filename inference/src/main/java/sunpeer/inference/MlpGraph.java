package sunpeer.inference;

import static sunpeer.inference.Validation.Check.BUFFER;
import static sunpeer.inference.Validation.Check.DATA_FLOW;
import static sunpeer.inference.Validation.Check.INDEX;
import static sunpeer.inference.Validation.Check.OPERATOR;
import static sunpeer.inference.Validation.Check.QUANTISATION;
import static sunpeer.inference.Validation.Check.SHAPE;
import static sunpeer.inference.Validation.Check.SUBGRAPH;
import static sunpeer.inference.Validation.Check.TYPE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Checks the one subgraph of a file and turns it into layers. Confined to one validation. */
final class MlpGraph {
    /** FullyConnectedOptions in the schema's BuiltinOptions union. */
    private static final int FULLY_CONNECTED_OPTIONS = 8;

    private static final int RELU = 1;
    /** From here XNNPACK refuses, and TFLite would fall back to kernels that round differently. */
    private static final float REQUANTISATION_END = 256;
    /** Below this no accumulator reaches one output step, so the layer says nothing. */
    private static final float REQUANTISATION_MIN = 0x1p-32f;
    /** Tool chains multiply in float or double; the bias scale is implied anyway. */
    private static final float BIAS_SCALE_TOLERANCE = 1e-3f;

    private final List<TensorSpec> tensors = new ArrayList<>();
    private final boolean[] used;
    private final int fileBytes;
    private final List<Layer> layers = new ArrayList<>();
    private final int inputTensor;
    private final int outputTensor;
    /** Never more than the file: otherwise small files could unfold to large models. */
    private long constantBytes;

    MlpGraph(FlatTable graph, FlatTable.Vector buffers, int fileBytes) throws Refusal {
        this.fileBytes = fileBytes;
        graph.only(0, 1, 2, 3, 4).checkString(4, "subgraph name");
        FlatTable.Vector tables = graph.vector(0, 4, "tensor");
        int limit = ModelValidator.entriesMax();
        Refusal.unless(tables.count() <= limit, INDEX, tables.count() + " tensors, allowed are " + limit);
        for (int i = 0; i < tables.count(); i++) {
            tensors.add(TensorSpec.read(tables.table(i), "tensor " + i, buffers));
        }
        used = new boolean[tensors.size()];
        inputTensor = single(graph.vector(1, 4, "graph input"), SUBGRAPH);
        outputTensor = single(graph.vector(2, 4, "graph output"), SUBGRAPH);
        checkActivation(inputTensor);
        FlatTable.Vector operators = graph.vector(3, 4, "operator");
        Refusal.unless(
                operators.count() >= 1 && operators.count() <= ModelLimits.LAYERS,
                SUBGRAPH,
                operators.count() + " operators");
        int last = inputTensor;
        for (int i = 0; i < operators.count(); i++) {
            last = addLayer(operators.table(i), last);
        }
        Refusal.unless(last == outputTensor, DATA_FLOW, "the last operator does not write the graph output");
        for (int i = 0; i < used.length; i++) {
            Refusal.unless(used[i], DATA_FLOW, "tensor " + i + " is not used");
        }
    }

    int inputTensor() {
        return inputTensor;
    }

    int outputTensor() {
        return outputTensor;
    }

    Model toModel(byte[] bytes) {
        return new Model(
                bytes,
                tensors.get(inputTensor).activation(),
                tensors.get(outputTensor).activation(),
                layers);
    }

    /** Each operator must read what the one before it wrote, which also rules out cycles and late writes. */
    private int addLayer(FlatTable operator, int previous) throws Refusal {
        operator.only(0, 1, 2, 3, 4);
        ModelValidator.requireIndex(operator.int32(0, 0), 1, "operator code");
        boolean relu = readFusedRelu(operator);
        FlatTable.Vector inputs = operator.vector(1, 4, "operator input");
        Refusal.unless(inputs.count() == 3, OPERATOR, inputs.count() + " operator inputs instead of 3");
        Refusal.unless(inputs.int32(0) == previous, DATA_FLOW, "operators do not form a chain");
        TensorSpec weights = constant(inputs.int32(1), TensorSpec.INT8);
        TensorSpec bias = constant(inputs.int32(2), TensorSpec.INT32);
        TensorSpec in = tensors.get(previous);
        int next = single(operator.vector(2, 4, "operator output"), OPERATOR);
        checkActivation(next);
        TensorSpec out = tensors.get(next);
        Refusal.unless(
                weights.shape().length == 2
                        && bias.shape().length == 1
                        && weights.shape()[1] == in.width()
                        && weights.shape()[0] == out.width()
                        && bias.shape()[0] == out.width(),
                SHAPE,
                weights.name() + " does not fit between its activations");
        checkScales(in, weights, bias, out);
        byte[] values = weights.data().bytes();
        for (byte value : values) {
            // Some kernels add two products in 16 bits, which only −128·−128 twice overflows.
            Refusal.unless(value != Byte.MIN_VALUE, QUANTISATION, weights.name() + " has a weight of -128");
        }
        layers.add(new Layer(
                values, int32s(bias.data().bytes()), weights.scales(), in.activation(), out.activation(), relu));
        return next;
    }

    private static boolean readFusedRelu(FlatTable operator) throws Refusal {
        Refusal.unless(operator.int8(3) == FULLY_CONNECTED_OPTIONS, OPERATOR, "options of another operator");
        FlatTable options = operator.table(4, "options").only(0, 1, 2, 3, 4);
        int activation = options.int8(0);
        Refusal.unless(activation == 0 || activation == RELU, OPERATOR, "fused activation " + activation);
        Refusal.unless(options.int8(1) == 0, OPERATOR, "shuffled weights");
        // For float inputs only: a file that asks for it is not the int8 model it pretends to be.
        Refusal.unless(options.int8(3) == 0, OPERATOR, "asymmetric quantisation of inputs");
        int biasType = options.int8(4);
        Refusal.unless(biasType == 0 || biasType == TensorSpec.INT32, OPERATOR, "bias type " + biasType);
        return activation == RELU;
    }

    private static void checkScales(TensorSpec in, TensorSpec weights, TensorSpec bias, TensorSpec out) throws Refusal {
        weights.requireSymmetric();
        bias.requireSymmetric();
        float[] weightScales = weights.scales();
        float[] biasScales = bias.scales();
        Refusal.unless(
                weightScales.length == biasScales.length
                        && (weightScales.length == 1 || weightScales.length == out.width()),
                QUANTISATION,
                weights.name() + " has " + weightScales.length + " scales, its bias " + biasScales.length);
        for (int o = 0; o < weightScales.length; o++) {
            float product = in.activation().scale() * weightScales[o];
            Refusal.unless(
                    Math.abs(product - biasScales[o]) <= BIAS_SCALE_TOLERANCE * product,
                    QUANTISATION,
                    bias.name() + " scale is not input scale times weight scale");
            float ratio = Layer.requantisation(
                    in.activation().scale(), weightScales[o], out.activation().scale());
            Refusal.unless(
                    ratio >= REQUANTISATION_MIN && ratio < REQUANTISATION_END,
                    QUANTISATION,
                    weights.name() + " needs a requantisation of " + ratio);
        }
    }

    private void checkActivation(int index) throws Refusal {
        TensorSpec tensor = claim(index);
        Refusal.unless(tensor.type() == TensorSpec.INT8, TYPE, tensor.name() + " has type " + tensor.type());
        Refusal.unless(tensor.data().count() == 0, BUFFER, tensor.name() + " is an activation with constant data");
        int[] shape = tensor.shape();
        Refusal.unless(
                shape.length == 2 && shape[0] == 1, SHAPE, tensor.name() + " is not a single row of values [1, n]");
        Refusal.unless(tensor.scales().length == 1, QUANTISATION, tensor.name() + " has not one scale");
    }

    private TensorSpec constant(int index, int type) throws Refusal {
        TensorSpec tensor = claim(index);
        Refusal.unless(tensor.type() == type, TYPE, tensor.name() + " has type " + tensor.type() + ", not " + type);
        Refusal.unless(
                tensor.data().count() == tensor.byteSize(),
                BUFFER,
                tensor.name() + " has " + tensor.data().count() + " bytes of " + tensor.byteSize());
        constantBytes += tensor.byteSize();
        Refusal.unless(constantBytes <= fileBytes, BUFFER, "tensors share their data");
        return tensor;
    }

    /** Every tensor has exactly one place in the chain. */
    private TensorSpec claim(int index) throws Refusal {
        ModelValidator.requireIndex(index, used.length, "tensor");
        Refusal.unless(!used[index], DATA_FLOW, "tensor " + index + " is used twice");
        used[index] = true;
        return tensors.get(index);
    }

    private static int single(FlatTable.Vector indices, Validation.Check check) throws Refusal {
        Refusal.unless(indices.count() == 1, check, indices.count() + " tensors where one is expected");
        return indices.int32(0);
    }

    private static int[] int32s(byte[] data) {
        int[] values = new int[data.length / 4];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }
}
