package sunpeer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sunpeer.inference.Validation.Check;
import sunpeer.inference.training.RandomModels;

class ModelValidatorTest {
    @Test
    void acceptsWhatItDescribes() {
        byte[] file = RandomModels.file(1, 12, 16, 3);
        Model model = RandomModels.accepted(file);
        assertThat(model.inputLength()).isEqualTo(12);
        assertThat(model.outputLength()).isEqualTo(3);
        assertThat(model.multiplyAdds()).isEqualTo(12 * 16 + 16 * 3);
        assertThat(model.bytes()).isEqualTo(file);
        assertThat(model.id()).hasSize(64).isEqualTo(RandomModels.accepted(file).id());
        assertThat(model).isEqualTo(RandomModels.accepted(file)).isNotEqualTo(RandomModels.model(2, 12, 16, 3));
    }

    @Test
    void theCallerMayReuseItsArray() {
        byte[] file = RandomModels.file(1, 4, 4);
        Model model = RandomModels.accepted(file);
        byte[] before = model.bytes();
        Arrays.fill(file, (byte) 0);
        assertThat(model.bytes()).isEqualTo(before);
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] file = RandomModels.file(2, 6, 8, 2);
        for (int length = 0; length < file.length; length++) {
            // The description and some padding stand at the end; what is cut there is still a broken file.
            Validation result = ModelValidator.validate(Arrays.copyOf(file, length));
            assertThat(result).as("first %d of %d bytes", length, file.length).isInstanceOf(Validation.Refused.class);
        }
    }

    @Test
    void sizeAndIdentifierAreRefusedByName() {
        assertThat(check(new byte[0])).isEqualTo(Check.SIZE);
        assertThat(check(new byte[ModelLimits.MODEL_BYTES + 1])).isEqualTo(Check.SIZE);
        assertThat(check(new byte[100])).isEqualTo(Check.IDENTIFIER);
        byte[] headless = {0x18, 0, 0, 0, 'T', 'F', 'L', '3'};
        assertThat(check(headless)).isEqualTo(Check.STRUCTURE);
    }

    @Test
    void garbageWithTheRightIdentifierIsRefused() {
        RandomGenerator random = RandomModels.random(3);
        for (int i = 0; i < 2000; i++) {
            byte[] file = new byte[8 + random.nextInt(400)];
            random.nextBytes(file);
            // Small offsets reach deeper than wild ones.
            file[1] = 0;
            file[2] = 0;
            file[3] = 0;
            System.arraycopy(new byte[] {'T', 'F', 'L', '3'}, 0, file, 4, 4);
            assertThat(ModelValidator.validate(file)).isInstanceOf(Validation.Refused.class);
        }
    }

    @Test
    void mutationsAreRefusedByNameOrRunWithoutHarm() {
        Map<Check, Integer> refusals = new EnumMap<>(Check.class);
        int accepted = 0;
        for (long seed = 0; seed < 4000; seed++) {
            RandomGenerator random = RandomModels.random(seed);
            byte[] file = RandomModels.mutate(random, RandomModels.file(4, 5, 6, 2));
            switch (ModelValidator.validate(file)) {
                case Validation.Accepted(Model model) -> {
                    accepted++;
                    byte[][] rows = RandomModels.rows(random, 3, model.inputLength());
                    assertThat(new Int8Interpreter().run(model, rows)).isInstanceOf(Outcome.Done.class);
                }
                case Validation.Refused(Check check, String reason) -> {
                    assertThat(reason).isNotBlank();
                    refusals.merge(check, 1, Integer::sum);
                }
            }
        }
        // Both must happen, else the mutations test nothing.
        assertThat(accepted).isBetween(100, 3900);
        assertThat(refusals)
                .containsKeys(Check.STRUCTURE, Check.OPERATOR, Check.INDEX, Check.SHAPE, Check.QUANTISATION)
                .containsKeys(Check.TYPE, Check.DATA_FLOW, Check.VERSION);
    }

    @Test
    void weightsOfMinus128AreRefused() {
        byte[] file = RandomModels.file(5, 4, 4);
        // The weights are the only 16 random bytes; find them by what the layer computes from them.
        int refused = 0;
        for (int at = 8; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] = Byte.MIN_VALUE;
            if (ModelValidator.validate(changed) instanceof Validation.Refused(Check check, String reason)
                    && reason.contains("a weight of -128")) {
                assertThat(check).isEqualTo(Check.QUANTISATION);
                refused++;
            }
        }
        assertThat(refused).isEqualTo(16);
    }

    @Test
    void realModels() throws IOException {
        Path models = RandomModels.modelsOrSkip();
        Model hello = RandomModels.accepted(Files.readAllBytes(models.resolve("hello_world_int8.tflite")));
        assertThat(hello.multiplyAdds()).isEqualTo(16 + 256 + 16);
        Model anomaly = RandomModels.accepted(Files.readAllBytes(models.resolve("ad01_int8.tflite")));
        assertThat(anomaly.inputLength()).isEqualTo(640);
        // Valid for TFLite's verifier, and it corrupts the heap of whoever runs it.
        assertThat(check(Files.readAllBytes(models.resolve("keyword_scrambled_8bit.tflite"))))
                .isEqualTo(Check.OPERATOR);
        // Valid for TFLite, but not an MLP.
        assertThat(check(Files.readAllBytes(models.resolve("kws_ref_model.tflite"))))
                .isEqualTo(Check.OPERATOR);
    }

    @Test
    void filesThatCrashTfliteAreRefused() throws IOException {
        try (Stream<Path> files = Files.list(RandomModels.modelsOrSkip().resolve("bad"))) {
            for (Path file : files.toList()) {
                assertThat(ModelValidator.validate(Files.readAllBytes(file)))
                        .as(file.getFileName().toString())
                        .isInstanceOf(Validation.Refused.class);
            }
        }
    }

    private static Check check(byte[] file) {
        return switch (ModelValidator.validate(file)) {
            case Validation.Accepted accepted -> throw new AssertionError("accepted " + accepted.model());
            case Validation.Refused(Check check, String reason) -> check;
        };
    }
}
