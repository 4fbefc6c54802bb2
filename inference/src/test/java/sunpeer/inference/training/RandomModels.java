package sunpeer.inference.training;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import sunpeer.inference.Model;
import sunpeer.inference.ModelValidator;
import sunpeer.inference.Quantisation;
import sunpeer.inference.Validation;
import sunpeer.inference.training.TfliteWriter.QuantisedLayer;

/** Models and rows by seed: nothing sensible, but all of the number range. */
public final class RandomModels {
    private RandomModels() {}

    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** A file of an MLP with these widths: inputs, hidden…, outputs. */
    public static byte[] file(long seed, int... widths) {
        RandomGenerator random = random(seed);
        List<QuantisedLayer> layers = new ArrayList<>();
        Quantisation input = new Quantisation(0.01f + random.nextFloat(), random.nextInt(-128, 128));
        for (int l = 0; l < widths.length - 1; l++) {
            byte[] weights = new byte[widths[l] * widths[l + 1]];
            for (int w = 0; w < weights.length; w++) {
                weights[w] = (byte) random.nextInt(-127, 128);
            }
            int[] bias = new int[widths[l + 1]];
            float[] scales = new float[widths[l + 1]];
            // About the spread of the accumulator, so that outputs use their range and sometimes leave it.
            double spread = 127 * 74 * Math.sqrt(widths[l]);
            Quantisation output = new Quantisation(0.01f + random.nextFloat(), random.nextInt(-128, 128));
            for (int o = 0; o < bias.length; o++) {
                scales[o] = (float) (output.scale() / input.scale() * 100 / spread * (0.5 + random.nextDouble()));
                bias[o] = (int) (spread * (2 * random.nextDouble() - 1));
            }
            layers.add(new QuantisedLayer(weights, bias, scales, input, output, random.nextBoolean()));
            input = output;
        }
        return TfliteWriter.write(layers);
    }

    public static Model model(long seed, int... widths) {
        return accepted(file(seed, widths));
    }

    public static Model accepted(byte[] file) {
        return switch (ModelValidator.validate(file)) {
            case Validation.Accepted(Model model) -> model;
            case Validation.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    public static byte[][] rows(RandomGenerator random, int count, int length) {
        byte[][] rows = new byte[count][length];
        for (byte[] row : rows) {
            random.nextBytes(row);
        }
        return rows;
    }

    /** One to four bytes anywhere, or one small number put over another. */
    public static byte[] mutate(RandomGenerator random, byte[] file) {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(file.length);
            file[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(16));
        }
        return file;
    }

    /** The folder of public models, for the tests that need them. */
    public static Path modelsOrSkip() {
        String models = System.getProperty("sunpeer.models");
        assumeTrue(models != null, "set -Dsunpeer.models=<folder of public .tflite models> to run this test");
        return Path.of(models);
    }
}
