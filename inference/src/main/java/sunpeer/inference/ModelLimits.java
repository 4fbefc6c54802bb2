package sunpeer.inference;

/** What a model or a batch may cost at most. Larger is refused before anything is allocated for it. */
public final class ModelLimits {
    /** Four times the largest int8 MLP of MLPerf Tiny; a peer must hold several models in a 32 MB child. */
    public static final int MODEL_BYTES = 1 << 20;

    /** Values of one activation; the largest known MLP has 640. */
    public static final int LAYER_WIDTH = 4096;

    /** Operators of one model; the largest known MLP has 10. */
    public static final int LAYERS = 32;

    /** Rows of one batch: keeps one call far below a scheduling tick on the slowest board. */
    public static final int BATCH_ROWS = 4096;

    /** Input or output bytes of one batch: a frame must fit the child's heap several times over. */
    public static final int BATCH_BYTES = 2 << 20;

    private ModelLimits() {}
}
