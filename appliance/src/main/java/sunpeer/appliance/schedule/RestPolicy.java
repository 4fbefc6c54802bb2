package sunpeer.appliance.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.energy.Supply;

/**
 * Puts a node to rest by stages when what is stored above the reserve does not last until there is sun again.
 *
 * <p>What counts is the ratio of two times: how long the stored energy carries the idle board, and how long it has to. So a node
 * that cannot bridge the night sleeps through the rest of it while there is something left for the morning. Where the panel has not
 * carried the board for a day, days without sun are to be bridged. Whatever the node cannot do, because its board has no alarm
 * clock or nobody knows its battery, leaves it in the stage before. Confined to one thread; the same inputs give the same rests.
 */
public final class RestPolicy {
    /** In every stage but sleep; also how long an owner has to log in after a boot. */
    static final Duration STAY_MIN = Duration.ofMinutes(10);

    /** Sleep must be wanted for so long: the time for what is under way to come and for the others to be told. */
    static final Duration SLEEP_NOTICE = Duration.ofMinutes(2);

    /** Less is not worth a boot. */
    static final Duration SLEEP_MIN = Duration.ofMinutes(20);

    /** More hangs on the time being right. */
    static final Duration SLEEP_MAX = Duration.ofHours(12);

    /** From the alarm to a node that works. */
    public static final Duration BOOT = Duration.ofMinutes(2);

    /** For a forecast, with what it needs from others. */
    private static final Duration SERVE = Duration.ofMinutes(15);

    private static final Duration RADIO_WINDOW = Duration.ofMinutes(10);

    /** A cloud is no night. */
    private static final Duration CLOUD = Duration.ofMinutes(15);

    /** A silence of the controller says nothing of the battery before. */
    private static final Duration SILENCE = Duration.ofHours(2);

    /** From sunrise until a panel may carry an idle board. */
    private static final Duration AFTER_SUNRISE = Duration.ofMinutes(20);

    /** Hours of light in which the panel has not carried the board, after which the next day is not trusted to bring sun. */
    private static final Duration DULL = Duration.ofHours(4);

    /** What is to be bridged then, besides the night. */
    private static final double DULL_HOURS = 72;

    /** How long a sleeper must last then before it wakes for a duty: a fortnight, and a quarter for its looks at the sun. */
    private static final double DULL_SLEEP_HOURS = 420;

    // The stages by stored time over needed time, and how much more leads back.
    private static final double SLOW = 0.8;
    private static final double WINDOWS = 0.65;
    private static final double SLEEP = 0.5;
    private static final double BACK = 1.2;

    /**
     * What does not change. Immutable.
     *
     * @param zone in which the sentences tell the time
     * @param idleW taken from the battery by a board that does nothing
     * @param asleepW by one that sleeps
     * @param deepest stage that the board may take: {@link Stage#AWAKE} if it shall never rest
     */
    public record Board(ZoneId zone, double idleW, double asleepW, Stage deepest) {}

    /**
     * What is to be seen of the sun. Immutable.
     *
     * @param dark how much of the coming night is to be bridged: all of it in the evening, what remains of it at night, in the
     *     course of a day the more the later it is
     * @param dull how much light there was since the panel last gave what the idle board takes
     * @param carries it does so now
     * @param look when to look for sun again
     * @param noon when it stands highest next: in dull times the only look
     */
    public record Sky(Duration dark, Duration dull, boolean carries, Instant look, Instant noon) {}

    /**
     * What others wait for. Immutable.
     *
     * @param next when the node must be awake
     * @param radioFrom begin of some radio window
     * @param radioEvery from one to the next
     * @param busy a job runs
     */
    public record Duties(Optional<Instant> next, Instant radioFrom, Duration radioEvery, boolean busy) {}

    /** @param soc the best guess, with an error that grows while nothing is read; empty before the first reading */
    public record Situation(Instant now, Supply supply, Optional<SocEstimate> soc, Sky sky, Duties duties) {}

    private final Board board;
    private final RestWords words;
    private Stage deepest;
    private Stage stage = Stage.AWAKE;
    private @Nullable Instant since;
    private @Nullable Instant carriedAt;
    private @Nullable Instant knownAt;
    private Supply.@Nullable Known known;
    private @Nullable Instant sleepWantedSince;
    private Rest rest = Rest.NONE;

    public RestPolicy(Board board) {
        this.board = board;
        this.deepest = board.deepest();
        this.words = new RestWords(board.zone());
    }

    /** The board is back from its sleep. */
    public void woke(Instant now) {
        enter(Stage.INFERENCE_OFF, now);
    }

    /** Sleep cannot be had until the next start. */
    public void cannotSleep(Instant now) {
        deepest = deepest.atMost(Stage.RADIO_WINDOWS);
        enter(stage.atMost(deepest), now);
    }

    /** While the node sleeps, only {@link #woke} and {@link #cannotSleep} lead on. */
    public Rest decide(Situation in) {
        if (board.deepest() == Stage.AWAKE || stage == Stage.ASLEEP) {
            return rest;
        }
        Instant now = in.now();
        note(in);
        Need need = need(in);
        Stage wanted = wanted(in, need);
        Optional<Instant> alarm = wanted == Stage.ASLEEP ? alarm(in, need) : Optional.empty();
        if (wanted == Stage.ASLEEP && alarm.isEmpty()) {
            wanted = Stage.RADIO_WINDOWS;
        }
        if (wanted != Stage.ASLEEP) {
            sleepWantedSince = null;
        } else if (sleepWantedSince == null || sleepWantedSince.isAfter(now)) {
            sleepWantedSince = now;
        }
        boolean mustStay = !isPast(since, STAY_MIN, now)
                || (wanted == Stage.ASLEEP && (in.duties().busy() || !isPast(sleepWantedSince, SLEEP_NOTICE, now)));
        if (since == null) {
            enter(Stage.AWAKE, now);
        } else if (wanted != stage && !mustStay) {
            enter(wanted, now);
        }
        rest = rest(in, need, alarm);
        return rest;
    }

    private void note(Situation in) {
        Instant now = in.now();
        if (in.sky().carries()) {
            carriedAt = now;
        }
        if (in.supply() instanceof Supply.Known fresh) {
            known = fresh;
            knownAt = now;
        } else if (knownAt == null || knownAt.isAfter(now)) {
            knownAt = now;
        }
    }

    private Need need(Situation in) {
        boolean carried = carriedAt != null && !isPast(carriedAt, CLOUD, in.now());
        boolean trusted = in.sky().dull().compareTo(DULL) < 0;
        double hours = hours(in.sky().dark().plus(AFTER_SUNRISE)) + (trusted ? 0 : DULL_HOURS);
        Supply.Known last = known;
        if (last == null) {
            return new Need(0, 0, 0, hours, carried, trusted);
        }
        double cautious = in.soc().orElse(last.soc()).cautious();
        double spareWh = (cautious - last.reserve()) * last.capacityWh();
        return new Need(cautious, last.reserve(), spareWh, hours, carried, trusted);
    }

    /**
     * What is there and what is to be bridged.
     *
     * @param spareWh above the reserve, negative below
     * @param hours until there is sun
     */
    record Need(double cautious, double reserve, double spareWh, double hours, boolean carried, boolean trusted) {
        double lasts(double watts) {
            return spareWh / watts;
        }
    }

    private Stage wanted(Situation in, Need need) {
        double ratio = need.lasts(board.idleW()) / need.hours();
        Stage down = capped(byRatio(ratio), need);
        Stage up = capped(byRatio(ratio / BACK), need);
        Stage wanted = down.isDeeperThan(stage) ? down : stage.isDeeperThan(up) ? up : stage;
        if (in.supply() instanceof Supply.Known) {
            return wanted;
        }
        // Nobody halts a board for not knowing, and not even slows it down for a silence that may soon be over.
        return wanted.atMost(isPast(knownAt, SILENCE, in.now()) ? Stage.RADIO_WINDOWS : stage);
    }

    private static Stage byRatio(double ratio) {
        if (ratio >= 1) {
            return Stage.AWAKE;
        }
        if (ratio >= SLOW) {
            return Stage.INFERENCE_OFF;
        }
        if (ratio >= WINDOWS) {
            return Stage.SLOW_POLLING;
        }
        return ratio >= SLEEP ? Stage.RADIO_WINDOWS : Stage.ASLEEP;
    }

    private Stage capped(Stage byRatio, Need need) {
        if (known == null) {
            return byRatio.atMost(Stage.SLOW_POLLING);
        }
        if (known.surplus() && need.spareWh() > 0) {
            return Stage.AWAKE; // the battery is full: this sun would be lost
        }
        if (need.carried()) {
            // The battery does not lose by this board: above the reserve it need not hide from anybody.
            return byRatio.atMost(need.spareWh() > 0 ? Stage.INFERENCE_OFF : Stage.RADIO_WINDOWS);
        }
        return byRatio.atMost(deepest);
    }

    /** When to wake; empty if it is not worth to fall asleep before. */
    private Optional<Instant> alarm(Situation in, Need need) {
        Instant now = in.now();
        Instant latest = now.plus(SLEEP_MAX);
        Instant look = need.trusted() ? in.sky().look() : in.sky().noon();
        Instant until = look.isBefore(latest) ? look : latest;
        Optional<Instant> due = in.duties().next().filter(at -> affords(at, now, need));
        if (due.isPresent() && due.get().minus(BOOT).isBefore(until)) {
            until = due.get().minus(BOOT);
        }
        return Duration.between(now, until).compareTo(SLEEP_MIN) < 0 ? Optional.empty() : Optional.of(until);
    }

    private boolean affords(Instant due, Instant now, Need need) {
        double sleptWh = due.isAfter(now) ? hours(Duration.between(now, due)) * board.asleepW() : 0;
        double fundWh = need.trusted() ? 0 : DULL_SLEEP_HOURS * board.asleepW();
        return need.spareWh() >= sleptWh + hours(SERVE) * board.idleW() + fundWh;
    }

    private Rest rest(Situation in, Need need, Optional<Instant> alarm) {
        boolean silent = !(in.supply() instanceof Supply.Known);
        String why = known == null ? RestWords.UNKNOWN : words.why(need, need.lasts(board.idleW()), silent);
        if (!need.carried() && known != null && !known.sunUp()) {
            why += words.sunrise(known.nextSunrise());
        }
        if (stage == Stage.ASLEEP) {
            return rest(words.asleep(alarm.orElseThrow()) + why, Reason.Code.SLEEPING, false, alarm);
        }
        if (stage != Stage.RADIO_WINDOWS) {
            Reason.Code code = stage == Stage.AWAKE ? Reason.Code.IDLE : Reason.Code.SAVING;
            return rest(words.upTo(stage) + why, code, true, Optional.empty());
        }
        Duration into = into(in);
        // Whoever is about to sleep says so first.
        boolean on = sleepWantedSince != null || into.compareTo(window(in)) < 0;
        Optional<Instant> back = on
                ? Optional.empty()
                : Optional.of(in.now().plus(in.duties().radioEvery()).minus(into));
        boolean stuck = deepest != Stage.ASLEEP && byRatio(need.lasts(board.idleW()) / need.hours()) == Stage.ASLEEP;
        return rest(words.radio(back) + why + (stuck ? RestWords.STUCK : ""), Reason.Code.SAVING, on, back);
    }

    private Rest rest(String text, Reason.Code code, boolean radio, Optional<Instant> back) {
        return new Rest(stage, new Reason(code, text), radio, back);
    }

    /** Time since the begin of the newest radio window. */
    private static Duration into(Situation in) {
        long every = in.duties().radioEvery().toMillis();
        long since = Duration.between(in.duties().radioFrom(), in.now()).toMillis();
        return Duration.ofMillis(Math.floorMod(since, every));
    }

    private static Duration window(Situation in) {
        Duration third = in.duties().radioEvery().dividedBy(3);
        return third.compareTo(RADIO_WINDOW) < 0 ? third : RADIO_WINDOW;
    }

    private void enter(Stage next, Instant now) {
        stage = next;
        since = now;
        sleepWantedSince = null;
    }

    /** A clock that was set back by more than the span counts as past it: better to act than to stand still for a year. */
    private static boolean isPast(@Nullable Instant from, Duration span, Instant now) {
        return from == null || Duration.between(from, now).abs().compareTo(span) >= 0;
    }

    private static double hours(Duration duration) {
        return duration.toMillis() / 3_600_000.0;
    }
}
