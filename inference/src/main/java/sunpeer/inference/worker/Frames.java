package sunpeer.inference.worker;

/**
 * The frames between parent and child, all numbers big endian. A frame is its length (int32, without itself), a kind
 * (one byte) and a body.
 *
 * <p>Requests: {@link #LOAD} id[32] model… ; {@link #RUN} id[32] rows(int32) rowBytes(int32) rows… . Replies:
 * {@link #LOADED} ; {@link #UNKNOWN} (the child does not hold the model) ; {@link #REFUSED} reason in UTF-8 ;
 * {@link #OUTPUTS} busyNanos(int64) rows… .
 */
final class Frames {
    static final byte LOAD = 1;
    static final byte RUN = 2;

    static final byte LOADED = 11;
    static final byte UNKNOWN = 12;
    static final byte REFUSED = 13;
    static final byte OUTPUTS = 14;

    static final int ID_BYTES = 32;

    /** Larger than the largest batch or model with its header; anything above is garbage. */
    static final int FRAME_BYTES_MAX = 4 << 20;

    /** The child's exit code if the native library cannot be used on this machine. */
    static final int EXIT_NO_LIBRARY = 3;

    private Frames() {}
}
