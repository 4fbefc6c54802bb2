package sunpeer.drivers.sunspec;

import java.util.Set;
import sunpeer.drivers.profile.Type;

/**
 * The types of the SunSpec standard, with the pattern of each that means "not implemented". An accumulator of zero counts as
 * such, too: it has no value or has not counted anything yet.
 */
enum PointType {
    INT16(1, Type.S16, 0x8000),
    UINT16(1, Type.U16, 0xFFFF),
    COUNT(1, Type.U16, 0xFFFF),
    ACC16(1, Type.U16, 0),
    ENUM16(1, Type.ENUM, 0xFFFF),
    BITFIELD16(1, Type.BITS, 0xFFFF),
    INT32(2, Type.S32, 0x8000_0000L),
    UINT32(2, Type.U32, 0xFFFF_FFFFL),
    ACC32(2, Type.U32, 0),
    BITFIELD32(2, Type.BITS, 0xFFFF_FFFFL),
    INT64(4, Type.S64, Long.MIN_VALUE),
    UINT64(4, Type.U64, -1),
    ACC64(4, Type.U64, 0),
    /** NaN is not implemented; it never comes through as a number. */
    FLOAT32(2, Type.F32, 0x7FC0_0000L),
    /** A scale factor; a broken one leaves the points that need it without a value. */
    SUNSSF(1, Type.S16, 0x8000),
    /** All NUL is not implemented. */
    STRING(0, Type.ASCII, 0);

    private final int words;
    private final Type type;
    private final long notImplemented;

    PointType(int words, Type type, long notImplemented) {
        this.words = words;
        this.type = type;
        this.notImplemented = notImplemented;
    }

    /** Registers it takes; 0 when each point says so itself. */
    int words() {
        return words;
    }

    Type type() {
        return type;
    }

    Set<Long> notImplemented() {
        return this == STRING ? Set.of() : Set.of(notImplemented);
    }
}
