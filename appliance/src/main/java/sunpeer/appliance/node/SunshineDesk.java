package sunpeer.appliance.node;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.Measured;
import sunpeer.appliance.ledger.ByteReader;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Blend;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.market.Payload;
import sunpeer.appliance.market.Peer;
import sunpeer.appliance.market.QuantileForecast;
import sunpeer.appliance.market.Question;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.market.Sunshine;
import sunpeer.inference.Model;
import sunpeer.inference.Outcome;
import sunpeer.inference.training.Dataset;

/**
 * A node's part in the sunshine subnet: when to ask, to answer, to reveal, to score and to learn.
 *
 * <p>Confined to one thread.
 */
final class SunshineDesk {
    /** Part of an epoch after which the forecast for the next is made: late enough to be fresh, early enough to arrive. */
    private static final double ASK_AFTER = 0.5;

    /** Part of an epoch after which a node answers without its model rather than not at all. */
    private static final double ANSWER_ANYWAY_AFTER = 0.8;

    private static final Duration CALIBRATE_EVERY = Duration.ofHours(3);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final ZoneId zone;
    private final Signer signer;
    private final EnergyMonitor energy;
    private final LedgerFollower follower;
    private final WorkDesk work;
    private final Sunshine sunshine;
    private @Nullable Model model;
    private List<Question> asked = List.of();
    private long askedWindow = -1;
    private long committedWindow;
    private long scoredWindow = -1;
    private Instant calibrateDue = Instant.MIN;
    private List<Question> answered = List.of();
    private long learnedTo = -1;

    SunshineDesk(
            ZoneId zone, Signer signer, EnergyMonitor energy, LedgerFollower follower, WorkDesk work, Snapshots kept) {
        this.zone = zone;
        this.signer = signer;
        this.energy = energy;
        this.follower = follower;
        this.work = work;
        this.sunshine = new Sunshine(kept.sunshine());
        this.committedWindow = sunshine.newestCommitted();
        this.model = kept.model().orElse(null);
    }

    Command.Keep keep() {
        return Snapshots.keep(sunshine.memory());
    }

    /** The clock was set back. */
    void forgetDueTimes() {
        calibrateDue = Instant.MIN;
    }

    Optional<Model> model() {
        return Optional.ofNullable(model);
    }

    Map<Integer, Double> skills() {
        return sunshine.skills();
    }

    /** The ledger moved or time passed: reveal and score what is due. */
    void market(Instant now, boolean online, NodeCore.Teller teller, List<Command> out) {
        Books books = follower.books().orElse(null);
        Integer self = follower.uid().orElse(null);
        if (books == null || self == null || !online) {
            return;
        }
        if (follower.size() != learnedTo) {
            learnedTo = follower.size();
            sunshine.learnTruths(books);
            answered = sunshine.answered();
        }
        Optional<Payload.Reveal> reveal = sunshine.due(books, self);
        if (reveal.isPresent() && !follower.isPending(reveal.get())) {
            out.addAll(follower.submit(reveal.get()));
        }
        score(books, self, now, teller, out);
    }

    private void score(Books books, int self, Instant now, NodeCore.Teller teller, List<Command> out) {
        Rules rules = books.rules();
        long window = rules.epochAt(now) - 1;
        boolean known = window <= Math.max(scoredWindow, books.lastSheetWindow(self));
        // A sheet that still waits for its receipt, perhaps from before a restart, must not be followed by a second
        // one.
        if (window < 0 || known || books.epoch() != window + 1 || follower.isPending(EntryType.WEIGHTS)) {
            return;
        }
        Optional<Measured> measured = energy.sky().window(rules.beginOf(window), rules.endOf(window));
        if (measured.isEmpty()) {
            return;
        }
        scoredWindow = window;
        int truth = QuantileForecast.percent(measured.get().clearSkyIndex());
        Payload.Weights sheet = sunshine.score(window, truth, books, self);
        List<Command> submitted = follower.submit(sheet);
        if (submitted.isEmpty()) {
            return;
        }
        out.addAll(submitted);
        List<String> names = books.peers().stream().map(Peer::name).toList();
        out.add(new Command.Publish.Score(window, truth, sheet.row(), names));
        teller.tell(
                out,
                Story.Kind.MARKET,
                String.format(
                        Locale.ROOT,
                        "measured %.0f %% of a clear sky from %s on, forecasts of it scored: %d",
                        (double) truth,
                        CLOCK.format(rules.beginOf(window).atZone(zone)),
                        books.answers(window).stream()
                                .filter(answer -> answer.uid() != self
                                        && answer.forecasts().containsKey(self))
                                .count()));
    }

    /** Whether there is nothing to forecast, any more or at all, for this window. */
    boolean isAnswered(long window) {
        return committedWindow >= window || (askedWindow == window && asked.isEmpty());
    }

    /**
     * A fresh picture of the battery: start what it allows.
     *
     * @param mayWork whether any job may begin
     */
    void decide(Instant now, boolean online, boolean mayWork, NodeCore.Teller teller, List<Command> out) {
        Books books = follower.books().orElse(null);
        Integer self = follower.uid().orElse(null);
        if (books == null || self == null) {
            return;
        }
        List<WorkDesk.Wish> wishes = new ArrayList<>();
        forecastWish(books, self, now, online, mayWork, teller, out).ifPresent(wishes::add);
        if (sunshine.wantsTraining(answered, model != null)) {
            wishes.add(new WorkDesk.Wish(WorkDesk.Kind.TRAIN, "training the forecast model", 0, answered));
        }
        if (model != null && !now.isBefore(calibrateDue)) {
            wishes.add(new WorkDesk.Wish(WorkDesk.Kind.CALIBRATE, "calibrating the model", 0, answered));
        }
        if (!mayWork) {
            restIfDark(wishes, out);
            return;
        }
        List<Story> told = new ArrayList<>();
        Optional<WorkDesk.Running> started = work.choose(wishes, energy.supply(now), now, model, told);
        told.forEach(story -> teller.tell(out, story.kind(), story.text()));
        started.ifPresentOrElse(job -> out.add(order(job)), () -> restIfDark(wishes, out));
    }

    /** When the battery keeps work waiting, the child that would do it need not sit in memory. */
    private void restIfDark(List<WorkDesk.Wish> wishes, List<Command> out) {
        if (!work.isBusy() && !wishes.isEmpty()) {
            out.add(new Command.RestWorker());
        }
    }

    private Optional<WorkDesk.Wish> forecastWish(
            Books books,
            int self,
            Instant now,
            boolean online,
            boolean mayWork,
            NodeCore.Teller teller,
            List<Command> out) {
        Rules rules = books.rules();
        long open = rules.epochAt(now);
        long window = open + 1;
        double part = (double) Duration.between(rules.beginOf(open), now).toMillis()
                / rules.tempo().toMillis();
        boolean late = books.epoch() != open;
        if (!online
                || late
                || part < ASK_AFTER
                || committedWindow >= window
                || books.commitment(self, window).isPresent()) {
            return Optional.empty();
        }
        if (askedWindow != window) {
            askedWindow = window;
            asked = sunshine.ask(window, books, self, energy.sky(), now);
        }
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String hour = CLOCK.format(rules.beginOf(window).atZone(zone));
        if (model == null || !mayWork || (part >= ANSWER_ANYWAY_AFTER && !work.isBusy())) {
            commit(window, sunshine.answerByPersistence(asked), out);
            String why = model == null
                    ? "no model yet (" + answered.size() + " of " + Sunshine.QUESTIONS_MIN + " examples)"
                    : mayWork ? "the model had to wait" : "the model rests";
            teller.tell(out, Story.Kind.MARKET, "forecast for " + hour + " by persistence: " + why);
            return Optional.empty();
        }
        return Optional.of(new WorkDesk.Wish(WorkDesk.Kind.FORECAST, "forecast for " + hour, window, asked));
    }

    private void commit(long window, Map<Integer, QuantileForecast> forecasts, List<Command> out) {
        committedWindow = window;
        Payload.Commit commit =
                sunshine.commit(follower.uid().orElseThrow(), window, signer.secret("forecast", window), forecasts);
        // The forecast is kept before its hash is promised, else a power cut would leave a promise we cannot keep.
        out.add(keep());
        out.addAll(follower.submit(commit));
    }

    private Command order(WorkDesk.Running job) {
        List<Question> questions = job.wish().questions();
        Model known = job.model();
        if (job.wish().kind() == WorkDesk.Kind.TRAIN || known == null) {
            float[][] features = questions.stream().map(Question::row).toArray(float[][]::new);
            float[] truths = new float[questions.size()];
            for (int i = 0; i < truths.length; i++) {
                truths[i] = Sunshine.target(questions.get(i));
            }
            Bytes secret = signer.secret("training", questions.size());
            long seed = new ByteReader(secret).i64();
            return new Command.TrainModel(job.job(), Dataset.of(features, truths), seed);
        }
        List<Bytes> rows = questions.stream()
                .map(question -> Bytes.of(known.quantise(question.row())))
                .toList();
        return new Command.RunModel(job.job(), known, rows);
    }

    void ran(long number, Outcome outcome, Instant now, NodeCore.Teller teller, List<Command> out) {
        WorkDesk.Running job = work.finish(number, now).orElse(null);
        if (job == null) {
            return;
        }
        Model ran = job.model();
        switch (outcome) {
            case Outcome.Failed(var cause, String message) -> {
                work.failed(job.wish().kind(), now);
                teller.tell(out, Story.Kind.ALARM, job.wish().label() + " failed (" + cause + "): " + message);
            }
            case Outcome.Done(byte[][] outputs, long busyNanos)
            when ran != null -> {
                work.inferred(outputs.length);
                float[][] values = new float[outputs.length][];
                for (int i = 0; i < values.length; i++) {
                    values[i] = ran.dequantise(outputs[i]);
                }
                teller.tell(
                        out,
                        Story.Kind.DONE,
                        String.format(
                                Locale.ROOT,
                                "%d inferences in %.2f ms, about %.2f Wh; %s",
                                outputs.length,
                                busyNanos / 1e6,
                                work.wattHours(job, now),
                                job.reason().text()));
                use(job, values, out);
            }
            case Outcome.Done done -> throw new IllegalStateException("a model ran that was not ordered: " + done);
        }
    }

    private void use(WorkDesk.Running job, float[][] values, List<Command> out) {
        if (job.wish().kind() == WorkDesk.Kind.CALIBRATE) {
            sunshine.calibrate(job.wish().questions(), values);
            calibrateDue = job.since().plus(CALIBRATE_EVERY);
            out.add(keep());
        } else if (committedWindow < job.wish().window()) {
            commit(job.wish().window(), sunshine.answer(job.wish().questions(), values), out);
        }
    }

    void trained(long number, Training training, Instant now, NodeCore.Teller teller, List<Command> out) {
        WorkDesk.Running job = work.finish(number, now).orElse(null);
        if (job == null) {
            return;
        }
        switch (training) {
            case Training.Failed(String reason) -> {
                work.failed(WorkDesk.Kind.TRAIN, now);
                teller.tell(out, Story.Kind.ALARM, "training failed: " + reason);
            }
            case Training.Learned(Model learned, Blend blend, int rows, int skillPercent) -> {
                work.trained();
                model = learned;
                sunshine.trained(job.wish().questions(), blend);
                calibrateDue = now;
                out.add(Snapshots.keep(learned));
                out.add(keep());
                teller.tell(
                        out,
                        Story.Kind.DONE,
                        String.format(
                                Locale.ROOT,
                                "trained on %d examples: %d %% better than persistence on the newest, trusted %.0f %%, %d bytes, about %.2f Wh; %s",
                                rows,
                                skillPercent,
                                100 * blend.share(),
                                learned.sizeBytes(),
                                work.wattHours(job, now),
                                job.reason().text()));
            }
        }
    }
}
