package sunpeer.inference;

import static sunpeer.inference.Validation.Check.STRUCTURE;
import static sunpeer.inference.Validation.Check.UNEXPECTED_FIELD;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One table of a flatbuffer of unknown origin. Every offset, length and alignment is checked before it is followed, and
 * nothing is allocated from a number in the file, so a hostile file can cost no more than its own length.
 */
final class FlatTable {
    /** The schema's tables have at most 16 fields; without a bound, small files could make us look long. */
    private static final int VTABLE_BYTES_MAX = 128;

    private final ByteBuffer file; // little endian
    private final String name; // for the reason of a refusal
    private final int at;
    private final int length;
    private final int vtable;
    private final int vtableLength;

    private FlatTable(ByteBuffer file, String name, int at) throws Refusal {
        this.file = file;
        this.name = name;
        this.at = at;
        requireInside(at, 4, 4);
        long vtableAt = (long) at - file.getInt(at);
        this.vtable = Math.clamp(vtableAt, -1, Integer.MAX_VALUE);
        requireInside(vtable, 4, 2);
        this.vtableLength = unsigned16(vtable);
        this.length = unsigned16(vtable + 2);
        Refusal.unless(
                vtableLength >= 4 && vtableLength <= VTABLE_BYTES_MAX && vtableLength % 2 == 0,
                STRUCTURE,
                name + " has a broken vtable");
        requireInside(vtable, vtableLength, 2);
        Refusal.unless(length >= 4, STRUCTURE, name + " is shorter than its header");
        requireInside(at, length, 4);
    }

    /** The root table. */
    static FlatTable root(ByteBuffer file, String name) throws Refusal {
        Refusal.unless(file.limit() >= 8, STRUCTURE, "no root offset");
        return new FlatTable(file, name, target(file, 0, name));
    }

    /** Refuses if a field is present that is not listed. */
    FlatTable only(int... fields) throws Refusal {
        for (int field = 0; 4 + 2 * field < vtableLength; field++) {
            boolean known = false;
            for (int listed : fields) {
                known |= listed == field;
            }
            Refusal.unless(known || position(field, 1) == 0, UNEXPECTED_FIELD, name + " has field " + field);
        }
        return this;
    }

    boolean has(int field) throws Refusal {
        return position(field, 1) != 0;
    }

    int int8(int field) throws Refusal {
        int position = position(field, 1);
        return position == 0 ? 0 : file.get(position);
    }

    /** An int32, or an uint32 whose too large values come out negative. */
    int int32(int field, int absent) throws Refusal {
        int position = position(field, 4);
        return position == 0 ? absent : file.getInt(position);
    }

    FlatTable table(int field, String child) throws Refusal {
        return new FlatTable(file, child, target(file, required(field), child));
    }

    /** A vector that must be there. */
    Vector vector(int field, int elementBytes, String child) throws Refusal {
        return new Vector(file, child, target(file, required(field), child), elementBytes);
    }

    /** A vector that may be absent, which is the same as empty. */
    Vector vectorOrEmpty(int field, int elementBytes, String child) throws Refusal {
        return has(field) ? vector(field, elementBytes, child) : new Vector(file, child);
    }

    /** Checks a string that may be absent; its text is of no interest. */
    void checkString(int field, String child) throws Refusal {
        if (has(field)) {
            Vector text = vector(field, 1, child);
            int end = text.first + text.count;
            Refusal.unless(end < file.limit() && file.get(end) == 0, STRUCTURE, child + " is not terminated");
        }
    }

    private int required(int field) throws Refusal {
        int position = position(field, 4);
        Refusal.unless(position != 0, STRUCTURE, name + " lacks field " + field);
        return position;
    }

    /** Where the field's value is, 0 if the field is absent. */
    private int position(int field, int bytes) throws Refusal {
        int entry = 4 + 2 * field;
        if (entry + 2 > vtableLength) {
            return 0;
        }
        int offset = unsigned16(vtable + entry);
        if (offset == 0) {
            return 0;
        }
        Refusal.unless(
                offset >= 4 && offset + bytes <= length && (at + offset) % bytes == 0,
                STRUCTURE,
                name + " field " + field + " lies outside its table");
        return at + offset;
    }

    private static int target(ByteBuffer file, int position, String what) throws Refusal {
        long target = position + Integer.toUnsignedLong(file.getInt(position));
        Refusal.unless(target > position && target <= file.limit() - 4, STRUCTURE, what + " lies outside the file");
        return (int) target;
    }

    private void requireInside(int position, int bytes, int alignment) throws Refusal {
        Refusal.unless(
                position >= 0 && (long) position + bytes <= file.limit() && position % alignment == 0,
                STRUCTURE,
                name + " lies outside the file");
    }

    private int unsigned16(int position) {
        return Short.toUnsignedInt(file.getShort(position));
    }

    /** A vector of numbers or tables; its whole length lies inside the file. */
    static final class Vector {
        private final ByteBuffer file;
        private final String name;
        private final int first;
        private final int count;
        private final int elementBytes;

        private Vector(ByteBuffer file, String name) {
            this.file = file;
            this.name = name;
            this.first = 0;
            this.count = 0;
            this.elementBytes = 1;
        }

        private Vector(ByteBuffer file, String name, int at, int elementBytes) throws Refusal {
            this.file = file;
            this.name = name;
            this.elementBytes = elementBytes;
            this.first = at + 4;
            Refusal.unless(at % 4 == 0 && first % elementBytes == 0, STRUCTURE, name + " is not aligned");
            long elements = Integer.toUnsignedLong(file.getInt(at));
            Refusal.unless(
                    elements * elementBytes <= file.limit() - first,
                    STRUCTURE,
                    name + " runs over the end of the file");
            this.count = (int) elements;
        }

        int count() {
            return count;
        }

        int int32(int index) {
            return file.getInt(position(index));
        }

        long int64(int index) {
            return file.getLong(position(index));
        }

        float float32(int index) {
            return file.getFloat(position(index));
        }

        byte[] bytes() {
            byte[] copy = new byte[count * elementBytes];
            file.get(first, copy);
            return copy;
        }

        FlatTable table(int index) throws Refusal {
            String child = name + " " + index;
            return new FlatTable(file, child, target(file, position(index), child));
        }

        private int position(int index) {
            return first + Objects.checkIndex(index, count) * elementBytes;
        }
    }
}
