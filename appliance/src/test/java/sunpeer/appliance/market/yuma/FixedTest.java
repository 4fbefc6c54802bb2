package sunpeer.appliance.market.yuma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.Vectors;

/** Primitive operations against the chain's own library, and against exact integers. */
class FixedTest {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    @Test
    void selectedCallsGiveWhatTheChainsLibraryGives() {
        assertThat(runAll(Vectors.beside(getClass(), "fixed.json"))).isEqualTo(500);
    }

    @Test
    void allCallsGiveWhatTheChainsLibraryGives() {
        assertThat(runAll(Vectors.complete("fixed_point_primitives.json"))).isEqualTo(3721);
    }

    @Test
    void upstreamUnitTestsOfTheSameOperations() {
        int known = 0;
        for (JsonNode call : Vectors.complete("math_unit_tests.json").path("calls")) {
            known += upstreamUnitTest(call) ? 1 : 0;
        }
        assertThat(known).isEqualTo(74);
    }

    private static int runAll(JsonNode file) {
        int calls = 0;
        for (JsonNode call : file.path("calls")) {
            JsonNode result = call.path("r");
            if (result.isArray()) {
                assertThat(WeightSheets.maxUpscale(Vectors.ints(call.path("a"))))
                        .as(call.toString())
                        .isEqualTo(Vectors.ints(result));
            } else {
                assertThat(call(call)).as(call.toString()).isEqualTo(result.asLong());
            }
            calls++;
        }
        return calls;
    }

    private static long call(JsonNode call) {
        long a = call.path("a").asLong();
        long b = call.path("b").asLong();
        String op = call.path("op").asText();
        return switch (op) {
            case "mul" -> Fixed.mul(a, b);
            case "safe_div" -> Fixed.safeDiv(a, b);
            case "exp_safe" -> Fixed.exp(a);
            case "proportion_to_u16" -> Fixed.proportionToU16(a);
            case "alpha_sigmoid" ->
                LiquidAlphas.rate(
                        call.path("consensus").asLong(),
                        call.path("weight").asLong(),
                        call.path("bond").asLong(),
                        call.path("low").asLong(),
                        call.path("high").asLong(),
                        call.path("steepness").asLong());
            case "weighted_median" ->
                median(
                        Vectors.longs(call.path("stake")),
                        Vectors.longs(call.path("score")),
                        call.path("majority").asLong());
            default -> throw new IllegalArgumentException(op);
        };
    }

    /** The median of one column; an explicit zero and no entry must count alike, so it is computed with both. */
    private static long median(long[] stake, long[] score, long majority) {
        long dropped = medianOfRows(stake, score, majority, true);
        assertThat(medianOfRows(stake, score, majority, false)).isEqualTo(dropped);
        return dropped;
    }

    private static long medianOfRows(long[] stake, long[] score, long majority, boolean dropZeros) {
        SparseRow one = SparseRow.of(new int[] {0}, new int[] {1});
        SparseMatrix scores = SparseMatrix.of(
                        IntStream.range(0, stake.length).mapToObj(i -> one).toList(), Fixed::ofU16)
                .map((i, j, value) -> dropZeros && score[i] == 0 ? SparseMatrix.REMOVED : score[i]);
        return WeightedMedian.ofColumns(scores, stake, majority)[0];
    }

    private static boolean upstreamUnitTest(JsonNode call) {
        JsonNode in = call.path("in");
        JsonNode out = call.path("out");
        switch (call.path("fn").asText()) {
            case "exp_safe" ->
                assertThat(Fixed.exp(in.path("x").asLong())).as(call.toString()).isEqualTo(out.asLong());
            case "fixed_proportion_to_u16" ->
                assertThat(Fixed.proportionToU16(in.path("x").asLong())).isEqualTo(out.asInt());
            case "u16_proportion_to_fixed" ->
                assertThat(Fixed.ofProportion(in.path("x").asInt())).isEqualTo(out.asLong());
            case "u16_to_fixed" -> assertThat(Fixed.ofU16(in.path("x").asInt())).isEqualTo(out.asLong());
            case "vec_u16_max_upscale_to_u16" ->
                assertThat(WeightSheets.maxUpscale(Vectors.ints(in.path("x")))).isEqualTo(Vectors.ints(out));
            case "normalize", "inplace_normalize" ->
                assertThat(Fixed.normalise(Vectors.longs(in.path("x")))).isEqualTo(Vectors.longs(out));
            case "sum" -> assertThat(Fixed.sum(Vectors.longs(in.path("x")))).isEqualTo(out.asLong());
            case "sigmoid_safe" ->
                assertThat(sigmoid(
                                in.path("x").asLong(),
                                in.path("rho").asLong(),
                                in.path("kappa").asLong()))
                        .as(call.toString())
                        .isEqualTo(out.asLong());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Upstream's sigmoid, which the epoch no longer uses; it exercises the saturating corners of what the epoch does use. */
    private static long sigmoid(long x, long rho, long kappa) {
        long exponent = Fixed.mul(Fixed.mul(rho, -Fixed.ONE), Fixed.sub(x, kappa));
        return Fixed.safeDiv(Fixed.ONE, Fixed.add(Fixed.exp(exponent), Fixed.ONE));
    }

    @Test
    void arithmeticIsExactBeforeItRounds() {
        long seed = 20_261_125;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            long a = anyLong(random);
            long b = anyLong(random);
            String what = "seed " + seed + ": " + a + ", " + b;
            BigInteger bigA = BigInteger.valueOf(a);
            BigInteger bigB = BigInteger.valueOf(b);
            assertThat(Fixed.add(a, b)).as(what).isEqualTo(saturated(bigA.add(bigB)));
            assertThat(Fixed.sub(a, b)).as(what).isEqualTo(saturated(bigA.subtract(bigB)));
            assertThat(Fixed.mul(a, b))
                    .as(what)
                    .isEqualTo(saturated(bigA.multiply(bigB).shiftRight(Fixed.FRACTION_BITS)));
            if (b != 0) {
                BigInteger quotient = bigA.shiftLeft(Fixed.FRACTION_BITS).divide(bigB);
                assertThat(Fixed.div(a, b)).as(what).isEqualTo(saturated(quotient));
                assertThat(Fixed.safeDiv(a, b))
                        .as(what)
                        .isEqualTo(quotient.bitLength() > 63 ? 0 : quotient.longValue());
            }
        }
    }

    @Test
    void sharesAndUnitsAreFlooredAtAnySize() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            long whole = 1 + (random.nextLong() >>> 1 >>> random.nextInt(62));
            long part = random.nextLong(whole);
            long share = Fixed.share(part, whole);
            BigInteger exact =
                    BigInteger.valueOf(part).shiftLeft(Fixed.FRACTION_BITS).divide(BigInteger.valueOf(whole));
            assertThat(share).as("seed " + seed + ": " + part + " of " + whole).isEqualTo(exact.longValueExact());
            BigInteger units = BigInteger.valueOf(share)
                    .multiply(BigInteger.valueOf(whole))
                    .shiftRight(Fixed.FRACTION_BITS);
            assertThat(Fixed.ofUnits(share, whole)).isEqualTo(units.longValueExact());
        }
        assertThat(Fixed.share(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Fixed.ONE);
        assertThat(Fixed.share(0, 0)).isZero();
        assertThat(Fixed.ofUnits(Fixed.ONE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void proportionsNeverRoundUp() {
        assertThat(Fixed.proportionToU16(Fixed.ONE)).isEqualTo(65_535);
        assertThat(Fixed.proportionToU16(Fixed.ONE - 1)).isEqualTo(65_534);
        assertThat(Fixed.proportionToU16(Fixed.ONE / 2)).isEqualTo(32_767);
        assertThat(Fixed.proportionToU16(Fixed.ONE / 64)).isEqualTo(1_023);
        assertThat(Fixed.proportionToU16(-1)).isZero();
        assertThat(Fixed.proportionToU16(Long.MAX_VALUE)).isEqualTo(65_535);
        assertThat(Fixed.ofProportion(32_767)).isLessThan(Fixed.ONE / 2);
        assertThat(Fixed.ofProportion(65_535)).isEqualTo(Fixed.ONE);
    }

    @Test
    void onlyExpOfOneIsTheConstant() {
        assertThat(Fixed.exp(Fixed.ONE)).isEqualTo(11_674_931_200L);
        assertThat(Fixed.exp(-Fixed.ONE)).isEqualTo(1_580_030_169L);
        assertThat(Fixed.exp(0)).isEqualTo(Fixed.ONE);
    }

    @Test
    void divisionByZeroIsZeroOnlyWhereTheChainSaysSo() {
        assertThat(Fixed.safeDiv(Fixed.ONE, 0)).isZero();
        assertThat(Fixed.normalise(new long[] {0, 0})).containsExactly(0, 0);
        assertThatThrownBy(() -> Fixed.div(Fixed.ONE, 0)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void normalisedSharesSumToAtMostOne() {
        long[] thirds = Fixed.normalise(new long[] {5, 5, 5});
        assertThat(Arrays.stream(thirds).sum()).isEqualTo(Fixed.ONE - 1);
    }

    private static long anyLong(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong(-3, 4);
            case 1 -> Long.MIN_VALUE + random.nextLong(3);
            case 2 -> Long.MAX_VALUE - random.nextLong(3);
            case 3 -> (1L << random.nextInt(64)) + random.nextLong(-1, 2);
            default -> random.nextLong() >> random.nextInt(63);
        };
    }

    private static long saturated(BigInteger exact) {
        return exact.min(MAX).max(MIN).longValue();
    }
}
