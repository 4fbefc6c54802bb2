package sunpeer.appliance.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.ledger.Bytes;

/** What a forecast is worth, and that eight truths of ten fall into what was promised. */
class SunshineTest {
    private static final int SELF = 0;
    private static final int TRUTH = 80;

    private final Spoken spoken = Spoken.with(4);
    private final Books books = spoken.books;
    private final Sunshine sunshine = new Sunshine(SunshineMemory.NONE);

    /** In the first window with this answer of uid 1 and that of uid 2; uid 3 never answers. */
    private Payload.Weights scored(long window, Payload.Reveal one, Payload.Reveal two) {
        spoken.closeUntil(window - 1);
        spoken.commit(1, one);
        spoken.commit(2, two);
        spoken.closeUntil(window);
        spoken.says(1, one);
        spoken.says(2, two);
        spoken.closeUntil(window + 1);
        return sunshine.score(window, TRUTH, books, SELF);
    }

    private static double skillOf(int loss) {
        int reference = Climatology.PRIOR.forecast().pinballLoss(TRUTH);
        return Math.max(0, (double) (reference - loss) / reference);
    }

    @Test
    void theSheetIsInProportionToSkillAndZeroForSelfAndAbsent() {
        Payload.Reveal perfect = Spoken.reveal(1, SELF, TRUTH, TRUTH, TRUTH);
        Payload.Reveal fair = Spoken.reveal(1, SELF, 70, 75, 85);
        int loss = new QuantileForecast(70, 75, 85).pinballLoss(TRUTH);

        Payload.Weights sheet = scored(1, perfect, fair);

        assertThat(sheet.truth()).isEqualTo(TRUTH);
        assertThat(sheet.row()).containsExactly(0, 65_535, (int) Math.round(65_535 * skillOf(loss)), 0);
        assertThat(sunshine.skills()).containsOnlyKeys(1, 2).containsEntry(1, 1.0);
        assertThat(spoken.refusal(SELF, sheet)).isEmpty();
    }

    @Test
    void whoIsAbsentGetsNothingThisTimeAndKeepsItsSkill() {
        scored(1, Spoken.reveal(1, SELF, 80, 80, 80), Spoken.reveal(1, SELF, 80, 80, 80));
        // Answers for another site are no answers for ours.
        Payload.Weights sheet = scored(3, Spoken.reveal(3, 2, 80, 80, 80), Spoken.reveal(3, SELF, 70, 75, 85));

        assertThat(sheet.row()).containsExactly(0, 0, 65_535, 0);
        assertThat(sunshine.skills()).containsEntry(1, 1.0);
        double newest = skillOf(new QuantileForecast(70, 75, 85).pinballLoss(TRUTH));
        assertThat(sunshine.skills().get(2)).isCloseTo(0.7 + 0.3 * newest, within(1e-12));
    }

    @Test
    void whoIsWorseThanClimatologyGetsNothing() {
        Payload.Weights sheet = scored(1, Spoken.reveal(1, SELF, 0, 5, 9), Spoken.reveal(1, SELF, 190, 195, 200));
        assertThat(sheet.row()).containsExactly(0, 0, 0, 0);
        assertThat(sunshine.skills()).containsEntry(1, 0.0).containsEntry(2, 0.0);
    }

    @Test
    void aForecastIsKeptUntilItMayBeShown() {
        var secret = Spoken.RULES.start().toString();
        var commit = sunshine.commit(
                2,
                1,
                Bytes.ofText(secret).sha256(),
                Spoken.reveal(1, SELF, 70, 75, 85).forecasts());
        assertThat(sunshine.due(books, 2)).as("not committed yet").isEmpty();
        spoken.says(2, commit);
        assertThat(sunshine.due(books, 2)).as("others may still commit").isEmpty();
        spoken.close();
        Sunshine restarted = new Sunshine(sunshine.memory());
        var due = restarted.due(books, 2);
        assertThat(due).isPresent();
        assertThat(due.get().commitment(2)).isEqualTo(commit.hash());
        assertThat(spoken.refusal(2, due.get())).isEmpty();
        assertThat(restarted.due(books, 2)).as("shown once").isEmpty();
    }

    @Test
    void eightOfTenTruthsFallIntoTheCalibratedForecast() {
        long seed = 2_019;
        SplittableRandom random = new SplittableRandom(seed);
        List<Question> known = questions(random, 300);
        sunshine.calibrate(known, narrow(300));
        List<Question> fresh = questions(random, 3_000);
        long inside = 0;
        for (Question question : fresh) {
            QuantileForecast said =
                    sunshine.answer(List.of(question), narrow(1)).get(question.uid());
            assertThat(said).isNotNull();
            inside += said != null && said.q10() <= question.truth() && question.truth() <= said.q90() ? 1 : 0;
        }
        assertThat(inside / 3_000.0)
                .as("seed %d, widened by %.3f", seed, sunshine.widen())
                .isBetween(0.75, 0.87);
    }

    /** A model that says the same, much too narrow. */
    private static float[][] narrow(int rows) {
        return Collections.nCopies(rows, new float[] {0.58f, 0.6f, 0.62f}).toArray(float[][]::new);
    }

    private static List<Question> questions(SplittableRandom random, int count) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int truth = Math.clamp(Math.round(60 + 15 * gaussian(random)), 0, 200);
            questions.add(new Question(i, 1, List.of(0f, 0f, 0f, 0f, 0f, 0f, 0f), truth));
        }
        return questions;
    }

    /** Sum of twelve uniform numbers less six: near enough to a normal one. */
    private static double gaussian(SplittableRandom random) {
        return random.doubles(12).sum() - 6;
    }
}
