package sunpeer.inference;

import static sunpeer.inference.Validation.Check.QUANTISATION;
import static sunpeer.inference.Validation.Check.SHAPE;
import static sunpeer.inference.Validation.Check.TYPE;
import static sunpeer.inference.Validation.Check.UNEXPECTED_FIELD;

/**
 * One tensor of a file after the checks that hold wherever it is used. Confined to one validation.
 *
 * @param type TensorType of the schema, {@link #INT8} or {@link #INT32}
 * @param shape one or two dimensions, each 1 to {@link ModelLimits#LAYER_WIDTH}
 * @param data the constant bytes, not yet copied; empty for an activation
 * @param scales at least one, normal and positive
 * @param zeroPoints as many as scales
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the validator
record TensorSpec(String name, int type, int[] shape, FlatTable.Vector data, float[] scales, long[] zeroPoints) {
    static final int INT32 = 2;
    static final int INT8 = 9;

    static TensorSpec read(FlatTable table, String name, FlatTable.Vector buffers) throws Refusal {
        table.only(0, 1, 2, 3, 4, 5, 7, 8).checkString(3, name + " name");
        int type = table.int8(1);
        Refusal.unless(type == INT8 || type == INT32, TYPE, name + " has type " + type);
        Refusal.unless(table.int8(5) == 0, UNEXPECTED_FIELD, name + " is a state variable");
        int[] shape = readShape(table, name);
        int buffer = table.int32(2, 0);
        ModelValidator.requireIndex(buffer, buffers.count(), name + " buffer");
        FlatTable.Vector data = buffers.table(buffer).vectorOrEmpty(0, 1, name + " data");
        FlatTable quantisation = table.table(4, name + " quantisation").only(0, 1, 2, 3, 4, 6);
        // 0 and 1 are the range seen in training, of no effect; 4 is a type tag that must stay "none".
        quantisation.vectorOrEmpty(0, 4, name + " minimum");
        quantisation.vectorOrEmpty(1, 4, name + " maximum");
        Refusal.unless(quantisation.int8(4) == 0, UNEXPECTED_FIELD, name + " has a custom quantisation");
        Refusal.unless(quantisation.int32(6, 0) == 0, QUANTISATION, name + " is not quantised along dimension 0");
        return readScales(quantisation, new TensorSpec(name, type, shape, data, new float[0], new long[0]));
    }

    private static int[] readShape(FlatTable table, String name) throws Refusal {
        FlatTable.Vector dimensions = table.vector(0, 4, name + " shape");
        Refusal.unless(dimensions.count() == 1 || dimensions.count() == 2, SHAPE, name + " has no usable rank");
        int[] shape = new int[dimensions.count()];
        FlatTable.Vector signature = table.vectorOrEmpty(7, 4, name + " shape signature");
        Refusal.unless(
                signature.count() == 0 || signature.count() == shape.length,
                SHAPE,
                name + " has a shape signature of another rank");
        for (int d = 0; d < shape.length; d++) {
            shape[d] = dimensions.int32(d);
            Refusal.unless(
                    shape[d] >= 1 && shape[d] <= ModelLimits.LAYER_WIDTH, SHAPE, name + " has dimension " + shape[d]);
            boolean open = d == 0 && shape[0] == 1; // the batch, which stays at one row
            Refusal.unless(
                    signature.count() == 0 || signature.int32(d) == shape[d] || (open && signature.int32(d) == -1),
                    SHAPE,
                    name + " has a shape signature that contradicts its shape");
        }
        return shape;
    }

    private static TensorSpec readScales(FlatTable quantisation, TensorSpec tensor) throws Refusal {
        FlatTable.Vector scales = quantisation.vector(2, 4, tensor.name + " scale");
        FlatTable.Vector zeroPoints = quantisation.vectorOrEmpty(3, 8, tensor.name + " zero point");
        int count = scales.count();
        Refusal.unless(
                (count == 1 || count == tensor.shape[0]) && zeroPoints.count() == count,
                QUANTISATION,
                tensor.name + " has " + count + " scales and " + zeroPoints.count() + " zero points");
        float[] scaleValues = new float[count];
        long[] zeroValues = new long[count];
        for (int i = 0; i < count; i++) {
            scaleValues[i] = scales.float32(i);
            zeroValues[i] = zeroPoints.int64(i);
            Refusal.unless(
                    scaleValues[i] >= Float.MIN_NORMAL && scaleValues[i] <= Float.MAX_VALUE,
                    QUANTISATION,
                    tensor.name + " has scale " + scaleValues[i]);
            Refusal.unless(
                    zeroValues[i] >= Byte.MIN_VALUE && zeroValues[i] <= Byte.MAX_VALUE,
                    QUANTISATION,
                    tensor.name + " has zero point " + zeroValues[i]);
        }
        return new TensorSpec(tensor.name, tensor.type, tensor.shape, tensor.data, scaleValues, zeroValues);
    }

    /** Weights and biases stand around zero; XNNPACK knows nothing else. */
    void requireSymmetric() throws Refusal {
        for (long zeroPoint : zeroPoints) {
            Refusal.unless(zeroPoint == 0, QUANTISATION, name + " has zero point " + zeroPoint + " instead of 0");
        }
    }

    int byteSize() {
        int elements = shape[0] * (shape.length == 2 ? shape[1] : 1);
        return type == INT32 ? 4 * elements : elements;
    }

    /** Values of the one row. */
    int width() {
        return shape[shape.length - 1];
    }

    Quantisation activation() {
        return new Quantisation(scales[0], (int) zeroPoints[0]);
    }
}
