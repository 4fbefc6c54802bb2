package sunpeer.appliance.ledger;

import java.io.ByteArrayOutputStream;

/** Writes the canonical form of the ledger: big-endian, unsigned, no padding. Confined to one thread. */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

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
        out.writeBytes(bytes.toArray());
        return this;
    }

    /** A length in two bytes, then the bytes. */
    public ByteWriter sized(Bytes bytes) {
        return u16(bytes.length()).raw(bytes);
    }

    public Bytes done() {
        return Bytes.of(out.toByteArray());
    }

    private ByteWriter bits(long value, int bits) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException(value + " does not fit an unsigned field of " + bits + " bits");
        }
        put(value, bits);
        return this;
    }

    private void put(long value, int bits) {
        for (int shift = bits - 8; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift) & 0xFF);
        }
    }
}
