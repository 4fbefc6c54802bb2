package sunpeer.appliance.sim;

/**
 * Randomness by place instead of by order: the same coordinates always give the same number, so any moment can be asked for
 * without its past.
 */
final class Noise {
    private static final int MASK = 0xffff;
    /** Four uniform numbers of 16 bits have a variance of a third of 65536 squared. */
    private static final double IRWIN_HALL_SD = 65536 / Math.sqrt(3);

    private Noise() {}

    static long hash(long seed, long a, long b) {
        // Finaliser of SplitMix64 over odd multiples: every bit of every coordinate reaches every bit of the result.
        long h = seed + a * 0x9e3779b97f4a7c15L + b * 0xd1b54a32d192ed03L;
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }

    /** Nearly normal with mean 0 and deviation 1: a sum of four uniform numbers, cut at 3.46. */
    static double gaussian(long seed, long a, long b) {
        long h = hash(seed, a, b);
        long sum = (h & MASK) + (h >>> 16 & MASK) + (h >>> 32 & MASK) + (h >>> 48);
        return (sum - 2.0 * MASK) / IRWIN_HALL_SD;
    }

    /** Uniform between -1 and 1. */
    static double uniform(long seed, long a, long b) {
        return (hash(seed, a, b) >> 11) * 0x1p-52;
    }

    /** Smooth between the lattice points, within -1 and 1. */
    static double smooth(long seed, double x, double y) {
        long ix = (long) Math.floor(x);
        long iy = (long) Math.floor(y);
        double u = ease(x - ix);
        double v = ease(y - iy);
        double near = mix(uniform(seed, ix, iy), uniform(seed, ix + 1, iy), u);
        double far = mix(uniform(seed, ix, iy + 1), uniform(seed, ix + 1, iy + 1), u);
        return mix(near, far, v);
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double mix(double a, double b, double share) {
        return a + (b - a) * share;
    }
}
