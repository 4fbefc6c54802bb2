package sunpeer.appliance.market.yuma;

/**
 * Fixed point numbers as the chain has them: a {@code long} of raw bits, 32 of them behind the point (I32F32).
 *
 * <p>All rounding is part of the consensus: {@code mul} floors, {@code div} truncates, conversions to integers floor, and every
 * result that does not fit saturates, except for {@link #safeDiv}, which answers 0. Stateless.
 */
public final class Fixed {
    public static final int FRACTION_BITS = 32;
    public static final long ONE = 1L << FRACTION_BITS;
    public static final int U16_MAX = 0xFFFF;

    private static final long HALF = ONE >> 1;
    private static final long EXP_LIMIT = 20 * ONE;
    private static final int EXP_TERMS = 31;
    /** The chain's e has a float's 23 fraction bits. It stands for exp(1) alone: at -1 the series is summed. */
    private static final long E = 11_674_931_200L;

    private Fixed() {}

    public static long add(long a, long b) {
        long sum = a + b;
        boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
        return overflow ? bound(a < 0) : sum;
    }

    public static long sub(long a, long b) {
        long difference = a - b;
        boolean overflow = ((a ^ b) & (a ^ difference)) < 0;
        return overflow ? bound(a < 0) : difference;
    }

    /** Floor of the product, saturating. */
    public static long mul(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        if (high != (int) high) {
            return bound(high < 0);
        }
        return high << FRACTION_BITS | (a * b) >>> FRACTION_BITS;
    }

    /** Quotient cut towards zero, saturating; the divisor must not be 0. */
    public static long div(long a, long b) {
        boolean negative = (a ^ b) < 0;
        long magnitude = quotientMagnitude(a, b);
        if (overflows(magnitude, negative)) {
            return bound(negative);
        }
        return negative ? -magnitude : magnitude;
    }

    /** Quotient cut towards zero; 0 when the divisor is 0 and 0 when the quotient does not fit. */
    public static long safeDiv(long a, long b) {
        if (b == 0) {
            return 0;
        }
        boolean negative = (a ^ b) < 0;
        long magnitude = quotientMagnitude(a, b);
        if (overflows(magnitude, negative)) {
            return 0;
        }
        return negative ? -magnitude : magnitude;
    }

    /** A plain integer 0..65535 as a fixed point number. */
    public static long ofU16(int integer) {
        return (long) integer << FRACTION_BITS;
    }

    /** A proportion in 1/65535 as a fixed point number between 0 and 1, cut. */
    public static long ofProportion(int u16) {
        return ofU16(u16) / U16_MAX;
    }

    /** A proportion in 1/65535, floored: one half is 32767, and only 1.0 itself is 65535. Saturates outside 0..1. */
    public static int proportionToU16(long value) {
        long scaled = mul(value, ofU16(U16_MAX)) >> FRACTION_BITS;
        return Math.clamp(scaled, 0, U16_MAX);
    }

    /** Nearest integer, ties away from zero, saturated to 0..65535. */
    public static int roundToU16(long value) {
        return value <= 0 ? 0 : (int) Math.min(add(value, HALF) >> FRACTION_BITS, U16_MAX);
    }

    /**
     * The part of a whole, {@code floor(part / whole)}; 0 if the whole is 0.
     *
     * <p>The chain divides in 64 fraction bits and then floors to 32; flooring twice is flooring once.
     *
     * @param part integer, 0..whole
     * @param whole integer, not negative
     */
    public static long share(long part, long whole) {
        return whole == 0 ? 0 : quotientMagnitude(part, whole);
    }

    /** {@code floor(share * units)} for a share of 0..1 and an integer number of units; exact for any long. */
    public static long ofUnits(long share, long units) {
        return Math.multiplyHigh(share, units) << FRACTION_BITS | (share * units) >>> FRACTION_BITS;
    }

    /** Exact sum; the caller's values are proportions or u16 integers, whose sums are far from overflow. */
    public static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    /** Each value divided by the sum of all, so that they sum to at most 1; unchanged if the sum is 0. */
    public static long[] normalise(long[] values) {
        return normaliseBy(values, sum(values));
    }

    /** Each value divided by {@code sum}; unchanged if that is 0. */
    public static long[] normaliseBy(long[] values, long sum) {
        long[] result = values.clone();
        for (int i = 0; sum != 0 && i < result.length; i++) {
            result[i] = safeDiv(result[i], sum);
        }
        return result;
    }

    /**
     * The exponential function as the chain sums it, with the argument clamped to -20..20.
     *
     * <p>The exact number of terms and the special case at 1 are part of the consensus.
     */
    public static long exp(long x) {
        long clamped = Math.clamp(x, -EXP_LIMIT, EXP_LIMIT);
        if (clamped == ONE) {
            return E;
        }
        return clamped < 0 ? div(ONE, exponentialSeries(-clamped)) : exponentialSeries(clamped);
    }

    private static long exponentialSeries(long x) {
        long sum = ONE + x;
        long term = x;
        for (int i = 2; i <= EXP_TERMS; i++) {
            term = mul(term, x) / i;
            sum = add(sum, term);
        }
        return sum;
    }

    /** |a * 2^32 / b| cut, or -1 (all ones, taken as unsigned) if that needs more than 63 bits and a bit. */
    private static long quotientMagnitude(long a, long b) {
        long dividend = Math.abs(a);
        long divisor = Math.abs(b);
        long integer = Long.divideUnsigned(dividend, divisor);
        if (Long.compareUnsigned(integer, 1L << 31) > 0) {
            return -1;
        }
        long remainder = Long.remainderUnsigned(dividend, divisor);
        // Long division with as many bits a step as fit above the remainder. The remainder is below the divisor, which
        // is at most
        // 2^63, so there is always at least one; with a divisor up to 1.0, as nearly all here are, one step does it.
        long quotient = integer;
        int left = FRACTION_BITS;
        while (left > 0) {
            int step = Math.min(left, Long.numberOfLeadingZeros(remainder));
            long shifted = remainder << step;
            quotient = (quotient << step) + Long.divideUnsigned(shifted, divisor);
            remainder = Long.remainderUnsigned(shifted, divisor);
            left -= step;
        }
        return quotient;
    }

    /** The magnitude 2^63 has only a negative number, and everything above it neither. */
    private static boolean overflows(long unsignedMagnitude, boolean negative) {
        return unsignedMagnitude < 0 && !(negative && unsignedMagnitude == Long.MIN_VALUE);
    }

    private static long bound(boolean negative) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
