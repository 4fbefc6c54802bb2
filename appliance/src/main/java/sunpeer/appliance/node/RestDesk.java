package sunpeer.appliance.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.NightAhead;
import sunpeer.appliance.energy.Supply;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.schedule.Reason;
import sunpeer.appliance.schedule.Rest;
import sunpeer.appliance.schedule.RestPolicy;
import sunpeer.appliance.schedule.Stage;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;

/**
 * What of the node rests: tells its {@link RestPolicy} what there is and what is due, and carries out what it decides.
 *
 * <p>Confined to one thread.
 */
final class RestDesk {
    /** Part of an epoch at which a node must be awake: what it owes for the epochs before, during and after is done in one. */
    private static final double DUTY_AT = 0.7;

    /** From sunrise until a panel may carry an idle board. */
    private static final Duration AFTER_SUNRISE = Duration.ofMinutes(20);

    /** When a sleeper looks again for sun by day. */
    private static final Duration LOOK_BY_DAY = Duration.ofHours(4);

    /** Panels that give less are dark. */
    private static final double DARK_W = 0.5;

    /**
     * A sleep that began.
     *
     * @param carried when the panel last gave what the idle board takes
     */
    record Slept(Instant from, Instant until, Instant carried) {}

    private final Profile profile;
    private final EnergyMonitor energy;
    private final LedgerFollower follower;
    private final SunshineDesk sunshine;
    private final WorkDesk work;
    private final RestPolicy policy;
    private final NightAhead night;
    private Rest rest = Rest.NONE;
    private @Nullable Slept slept;
    private @Nullable Instant carried;
    private Instant polledAt = Instant.EPOCH;

    RestDesk(
            Profile profile,
            EnergyMonitor energy,
            LedgerFollower follower,
            SunshineDesk sunshine,
            WorkDesk work,
            Optional<Slept> slept) {
        this.profile = profile;
        this.energy = energy;
        this.follower = follower;
        this.sunshine = sunshine;
        this.work = work;
        this.slept = slept.orElse(null);
        this.policy = new RestPolicy(new RestPolicy.Board(
                profile.zone(), profile.energy().idleW(), profile.board().asleepW(), profile.deepest()));
        this.night = energy.night();
    }

    Rest rest() {
        return rest;
    }

    boolean mayWork() {
        return rest.stage() == Stage.AWAKE;
    }

    /**
     * Time has passed: polls the controller, rests and wakes.
     *
     * @return what parts the node from the others, if it is about to: before that, they are told and all is kept
     */
    Optional<Command> tick(Instant now, NodeCore.Teller teller, List<Command> out) {
        if (rest.stage() == Stage.ASLEEP) {
            return Optional.empty();
        }
        if (slept != null && !now.isBefore(slept.from())) {
            woke(slept, now, teller, out);
        }
        Optional<Command> leaving = decide(now, teller, out);
        if (rest.stage() != Stage.ASLEEP && isPollDue(now)) {
            polledAt = now;
            out.add(new Command.Poll());
        }
        return leaving;
    }

    private Optional<Command> decide(Instant now, NodeCore.Teller teller, List<Command> out) {
        if (profile.deepest() == Stage.AWAKE) {
            return Optional.empty();
        }
        Rest before = rest;
        rest = policy.decide(situation(now));
        if (rest.stage() != before.stage()) {
            teller.tell(out, Story.Kind.BATTERY, rest.reason().text());
        }
        if (rest.stage() == Stage.ASLEEP) {
            Instant until = rest.returnsAt().orElseThrow();
            Slept sleep = new Slept(now, until, carried == null ? now : carried);
            slept = sleep;
            out.add(Snapshots.keep(Optional.of(sleep)));
            return Optional.of(new Command.Sleep(until));
        }
        if (rest.radio() && !before.radio()) {
            out.add(new Command.Radio(true));
        }
        return !rest.radio() && before.radio() ? Optional.of(new Command.Radio(false)) : Optional.empty();
    }

    private boolean isPollDue(Instant now) {
        Duration usual = profile.controlPeriod();
        Duration every = rest.pollEvery(usual);
        // Absolute, because a clock may be set back.
        return every.compareTo(usual) <= 0
                || Duration.between(polledAt, now).abs().compareTo(every) >= 0;
    }

    /** The board is back, or was never gone. */
    void back(Event event, NodeCore.Teller teller, List<Command> out) {
        Slept sleep = slept;
        if (event instanceof Event.SleepRefused(Instant at, String why)) {
            policy.cannotSleep(at);
            teller.tell(out, Story.Kind.ALARM, "cannot sleep, saves by radio windows only: " + why);
            over(at, out);
        } else if (sleep != null) {
            woke(sleep, event.at(), teller, out);
        }
    }

    private void woke(Slept sleep, Instant now, NodeCore.Teller teller, List<Command> out) {
        energy.slept(now, profile.board().asleepW());
        carried = sleep.carried();
        policy.woke(now);
        teller.tell(out, Story.Kind.BATTERY, told(sleep, now));
        over(now, out);
    }

    private void over(Instant now, List<Command> out) {
        slept = null;
        rest = policy.decide(situation(now));
        polledAt = Instant.EPOCH;
        out.add(Snapshots.keep(Optional.empty()));
        out.add(new Command.Radio(rest.radio()));
    }

    private static String told(Slept sleep, Instant now) {
        long late = Duration.between(sleep.until(), now).toMinutes();
        String when = late > RestPolicy.BOOT.toMinutes()
                ? ", " + late + " min longer than planned: did its clock wake it?"
                : late < -1 ? ", " + -late + " min shorter than planned" : " and woke in time";
        double hours = Duration.between(sleep.from(), now).toMinutes() / 60.0;
        return String.format(Locale.ROOT, "slept %.1f h%s", hours, when);
    }

    /** What runs and what is broken is said first. */
    Reason reason(Reason ofWork) {
        boolean first = switch (ofWork.code()) {
            case RUNNING, CONTROLLER_SILENT, STARTING -> rest.stage() != Stage.ASLEEP;
            case IDLE, WAITING_FOR_SUN, BATTERY_LOW, NO_MODEL, SAVING, SLEEPING -> rest.stage() == Stage.AWAKE;
        };
        return first ? ofWork : rest.reason();
    }

    private RestPolicy.Situation situation(Instant now) {
        Supply supply = energy.supply(now);
        Rules rules = follower.books().map(Books::rules).orElse(null);
        Duration hour = Duration.ofHours(1);
        Duration every = rules == null
                ? hour
                : rules.tempo().dividedBy(Math.max(1, rules.tempo().dividedBy(hour)));
        var duties = new RestPolicy.Duties(
                rules == null || follower.uid().isEmpty() ? Optional.empty() : nextDuty(rules, now),
                rules == null ? Instant.EPOCH : duty(rules, 0),
                every,
                work.isBusy());
        return new RestPolicy.Situation(now, supply, energy.estimate(now), sky(now, supply), duties);
    }

    private RestPolicy.Sky sky(Instant now, Supply supply) {
        Instant look = night.isLight(now) ? now.plus(LOOK_BY_DAY) : now;
        Instant light = night.isLight(look)
                ? look
                : night.sunrise(look).map(at -> at.plus(AFTER_SUNRISE)).orElse(Instant.MAX);
        boolean carries = supply instanceof Supply.Known
                && energy.newest().filter(this::carries).isPresent();
        if (carries || carried == null || carried.isAfter(now)) {
            carried = now;
        }
        Duration dull = night.lightBetween(carried, now);
        return new RestPolicy.Sky(night.dark(now), dull, carries, light, night.noon(now));
    }

    private boolean carries(Reading reading) {
        boolean held = reading.stage() == ChargeStage.ABSORPTION || reading.stage() == ChargeStage.FLOAT;
        boolean charges = reading.batteryA().isGood() && reading.batteryA().number() >= 0;
        double pvW = reading.pvW().isGood() ? reading.pvW().number() : 0;
        return pvW >= profile.energy().idleW() || (pvW > DARK_W && (held || charges));
    }

    /** When the next forecast is due of an hour that has light here; nobody can measure the others. */
    private Optional<Instant> nextDuty(Rules rules, Instant now) {
        long epoch = rules.epochAt(now);
        if (sunshine.isAnswered(epoch + 1)) {
            epoch++;
        }
        if (!night.isLight(rules.endOf(epoch + 1)) && !night.isLight(rules.beginOf(epoch + 1))) {
            Instant sunrise = night.sunrise(rules.endOf(epoch + 1)).orElse(null);
            if (sunrise == null) {
                return Optional.empty();
            }
            epoch = rules.epochAt(sunrise) - 1;
        }
        return Optional.of(duty(rules, epoch));
    }

    private static Instant duty(Rules rules, long epoch) {
        return rules.beginOf(epoch)
                .plusMillis(Math.round(DUTY_AT * rules.tempo().toMillis()));
    }
}
