package sunpeer.drivers.profile;

/** How the content of one point stands in registers. The bytes inside a register are big-endian on every Modbus wire. */
public enum Type {
    /** One bit of a coil or discrete input, functions 1 and 2. */
    BIT(1, 1, Reads.NUMBER),
    U16(1, 16, Reads.NUMBER),
    S16(1, 16, Reads.NUMBER),
    U32(2, 32, Reads.NUMBER),
    S32(2, 32, Reads.NUMBER),
    U64(4, 64, Reads.NUMBER),
    S64(4, 64, Reads.NUMBER),
    /** IEEE half float: 11 bits of precision. */
    F16(1, 16, Reads.FLOAT),
    F32(2, 32, Reads.FLOAT),
    F64(4, 64, Reads.FLOAT),
    /** High byte, unsigned. */
    U8HI(1, 8, Reads.NUMBER),
    /** Low byte, unsigned. */
    U8LO(1, 8, Reads.NUMBER),
    /** High byte: bit 7 is the sign, the rest a magnitude; not two's complement. */
    SM8HI(1, 8, Reads.NUMBER),
    /** Low byte in sign and magnitude. */
    SM8LO(1, 8, Reads.NUMBER),
    /** Four decimal digits, one in each half byte. */
    BCD(1, 16, Reads.NUMBER),
    /** A number whose values have names. */
    ENUM(1, 16, Reads.NUMBER),
    /** Up to four registers of flags. */
    BITS(0, 64, Reads.NUMBER),
    /** Letters, two in a register. */
    ASCII(0, 0, Reads.TEXT),
    /** Serial numbers and the like, shown as hexadecimal digits. */
    HEX(0, 0, Reads.TEXT),
    /** Bytes that are shown as numbers with points between them. */
    VERSION(0, 0, Reads.TEXT),
    /** Minute and second, day and hour, year from 2000 and month: three registers, high byte first. */
    CLOCK(3, 0, Reads.TEXT),
    /** Hour in the high byte, minute in the low one. */
    HOUR_MINUTE(1, 0, Reads.TEXT),
    /** Year from 2000 in the upper seven bits, month in four, day in five. */
    DATE(1, 0, Reads.TEXT);

    enum Reads {
        NUMBER,
        FLOAT,
        TEXT
    }

    private final int words;
    private final int bits;
    private final Reads reads;

    Type(int words, int bits, Reads reads) {
        this.words = words;
        this.bits = bits;
        this.reads = reads;
    }

    /** Registers it takes; 0 when each point says so itself. */
    int words() {
        return words;
    }

    /** Bits of its raw number, 0 for a text. */
    int bits() {
        return bits;
    }

    boolean isText() {
        return reads == Reads.TEXT;
    }

    boolean isFloat() {
        return reads == Reads.FLOAT;
    }

    /** Whether flags and names of states can be read from it. */
    boolean isWhole() {
        return reads == Reads.NUMBER;
    }
}
