package sunpeer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sunpeer.inference.training.RandomModels;

class ModelTest {
    @Test
    void quantisesToTheNearestStepAndClamps() {
        Quantisation half = new Quantisation(0.5f, 10);
        assertThat(half.quantise(0)).isEqualTo((byte) 10);
        assertThat(half.quantise(1.01f)).isEqualTo((byte) 12);
        assertThat(half.quantise(0.25f)).as("a tie goes to even").isEqualTo((byte) 10);
        assertThat(half.quantise(0.75f)).as("a tie goes to even").isEqualTo((byte) 12);
        assertThat(half.quantise(1e30f)).isEqualTo(Byte.MAX_VALUE);
        assertThat(half.quantise(Float.NEGATIVE_INFINITY)).isEqualTo(Byte.MIN_VALUE);
        assertThat(half.dequantise((byte) 12)).isEqualTo(1f);
    }

    @Test
    void everyByteSurvivesTheWayThroughRealNumbers() {
        Quantisation odd = new Quantisation(0.0173f, -37);
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
            assertThat(odd.quantise(odd.dequantise((byte) b))).isEqualTo((byte) b);
        }
    }

    @Test
    void wrongRowsAreBugsOfTheCallerInFloatAndRefusalsInInt8() {
        Model model = RandomModels.model(1, 3, 2);
        assertThatThrownBy(() -> model.quantise(new float[2])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.quantise(new float[] {0, Float.NaN, 0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.dequantise(new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertRefused(model, new byte[][] {});
        assertRefused(model, new byte[][] {{1, 2, 3}, {1, 2}});
        assertRefused(model, new byte[ModelLimits.BATCH_ROWS + 1][3]);
    }

    @Test
    void theInterpretersBusyTimeIsComputedFromTheWork() {
        Model model = RandomModels.model(1, 3, 2);
        Outcome outcome = new Int8Interpreter(2.5).run(model, new byte[4][3]);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.busyNanos()).isEqualTo(60));
    }

    private static void assertRefused(Model model, byte[][] rows) {
        assertThat(new Int8Interpreter().run(model, rows))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(Outcome.Cause.REFUSED));
    }
}
