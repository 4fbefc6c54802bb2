package sunpeer.inference.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sunpeer.inference.training.TrainingResult.Trained;

class MlpTrainerTest {
    private static final Loss QUANTILES = new Loss.Pinball(List.of(0.1, 0.5, 0.9));

    /** A day-like wave with noise that grows with the first feature; units far from standard on purpose. */
    static Dataset series(long seed, int rows) {
        RandomGenerator random = RandomModels.random(seed);
        float[][] features = new float[rows][12];
        float[] targets = new float[rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 12; c++) {
                features[r][c] = random.nextFloat();
            }
            double phase = features[r][1] * Math.PI * 2;
            double noise = (random.nextDouble() - 0.5) * 60 * features[r][0];
            targets[r] = (float) (300 + 100 * Math.sin(phase) + 50 * features[r][2] + noise);
        }
        return Dataset.of(features, targets);
    }

    private static Trained trained(Dataset data, TrainingOptions options) {
        TrainingResult result = MlpTrainer.train(data, options);
        assertThat(result).isInstanceOf(Trained.class);
        return (Trained) result;
    }

    @Test
    void pinballTrainingBeatsClimatologyOnRowsItHasNotSeen() {
        Dataset data = series(1, 1200);
        Trained trained = trained(data, TrainingOptions.of(QUANTILES, 7).withEpochs(200, 30));
        assertThat(trained.skill()).isGreaterThan(0.6);
        assertThat(trained.trainRows()).isEqualTo(960);
        // Quantiles must contain what they say, on fresh data.
        Dataset fresh = series(2, 2000);
        int[] below = new int[3];
        for (int r = 0; r < fresh.rows(); r++) {
            float[] quantiles = trained.model().predict(fresh.row(r));
            for (int q = 0; q < 3; q++) {
                below[q] += fresh.target(r) <= quantiles[q] ? 1 : 0;
            }
        }
        assertThat(below[0] / 2000.0).isCloseTo(0.1, within(0.07));
        assertThat(below[1] / 2000.0).isCloseTo(0.5, within(0.12));
        assertThat(below[2] / 2000.0).isCloseTo(0.9, within(0.07));
    }

    @Test
    void reportedHoldoutLossIsThatOfTheFoldedModel() {
        Dataset data = series(3, 400);
        Trained trained = trained(data, TrainingOptions.of(new Loss.SquaredError(), 1));
        double sum = 0;
        for (int r = trained.trainRows(); r < data.rows(); r++) {
            double error = trained.model().predict(data.row(r))[0] - data.target(r);
            sum += error * error / 2;
        }
        double loss = sum / (data.rows() - trained.trainRows());
        assertThat(trained.holdoutLoss()).isCloseTo(loss, within(1e-3 * loss));
        assertThat(trained.skill()).isGreaterThan(0.5);
    }

    @Test
    void theHoldoutIsTheNewestRowsAndIsNeverTrainedOn() {
        Dataset data = series(4, 400);
        float[][] features = new float[400][];
        float[] targets = new float[400];
        for (int r = 0; r < 400; r++) {
            features[r] = data.row(r);
            targets[r] = r < 320 ? data.target(r) : -data.target(r); // the future is another world
        }
        TrainingOptions options = TrainingOptions.of(QUANTILES, 1);
        Trained changed = trained(Dataset.of(features, targets), options);
        Trained plain = trained(data, options);
        assertThat(changed.holdoutLoss()).isGreaterThan(10 * plain.holdoutLoss());
        assertThat(changed.epochs()).as("stops early").isLessThan(plain.epochs());
    }

    @Test
    void sameSeedSameBytesOtherSeedOtherBytes() {
        Dataset data = series(5, 300);
        byte[] first = file(data, 11);
        assertThat(file(data, 11)).isEqualTo(first);
        assertThat(file(data, 12)).isNotEqualTo(first);
    }

    private static byte[] file(Dataset data, long seed) {
        Mlp model = trained(data, TrainingOptions.of(QUANTILES, seed)).model();
        return ((Export.Exported) Int8Export.export(model, data)).model().bytes();
    }

    @Test
    void twoHiddenLayersLearn() {
        Trained trained = trained(
                series(6, 600), TrainingOptions.of(new Loss.SquaredError(), 2).withHidden(16, 8));
        assertThat(trained.skill()).isGreaterThan(0.5);
    }

    @Test
    void degenerateDataIsRefused() {
        assertRefused(Dataset.of(new float[0][0], new float[0]), "too few");
        assertRefused(Dataset.of(new float[100][3], new float[100]), "constant");
        assertRefused(Dataset.of(new float[100][0], new float[100]), "no features");
        float[][] features = new float[100][2];
        for (int r = 0; r < 100; r++) {
            features[r][0] = r;
        }
        features[42][1] = Float.NaN;
        assertRefused(Dataset.of(features, new float[100]), "row 42 feature 1 is NaN");
        features[42][1] = 0;
        float[] targets = new float[100];
        targets[3] = Float.POSITIVE_INFINITY;
        assertRefused(Dataset.of(features, targets), "row 3 target");
    }

    @Test
    void aConstantFeatureOrTargetOrHugeValuesDoNoHarm() {
        float[][] features = new float[100][3];
        float[] targets = new float[100];
        for (int r = 0; r < 100; r++) {
            features[r] = new float[] {r % 10, 1013.25f, (r % 7) * 1e30f};
        }
        Arrays.fill(targets, 5);
        Trained trained = trained(Dataset.of(features, targets), TrainingOptions.of(QUANTILES, 1));
        assertThat(trained.model().predict(features[0])[1]).isCloseTo(5, within(0.5f));
    }

    private static void assertRefused(Dataset data, String reason) {
        assertThat(MlpTrainer.train(data, TrainingOptions.of(QUANTILES, 1)))
                .isInstanceOfSatisfying(
                        TrainingResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }
}
