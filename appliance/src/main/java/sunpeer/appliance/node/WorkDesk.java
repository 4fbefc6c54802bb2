package sunpeer.appliance.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.Supply;
import sunpeer.appliance.market.Question;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.schedule.Decision;
import sunpeer.appliance.schedule.Job;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.appliance.schedule.Reason;
import sunpeer.appliance.schedule.Tier;
import sunpeer.inference.Model;

/**
 * The jobs of a node: which want to run, which one does, what each has cost.
 *
 * <p>Confined to one thread. One job runs at a time: the board has one power budget.
 */
final class WorkDesk {
    /** After a failure a kind of work rests, so that a broken model does not burn the battery in a loop. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofMinutes(10);

    /** A longer step of the clock is no passing of time. */
    private static final Duration STEP_MAX = Duration.ofMinutes(30);

    private static final double FIRST_GUESS_HOURS = 0.01;

    enum Kind {
        FORECAST(Tier.ESSENTIAL),
        TRAIN(Tier.STANDARD),
        CALIBRATE(Tier.BACKFILL);

        private final Tier tier;

        Kind(Tier tier) {
            this.tier = tier;
        }
    }

    /**
     * Something that wants to run.
     *
     * @param label for people
     * @param window the forecast's, else 0
     */
    record Wish(Kind kind, String label, long window, List<Question> questions) {
        Wish {
            questions = List.copyOf(questions);
        }
    }

    record Running(
            long job,
            Wish wish,
            Instant since,
            Reason reason,
            @Nullable Model model) {}

    private final PricePolicy policy;
    private final BoardDraw board;
    private final Map<Kind, Double> hours = new EnumMap<>(Kind.class);
    private final Map<Kind, Instant> restUntil = new EnumMap<>(Kind.class);
    private final Map<String, Reason> waiting = new LinkedHashMap<>();
    private @Nullable Running running;
    private long jobs;
    private double boardWh;
    private @Nullable Instant countedTo;
    private Counters counters;

    /** What a node has done since its store began. */
    record Counters(long inferences, long deferred, long trainings, long failures) {
        static final Counters NONE = new Counters(0, 0, 0, 0);
    }

    WorkDesk(PricePolicy policy, BoardDraw board, Counters counters) {
        this.policy = policy;
        this.board = board;
        this.counters = counters;
    }

    /** Counts what the board has drawn up to now. */
    void advance(Instant now) {
        Instant last = countedTo;
        if (last != null && now.isBefore(last) && Duration.between(now, last).compareTo(STEP_MAX) <= 0) {
            // Events of several threads come slightly out of order.
            return;
        }
        if (last != null && now.isAfter(last) && Duration.between(last, now).compareTo(STEP_MAX) <= 0) {
            boardWh += watts() * Duration.between(last, now).toMillis() / 3_600_000.0;
        }
        countedTo = now;
    }

    /**
     * Starts the first wish that the battery allows, and notes why the others wait.
     *
     * @param told takes a line for each job that begins to wait
     * @return the job to start, if any
     */
    Optional<Running> choose(List<Wish> wishes, Supply supply, Instant now, @Nullable Model model, List<Story> told) {
        waiting.keySet()
                .removeIf(
                        label -> wishes.stream().noneMatch(wish -> wish.label().equals(label)));
        if (running != null) {
            return Optional.empty();
        }
        for (Wish wish : wishes) {
            if (now.isBefore(restUntil.getOrDefault(wish.kind(), Instant.MIN))) {
                continue;
            }
            switch (policy.decide(supply, job(wish))) {
                case Decision.Wait(Reason reason) -> {
                    if (waiting.put(wish.label(), reason) == null) {
                        counters = new Counters(
                                counters.inferences(),
                                counters.deferred() + 1,
                                counters.trainings(),
                                counters.failures());
                        told.add(new Story(now, Story.Kind.WAIT, reason.text()));
                    }
                }
                case Decision.Run(Reason reason) -> {
                    waiting.remove(wish.label());
                    running = new Running(++jobs, wish, now, reason, model);
                    return Optional.of(running);
                }
            }
        }
        return Optional.empty();
    }

    private Job job(Wish wish) {
        double expected = hours.getOrDefault(wish.kind(), FIRST_GUESS_HOURS);
        return new Job(wish.label(), wish.kind().tier, expected, (board.activeW() - board.idleW()) * expected);
    }

    /** The running job, if this is its number; it is finished then. */
    Optional<Running> finish(long job, Instant now) {
        Running done = running;
        if (done == null || done.job() != job) {
            return Optional.empty();
        }
        running = null;
        double took = hours(done, now);
        hours.merge(done.wish().kind(), took, (old, fresh) -> 0.7 * old + 0.3 * fresh);
        return Optional.of(done);
    }

    /** How long a job took. A clock that was set meanwhile must not make it seem to cost a battery. */
    private static double hours(Running done, Instant now) {
        Duration took = Duration.between(done.since(), now);
        Duration bounded = took.isNegative() ? Duration.ZERO : took.compareTo(STEP_MAX) > 0 ? STEP_MAX : took;
        return bounded.toMillis() / 3_600_000.0;
    }

    /** The clock was set back. */
    void forgetRests() {
        restUntil.clear();
    }

    double wattHours(Running done, Instant now) {
        return board.activeW() * hours(done, now);
    }

    void inferred(int rows) {
        counters = new Counters(
                counters.inferences() + rows, counters.deferred(), counters.trainings(), counters.failures());
    }

    void trained() {
        counters =
                new Counters(counters.inferences(), counters.deferred(), counters.trainings() + 1, counters.failures());
    }

    void failed(Kind kind, Instant now) {
        restUntil.put(kind, now.plus(REST_AFTER_FAILURE));
        counters =
                new Counters(counters.inferences(), counters.deferred(), counters.trainings(), counters.failures() + 1);
    }

    boolean isBusy() {
        return running != null;
    }

    double watts() {
        return running == null ? board.idleW() : board.activeW();
    }

    /** The state of work in one sentence. */
    Reason reason(Supply supply) {
        if (running != null) {
            return running.reason();
        }
        if (!waiting.isEmpty()) {
            return waiting.values().iterator().next();
        }
        return switch (supply) {
            case Supply.Unknown unknown -> Reason.of(unknown);
            case Supply.Known known ->
                new Reason(Reason.Code.IDLE, known.sunUp() ? "nothing to do just now" : "nothing to do before sunrise");
        };
    }

    NodeView.Work view(Optional<Model> model) {
        return new NodeView.Work(
                watts(),
                boardWh,
                counters.inferences(),
                counters.deferred(),
                counters.trainings(),
                counters.failures(),
                model.map(known -> known.id().substring(0, 8)).orElse(""),
                Optional.ofNullable(running).map(job -> job.wish().label()),
                new ArrayList<>(waiting.values()),
                policy.prices());
    }

    Counters counters() {
        return counters;
    }
}
