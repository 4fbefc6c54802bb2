package sunpeer.inference.training;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import sunpeer.inference.Quantisation;

/**
 * Writes a chain of int8 fully connected layers as a {@code .tflite} file, schema version 3, without generated classes:
 * the numbers are field ids of the public schema. The same layers give the same bytes.
 */
final class TfliteWriter {
    private static final byte INT32 = 2;
    private static final byte INT8 = 9;
    private static final byte FULLY_CONNECTED = 9;
    private static final byte FULLY_CONNECTED_OPTIONS = 8;
    /** The first version with one scale per output, as converters write it. */
    private static final int OPERATOR_VERSION = 12;

    /** XNNPACK reads weights in place and in vectors. */
    private static final int DATA_ALIGNMENT = 16;

    /**
     * One layer.
     *
     * @param weights {@code [outputs][inputs]}
     * @param bias {@code [outputs]} in units of input scale times weight scale
     * @param scales {@code [outputs]} of the weights
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from the quantiser to the writer, never compared
    record QuantisedLayer(
            byte[] weights, int[] bias, float[] scales, Quantisation input, Quantisation output, boolean relu) {
        int outputs() {
            return bias.length;
        }

        int inputs() {
            return weights.length / bias.length;
        }
    }

    private final FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    private final List<QuantisedLayer> layers;
    private final int[] tensors;
    private final int[] buffers;

    private TfliteWriter(List<QuantisedLayer> layers) {
        this.layers = layers;
        this.tensors = new int[3 * layers.size() + 1];
        this.buffers = new int[2 * layers.size() + 1]; // 0 is the empty one
    }

    static byte[] write(List<QuantisedLayer> layers) {
        return new TfliteWriter(layers).write();
    }

    /** Tensors: 0 is the input; layer l has weights 3l+1, bias 3l+2 and output 3l+3. */
    private byte[] write() {
        buffers[0] = table(1, new int[0], new int[0]);
        QuantisedLayer first = layers.getFirst();
        tensors[0] = activation("input", first.inputs(), first.input());
        int[] operators = new int[layers.size()];
        for (int l = 0; l < layers.size(); l++) {
            writeConstants(l);
            QuantisedLayer layer = layers.get(l);
            boolean last = l == layers.size() - 1;
            tensors[3 * l + 3] = activation(last ? "output" : "hidden" + l, layer.outputs(), layer.output());
            operators[l] = operator(3 * l, layer.relu());
        }
        int subgraph = subgraph(operators);
        builder.startTable(4);
        builder.addByte(0, FULLY_CONNECTED, 0);
        builder.addInt(2, OPERATOR_VERSION, 1);
        builder.addInt(3, FULLY_CONNECTED, 0);
        int codes = builder.createVectorOfTables(new int[] {builder.endTable()});
        int subgraphs = builder.createVectorOfTables(new int[] {subgraph});
        int allBuffers = builder.createVectorOfTables(buffers);
        int description = builder.createString("sunpeer");
        builder.startTable(5);
        builder.addInt(0, 3, 0);
        builder.addOffset(1, codes, 0);
        builder.addOffset(2, subgraphs, 0);
        builder.addOffset(3, description, 0);
        builder.addOffset(4, allBuffers, 0);
        builder.finish(builder.endTable(), "TFL3");
        return builder.sizedByteArray();
    }

    private void writeConstants(int l) {
        QuantisedLayer layer = layers.get(l);
        int outputs = layer.outputs();
        float[] biasScales = new float[outputs];
        ByteBuffer bias = ByteBuffer.allocate(4 * outputs).order(ByteOrder.LITTLE_ENDIAN);
        for (int o = 0; o < outputs; o++) {
            biasScales[o] = layer.input().scale() * layer.scales()[o];
            bias.putInt(layer.bias()[o]);
        }
        buffers[2 * l + 1] = buffer(layer.weights());
        buffers[2 * l + 2] = buffer(bias.array());
        int[] shape = {outputs, layer.inputs()};
        tensors[3 * l + 1] = tensor("weights" + l, shape, INT8, 2 * l + 1, layer.scales(), 0);
        tensors[3 * l + 2] = tensor("bias" + l, new int[] {outputs}, INT32, 2 * l + 2, biasScales, 0);
    }

    private int subgraph(int[] operators) {
        int tensorVector = builder.createVectorOfTables(tensors);
        int inputs = ints(0);
        int outputs = ints(tensors.length - 1);
        int operatorVector = builder.createVectorOfTables(operators);
        int name = builder.createString("main");
        return table(5, new int[] {0, 1, 2, 3, 4}, new int[] {tensorVector, inputs, outputs, operatorVector, name});
    }

    private int operator(int input, boolean relu) {
        int inputs = ints(input, input + 1, input + 2);
        int outputs = ints(input + 3);
        builder.startTable(1);
        builder.addByte(0, (byte) (relu ? 1 : 0), 0);
        int options = builder.endTable();
        builder.startTable(5);
        builder.addOffset(1, inputs, 0);
        builder.addOffset(2, outputs, 0);
        builder.addByte(3, FULLY_CONNECTED_OPTIONS, 0);
        builder.addOffset(4, options, 0);
        return builder.endTable();
    }

    private int activation(String name, int width, Quantisation quantisation) {
        float[] scale = {quantisation.scale()};
        return tensor(name, new int[] {1, width}, INT8, 0, scale, quantisation.zeroPoint());
    }

    private int tensor(String name, int[] shape, byte type, int buffer, float[] scales, int zeroPoint) {
        builder.startVector(4, scales.length, 4);
        for (int i = scales.length - 1; i >= 0; i--) {
            builder.addFloat(scales[i]);
        }
        int scaleVector = builder.endVector();
        builder.startVector(8, scales.length, 8);
        for (int i = 0; i < scales.length; i++) {
            builder.addLong(zeroPoint);
        }
        int zeroVector = builder.endVector();
        int quantisation = table(4, new int[] {2, 3}, new int[] {scaleVector, zeroVector});
        int shapeVector = ints(shape);
        int nameString = builder.createString(name);
        builder.startTable(5);
        builder.addOffset(0, shapeVector, 0);
        builder.addByte(1, type, 0);
        builder.addInt(2, buffer, 0);
        builder.addOffset(3, nameString, 0);
        builder.addOffset(4, quantisation, 0);
        return builder.endTable();
    }

    private int buffer(byte[] data) {
        builder.startVector(1, data.length, DATA_ALIGNMENT);
        for (int i = data.length - 1; i >= 0; i--) {
            builder.addByte(data[i]);
        }
        return table(1, new int[] {0}, new int[] {builder.endVector()});
    }

    private int table(int fields, int[] ids, int[] offsets) {
        builder.startTable(fields);
        for (int i = 0; i < ids.length; i++) {
            builder.addOffset(ids[i], offsets[i], 0);
        }
        return builder.endTable();
    }

    private int ints(int... values) {
        builder.startVector(4, values.length, 4);
        for (int i = values.length - 1; i >= 0; i--) {
            builder.addInt(values[i]);
        }
        return builder.endVector();
    }
}
