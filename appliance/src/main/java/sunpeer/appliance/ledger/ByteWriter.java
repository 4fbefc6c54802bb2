package sunpeer.appliance.ledger;

import java.util.Arrays;

/** Writes the canonical form of the ledger: big-endian, unsigned, no padding. Confined to one thread. */
public final class ByteWriter {
    private byte[] content = new byte[256];
    private int length;

    public ByteWriter u8(int value) {
        return bits(value, 8);
    }

    public ByteWriter u16(int value) {
        return bits(value, 16);
    }

    public ByteWriter u32(long value) {
        return bits(value, 32);
    }

    /** All 64 bits, whatever the sign. */
    public ByteWriter i64(long value) {
        put(value, 64);
        return this;
    }

    public ByteWriter f64(double value) {
        return i64(Double.doubleToLongBits(value));
    }

    public ByteWriter raw(Bytes bytes) {
        byte[] added = bytes.toArray();
        makeRoom(added.length);
        System.arraycopy(added, 0, content, length, added.length);
        length += added.length;
        return this;
    }

    /** A length in two bytes, then the bytes. */
    public ByteWriter sized(Bytes bytes) {
        return u16(bytes.length()).raw(bytes);
    }

    public Bytes done() {
        return Bytes.of(Arrays.copyOf(content, length));
    }

    private ByteWriter bits(long value, int bits) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException(value + " does not fit an unsigned field of " + bits + " bits");
        }
        put(value, bits);
        return this;
    }

    private void put(long value, int bits) {
        makeRoom(bits / 8);
        for (int shift = bits - 8; shift >= 0; shift -= 8) {
            content[length++] = (byte) (value >>> shift);
        }
    }

    private void makeRoom(int more) {
        if (length + more > content.length) {
            content = Arrays.copyOf(content, Math.max(2 * content.length, length + more));
        }
    }
}
