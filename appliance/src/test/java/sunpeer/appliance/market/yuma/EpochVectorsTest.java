package sunpeer.appliance.market.yuma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sunpeer.appliance.Vectors;

/** Epochs that subtensor's own tests run, with what the unmodified upstream code answered: every number must be the same. */
class EpochVectorsTest {
    @TestFactory
    Stream<DynamicTest> selectedEpochs() {
        return Vectors.beside(getClass(), "epochs.json")
                .path("tests")
                .valueStream()
                .map(test -> DynamicTest.dynamicTest(test.path("test").asText(), () -> runAll(test)));
    }

    @Test
    void allEpochs() {
        int epochs = 0;
        for (JsonNode test : Vectors.complete("epoch_subtensor_tests.json").path("tests")) {
            epochs += runAll(test);
        }
        assertThat(epochs).isEqualTo(163);
    }

    /** @return number of epochs; the dense variant exists only in upstream's tests and computes something else */
    private static int runAll(JsonNode test) {
        int epochs = 0;
        for (JsonNode step : test.path("steps")) {
            if (!step.path("dense").asBoolean()) {
                run(test.path("test").asText() + " step " + step.path("step"), step);
                epochs++;
            }
        }
        return epochs;
    }

    private static void run(String name, JsonNode step) {
        JsonNode expected = step.path("expected");
        long emission = step.path("input").path("emission").asLong();
        EpochResult result = Epoch.run(state(step.path("input")), emission);
        same(name, result, expected, "stake_weight", Outcome::stakeWeight);
        same(name, result, expected, "consensus", Outcome::consensus);
        same(name, result, expected, "incentive", Outcome::incentive);
        same(name, result, expected, "dividends", Outcome::dividends);
        same(name, result, expected, "validator_trust", Outcome::validatorTrust);
        same(name, result, expected, "server_emission", Outcome::serverEmission);
        same(name, result, expected, "validator_emission", Outcome::validatorEmission);
        same(name, result, expected, "emission", Outcome::emission);
        same(name, result, expected, "active", outcome -> outcome.active() ? 1 : 0);
        same(name, result, expected, "validator_permit", outcome -> outcome.permit() ? 1 : 0);
        assertThat(result.outcomes().stream().map(Outcome::bonds))
                .as(name + " bonds")
                .isEqualTo(expected.path("bonds")
                        .valueStream()
                        .map(EpochVectorsTest::row)
                        .toList());
        assertThat(result.serverSum() + result.validatorSum() + result.remainder())
                .isEqualTo(emission);
    }

    private static void same(
            String name, EpochResult result, JsonNode expected, String field, ToLongFunction<Outcome> actual) {
        long[] wanted = expected.path(field)
                .valueStream()
                .mapToLong(value -> value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asLong())
                .toArray();
        assertThat(result.outcomes().stream().mapToLong(actual).toArray())
                .as(name + " " + field)
                .isEqualTo(wanted);
    }

    private static SubnetState state(JsonNode input) {
        int n = input.path("n").asInt();
        boolean commitReveal = input.path("commit_reveal").asBoolean();
        List<Neuron> neurons = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            JsonNode commit = input.path("active_commit_block").path(i);
            neurons.add(new Neuron(
                    input.path("stake").path(i).asLong(),
                    input.path("last_update").path(i).asLong(),
                    input.path("block_at_registration").path(i).asLong(),
                    input.path("validator_permit").path(i).asBoolean(),
                    commitReveal && commit.isNumber() ? commit.asLong() : Neuron.NO_COMMIT,
                    row(input.path("weights").path(i)),
                    row(input.path("bonds").path(i))));
        }
        JsonNode owner = input.path("owner_uid");
        return new SubnetState(
                input.path("current_block").asLong(),
                input.path("last_mechanism_step_block").asLong(),
                owner.isNumber() ? OptionalInt.of(owner.asInt()) : OptionalInt.empty(),
                neurons,
                parameters(input));
    }

    private static YumaParameters parameters(JsonNode input) {
        BondRule rule = new BondRule.Classic();
        if (input.path("yuma3").asBoolean()) {
            rule = input.path("liquid_alpha").asBoolean()
                    ? new BondRule.LiquidAlpha(
                            input.path("alpha_values").path(0).asInt(),
                            input.path("alpha_values").path(1).asInt(),
                            input.path("alpha_sigmoid_steepness").asInt())
                    : new BondRule.Proportional();
        }
        return new YumaParameters(
                input.path("kappa").asInt(),
                input.path("bonds_penalty").asInt(),
                input.path("bonds_moving_average").asInt(),
                input.path("activity_cutoff_blocks").asLong(),
                input.path("stake_threshold").asLong(),
                input.path("max_allowed_validators").asInt(),
                input.path("tempo").asLong(),
                rule);
    }

    private static SparseRow row(JsonNode entries) {
        return SparseRow.of(
                entries.valueStream().mapToInt(entry -> entry.path(0).asInt()).toArray(),
                entries.valueStream().mapToInt(entry -> entry.path(1).asInt()).toArray());
    }
}
