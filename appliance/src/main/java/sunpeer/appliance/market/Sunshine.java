package sunpeer.appliance.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sunpeer.appliance.energy.ClearSkyMeter;
import sunpeer.appliance.energy.Measured;
import sunpeer.appliance.energy.Sun;
import sunpeer.appliance.ledger.Bytes;

/**
 * The built-in subnet: every peer forecasts the clear-sky index of the own and the others' sites for the coming window, and
 * scores what was said about its own site by what its charge controller then measured.
 *
 * <p>Confined to one thread. A window is one epoch. Forecasts for it are committed before it begins, revealed while it
 * lasts and scored once it is over. Features of a question, all as fractions: the site's newest published truth, the mean of
 * its truths, the own sky over the last half hour and over the hour before, the sine of the sun's elevation in the
 * middle of the window, whether the site is the own one, and how old the published truth is.
 */
public final class Sunshine {
    public static final int FEATURES = 7;
    /** Fewest answered questions that a model is trained on. */
    public static final int QUESTIONS_MIN = 18;

    /** Two months of three sites; older weather teaches little and costs memory and sun. */
    private static final int QUESTIONS_MAX = 2_000;
    /** New answers after which training again is worth the energy: some, and a fifth more than there were. */
    private static final int RETRAIN_AFTER_MIN = 18;
    /** Below this clear-sky irradiance in the middle of a window the measure of the sky is too coarse to be a truth. */
    private static final double ASKED_GHI_MIN_WM2 = 150;
    /** Weight of the newest window in a peer's moving skill. */
    private static final double SKILL_STEP = 0.3;

    private static final double TYPICAL = 0.7;
    private static final double STALE_WINDOWS = 24;

    private final List<Question> questions;
    private final TreeMap<Integer, Double> skill;
    private final TreeMap<Long, Payload.Reveal> unrevealed = new TreeMap<>();
    private Blend blend;
    private double widen;
    private long trainedTo;

    public Sunshine(SunshineMemory memory) {
        this.questions = new ArrayList<>(memory.questions());
        this.skill = new TreeMap<>(memory.skill());
        this.blend = memory.blend();
        this.widen = memory.widen();
        this.trainedTo = memory.trainedTo();
        memory.unrevealed().forEach(reveal -> unrevealed.put(reveal.window(), reveal));
    }

    public SunshineMemory memory() {
        return new SunshineMemory(questions, skill, blend, widen, trainedTo, List.copyOf(unrevealed.values()));
    }

    /** The sites that have sun enough in a window to be asked about. */
    public static List<Peer> asked(Books books, long window) {
        Instant middle = middle(books.rules(), window);
        return books.peers().stream()
                .filter(peer -> new Sun(peer.place()).at(middle).clearSkyGhiWm2() >= ASKED_GHI_MIN_WM2)
                .toList();
    }

    /** Poses the questions of a window as the node knows things now, and remembers them for training. */
    public List<Question> ask(long window, Books books, int self, ClearSkyMeter sky, Instant now) {
        questions.removeIf(question -> question.window() == window);
        List<Question> asked = new ArrayList<>();
        for (Peer site : asked(books, window)) {
            asked.add(new Question(window, site.uid(), features(window, books, site, self, sky, now), -1));
        }
        questions.addAll(asked);
        while (questions.size() > QUESTIONS_MAX) {
            questions.removeFirst();
        }
        return asked;
    }

    private static List<Float> features(long window, Books books, Peer site, int self, ClearSkyMeter sky, Instant now) {
        Climatology climate = books.climatology(site.uid());
        double age = STALE_WINDOWS;
        double published = climate.last() / 100.0;
        for (long back = 1; back <= STALE_WINDOWS; back++) {
            Optional<Integer> truth = books.truth(site.uid(), window - back);
            if (truth.isPresent()) {
                published = truth.get() / 100.0;
                age = back;
                break;
            }
        }
        double recent = index(sky, now.minus(Duration.ofMinutes(30)), now).orElse(published);
        double before = index(sky, now.minus(Duration.ofMinutes(90)), now.minus(Duration.ofMinutes(30)))
                .orElse(recent);
        double elevation = Math.toRadians(
                new Sun(site.place()).at(middle(books.rules(), window)).elevationDeg());
        return List.of(
                (float) published,
                (float) climate.mean(),
                (float) recent,
                (float) before,
                (float) Math.sin(elevation),
                site.uid() == self ? 1f : 0f,
                (float) (age / STALE_WINDOWS));
    }

    private static Optional<Double> index(ClearSkyMeter sky, Instant from, Instant to) {
        return sky.window(from, to).map(Measured::clearSkyIndex);
    }

    private static Instant middle(Rules rules, long window) {
        return rules.beginOf(window).plus(rules.tempo().dividedBy(2));
    }

    /**
     * Forecasts from a model's outputs, one row of three quantiles for each question, widened as the last calibration found.
     */
    public Map<Integer, QuantileForecast> answer(List<Question> asked, float[][] outputs) {
        TreeMap<Integer, QuantileForecast> forecasts = new TreeMap<>();
        for (int i = 0; i < asked.size(); i++) {
            double[] row = blend.of(outputs[i]);
            double base = persistence(asked.get(i));
            forecasts.put(
                    asked.get(i).uid(),
                    QuantileForecast.of(base + row[0] - widen, base + row[1], base + row[2] + widen));
        }
        return forecasts;
    }

    /** What a peer says without a model or the energy to run it: half persistence, half typical, wide. */
    public Map<Integer, QuantileForecast> answerByPersistence(List<Question> asked) {
        TreeMap<Integer, QuantileForecast> forecasts = new TreeMap<>();
        for (Question question : asked) {
            double middle = persistence(question);
            forecasts.put(question.uid(), QuantileForecast.of(middle - 0.25, middle, middle + 0.2));
        }
        return forecasts;
    }

    /**
     * What is left of the present sky by the coming window, as a clear-sky index: mostly it stays, a little it turns to what is
     * typical. The model learns only how far the truth lies from this, so that a few examples do no harm.
     */
    private static double persistence(Question question) {
        float[] known = question.row();
        double latest = known[5] == 1f ? known[2] : 0.5 * (known[0] + known[2]);
        return 0.75 * latest + 0.25 * TYPICAL;
    }

    /** What a model shall learn of an answered question: the truth less persistence, as a clear-sky index. */
    public static float target(Question question) {
        return (float) (question.truth() / 100.0 - persistence(question));
    }

    /** Keeps the forecasts until they may be shown, and gives the commitment. */
    public Payload.Commit commit(int self, long window, Bytes secret, Map<Integer, QuantileForecast> forecasts) {
        Payload.Reveal reveal = new Payload.Reveal(window, secret.slice(0, Payload.SALT_BYTES), forecasts);
        unrevealed.put(window, reveal);
        return new Payload.Commit(window, reveal.commitment(self));
    }

    /** The reveal that is due: its window is open, the commitment is sequenced, the reveal is not. */
    public Optional<Payload.Reveal> due(Books books, int self) {
        unrevealed.headMap(books.epoch() - 2).clear();
        return unrevealed.values().stream()
                .filter(reveal -> reveal.window() <= books.epoch()
                        && books.commitment(self, reveal.window())
                                .filter(reveal.commitment(self)::equals)
                                .isPresent()
                        && !books.hasRevealed(self, reveal.window()))
                .findFirst();
    }

    /** The newest window that a forecast was committed for and not yet dropped, -1 if none; survives a restart. */
    public long newestCommitted() {
        return unrevealed.isEmpty() ? -1 : unrevealed.lastKey();
    }

    /** The sheet for a window whose truth is known: everybody's moving skill, zero for who did not answer. */
    public Payload.Weights score(long window, int truth, Books books, int self) {
        int reference = books.climatology(self).forecast().pinballLoss(truth);
        TreeMap<Integer, Double> answered = new TreeMap<>();
        for (Books.Answer answer : books.answers(window)) {
            QuantileForecast forecast = answer.forecasts().get(self);
            if (forecast != null && answer.uid() != self) {
                double newest = skill(forecast.pinballLoss(truth), reference);
                double moved = skill.containsKey(answer.uid())
                        ? (1 - SKILL_STEP) * skill.getOrDefault(answer.uid(), 0.0) + SKILL_STEP * newest
                        : newest;
                skill.put(answer.uid(), moved);
                answered.put(answer.uid(), moved);
            }
        }
        double best = answered.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        List<Integer> row = new ArrayList<>();
        for (Peer peer : books.peers()) {
            double share = best > 0 ? answered.getOrDefault(peer.uid(), 0.0) / best : 0;
            row.add((int) Math.round(65_535 * share));
        }
        return new Payload.Weights(window, truth, row);
    }

    private static double skill(int loss, int reference) {
        return reference == 0 ? 0 : Math.max(0, (double) (reference - loss) / reference);
    }

    /** Takes over the truths that the ledger has published since. */
    public void learnTruths(Books books) {
        questions.replaceAll(question -> question.isAnswered()
                ? question
                : books.truth(question.uid(), question.window())
                        .map(question::answered)
                        .orElse(question));
    }

    public List<Question> answered() {
        return questions.stream().filter(Question::isAnswered).toList();
    }

    /** @param known {@link #answered()} */
    public boolean wantsTraining(List<Question> known, boolean hasModel) {
        long fresh =
                known.stream().filter(question -> question.window() > trainedTo).count();
        return known.size() >= QUESTIONS_MIN && (!hasModel || fresh >= Math.max(RETRAIN_AFTER_MIN, known.size() / 6));
    }

    /** Notes that a model has learned from these, and how far it is to be trusted. */
    public void trained(List<Question> on, Blend trust) {
        blend = trust;
        trainedTo = on.stream().mapToLong(Question::window).max().orElse(trainedTo);
    }

    /**
     * Widens the forecasts so that eight truths of ten fall between the outer quantiles, as they promise (split conformal
     * calibration, Romano et al. 2019).
     */
    public void calibrate(List<Question> asked, float[][] outputs) {
        double[] misses = new double[asked.size()];
        for (int i = 0; i < misses.length; i++) {
            double truth = target(asked.get(i));
            double[] row = blend.of(outputs[i]);
            misses[i] = Math.max(row[0] - truth, truth - row[2]);
        }
        Arrays.sort(misses);
        if (misses.length > 0) {
            widen = misses[Math.min(misses.length - 1, (int) Math.ceil(0.8 * (misses.length + 1)) - 1)];
        }
    }

    public double widen() {
        return widen;
    }

    public Map<Integer, Double> skills() {
        return Map.copyOf(skill);
    }
}
