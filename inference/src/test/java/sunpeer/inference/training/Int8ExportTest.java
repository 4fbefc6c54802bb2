package sunpeer.inference.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.inference.Model;
import sunpeer.inference.Outcome;
import sunpeer.inference.training.Export.Exported;
import sunpeer.inference.training.TrainingResult.Trained;
import sunpeer.inference.worker.TfliteWorker;

class Int8ExportTest {
    @Test
    void aTrainedModelRunsInTfliteAndSaysWhatTheFloatModelSays(@TempDir Path cache, TestReporter reporter) {
        Dataset data = MlpTrainerTest.series(1, 600);
        Loss loss = new Loss.Pinball(List.of(0.1, 0.5, 0.9));
        Mlp mlp = ((Trained) MlpTrainer.train(data, TrainingOptions.of(loss, 3))).model();
        Exported exported = (Exported) Int8Export.export(mlp, data);
        reporter.publishEntry("int8 against float", exported.toString());
        assertThat(exported.coarsestFeatureSteps()).isGreaterThan(200);
        assertThat(exported.meanError()).as("target spans some 300 units").isLessThan(4);
        assertThat(exported.maxError()).isLessThan(16);
        Model model = exported.model();
        Dataset fresh = MlpTrainerTest.series(2, 300);
        byte[][] rows = new byte[300][];
        for (int r = 0; r < 300; r++) {
            rows[r] = model.quantise(fresh.row(r));
        }
        try (TfliteWorker worker = new TfliteWorker(TfliteWorker.Settings.in(cache))) {
            Outcome outcome = worker.run(model, rows);
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            byte[][] outputs = ((Outcome.Done) outcome).outputs();
            for (int r = 0; r < 300; r++) {
                float[] exact = mlp.predict(fresh.row(r));
                float[] rounded = model.dequantise(outputs[r]);
                for (int o = 0; o < 3; o++) {
                    assertThat(Math.abs(exact[o] - rounded[o])).isLessThan(30);
                }
            }
        }
    }

    @Test
    void aFeatureThatIsDrownedByAnotherIsReported() {
        float[][] features = new float[200][2];
        float[] targets = new float[200];
        for (int r = 0; r < 200; r++) {
            features[r] = new float[] {(r % 13) / 12f, 950 + r % 50};
            targets[r] = features[r][0];
        }
        Dataset data = Dataset.of(features, targets);
        TrainingOptions options = TrainingOptions.of(new Loss.SquaredError(), 1);
        Mlp mlp = ((Trained) MlpTrainer.train(data, options)).model();
        assertThat(((Exported) Int8Export.export(mlp, data)).coarsestFeatureSteps())
                .isZero();
    }

    @Test
    void networksWithoutAnInt8FormAreRefused() {
        Dataset rows = Dataset.of(new float[][] {{1}, {2}}, new float[2]);
        Mlp nan = new Mlp(List.of(new Mlp.Dense(1, 1, new float[] {Float.NaN}, new float[1])));
        assertThat(Int8Export.export(nan, rows)).isInstanceOf(Export.Refused.class);
        assertThat(Int8Export.export(nan, Dataset.of(new float[0][0], new float[0])))
                .isInstanceOf(Export.Refused.class);
    }

    @Test
    void deadAndSilentNetworksExport() {
        Dataset rows = Dataset.of(new float[][] {{1, 0}, {2, 0}}, new float[2]);
        Mlp silent = new Mlp(List.of(
                new Mlp.Dense(2, 2, new float[4], new float[2]), new Mlp.Dense(2, 1, new float[2], new float[1])));
        assertThat(Int8Export.export(silent, rows)).isInstanceOf(Exported.class);
        Mlp dead = new Mlp(List.of(
                new Mlp.Dense(2, 2, new float[] {-1, -2, 3, 4}, new float[2]),
                new Mlp.Dense(2, 1, new float[] {1e3f, 1}, new float[] {7})));
        Export export = Int8Export.export(dead, rows);
        assertThat(export)
                .isInstanceOfSatisfying(
                        Exported.class,
                        exported -> assertThat(exported.maxError()).isLessThan(0.1));
    }
}
