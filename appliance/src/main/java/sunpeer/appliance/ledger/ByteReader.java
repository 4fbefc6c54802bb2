package sunpeer.appliance.ledger;

import java.util.Arrays;

/**
 * Reads the canonical form. Reading past the end never throws: it gives zeros and is remembered, so that a parser checks
 * {@link #endedWell()} once at its end instead of at every field. Confined to one thread.
 */
public final class ByteReader {
    private final byte[] content;
    private int position;
    private boolean overrun;

    public ByteReader(Bytes bytes) {
        this.content = bytes.toArray();
    }

    public int u8() {
        return (int) bits(8);
    }

    public int u16() {
        return (int) bits(16);
    }

    public long u32() {
        return bits(32);
    }

    public long i64() {
        return bits(64);
    }

    public double f64() {
        return Double.longBitsToDouble(i64());
    }

    public Bytes raw(int length) {
        if (length < 0 || length > remaining()) {
            overrun = true;
            position = content.length;
            return Bytes.zeros(Math.max(0, Math.min(length, 64)));
        }
        Bytes taken = Bytes.of(Arrays.copyOfRange(content, position, position + length));
        position += length;
        return taken;
    }

    public Bytes sized() {
        return raw(u16());
    }

    public int remaining() {
        return content.length - position;
    }

    /** Nothing was missing so far. */
    public boolean ok() {
        return !overrun;
    }

    /** Nothing was missing and nothing is left over. */
    public boolean endedWell() {
        return !overrun && remaining() == 0;
    }

    private long bits(int bits) {
        if (remaining() * 8 < bits) {
            overrun = true;
            position = content.length;
            return 0;
        }
        long value = 0;
        for (int read = 0; read < bits; read += 8) {
            value = (value << 8) | (content[position++] & 0xFF);
        }
        return value;
    }
}
