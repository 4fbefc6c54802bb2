package sunpeer.appliance.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.Belief;
import sunpeer.appliance.energy.Concern;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.market.EpochRecord;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;

/**
 * A solar peer: {@code handle(event) -> commands}.
 *
 * <p>Confined to one thread. Every tick polls the controller; the answer to the poll is the moment of decision, so a
 * decision sees one frozen picture of battery, sun and ledger.
 */
public final class NodeCore {
    /** An entry without a receipt is sent again after this. */
    private static final Duration RESEND = Duration.ofMinutes(5);

    private static final Duration STATE_EVERY = Duration.ofMinutes(5);
    private static final Duration PLAN_EVERY = Duration.ofHours(1);
    private static final Duration READING_EVERY = Duration.ofMinutes(15);
    private static final Duration BATTERY_STORY_EVERY = Duration.ofHours(2);
    private static final Duration CONCERN_EVERY = Duration.ofHours(12);
    private static final int RECENT_STORIES = 30;

    /** Name under which the store keeps whose it is. */
    public static final String IDENTITY = "identity";

    // for the process
    private final Profile profile;
    private final Signer signer;
    private final EnergyMonitor energy;
    private final LedgerFollower follower;
    private final SunshineDesk sunshine;
    private final PricePolicy policy;
    private final WorkDesk work;
    private final MarketSights sights;
    private final ForecastDesk forecasts;
    private final RestDesk rest;
    private final Deque<Story> recent = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private Instant stateDue = Instant.MIN;
    private Instant readingDue = Instant.MIN;
    private Instant planDue = Instant.MIN;
    private Instant batteryStoryDue = Instant.MIN;
    private Instant concernDue = Instant.MIN;
    private Instant resendDue = Instant.MIN;
    private long toldEpoch = -1;
    private long keptEpoch = -1;
    private @Nullable Concern toldConcern;
    private boolean controllerTold;
    private boolean faultTold;
    private boolean alarmTold;
    private boolean identityKept;
    private boolean heldBackTold;
    private List<String> unreadable;

    // for this connection
    private boolean online;
    private String link = "not connected yet";

    public NodeCore(Profile profile, Signer signer, NodeMemory memory) {
        this.profile = profile;
        this.signer = signer;
        Snapshots kept = new Snapshots(memory);
        this.energy = new EnergyMonitor(profile.energy(), kept.energy());
        this.follower = new LedgerFollower(signer, profile.gatewayKey(), memory);
        this.policy = new PricePolicy(profile.zone(), profile.energy().battery().chemistry(), profile.board());
        this.work = new WorkDesk(policy, profile.board(), kept.counters());
        this.sunshine = new SunshineDesk(profile.zone(), signer, energy, follower, work, kept);
        this.sights = new MarketSights(follower, sunshine);
        this.forecasts = new ForecastDesk(energy);
        this.rest = new RestDesk(profile, energy, follower, sunshine, work, kept.slept());
        this.toldEpoch = follower.books().map(books -> books.epoch() - 1).orElse(-1L);
        this.keptEpoch = toldEpoch;
        this.unreadable = kept.unreadable();
        this.identityKept = memory.states().containsKey(IDENTITY);
    }

    public List<Command> handle(Event event) {
        if (event.at().isBefore(now)) {
            // The clock was set back, or events overtook each other: what was due stays due, later than by much it
            // cannot be.
            forgetDueTimes(event.at());
        }
        now = event.at();
        work.advance(now);
        List<Command> out = new ArrayList<>();
        if (!identityKept) {
            identityKept = true;
            out.add(new Command.Keep.PutState(IDENTITY, signer.peerKey().raw()));
        }
        switch (event) {
            case Event.Tick tick -> tick(out);
            case Event.Polled polled -> polled(polled.result(), out);
            case Event.LinkUp up -> linkUp(out);
            case Event.LinkDown down -> linkDown(down.why(), out);
            case Event.CheckpointSeen seen -> out.addAll(follower.checkpoint(seen.note()));
            case Event.LeavesReceived leaves -> leaves(leaves, out);
            case Event.ReceiptReceived receipt -> out.addAll(follower.receipt(receipt.receipt()));
            case Event.RefusalReceived refusal ->
                tell(out, Story.Kind.ALARM, "the gateway refuses: " + refusal.reason());
            case Event.ModelRan ran -> sunshine.ran(ran.job(), ran.outcome(), now, this::tell, out);
            case Event.ModelTrained trained ->
                sunshine.trained(trained.job(), trained.training(), now, this::tell, out);
            case Event.ForecastTold told -> forecasts.told(told.forecast(), now, this::tell, out);
            case Event.ForecastUnreadable wrong -> forecasts.unusable(wrong.why(), now, this::tell, out);
            case Event.Woke _, Event.SleepRefused _ -> rest.back(event, this::tell, out);
            case Event.Stopping stopping -> keepAll(out);
        }
        tellAlarm(out);
        return out;
    }

    private void forgetDueTimes(Instant earlier) {
        if (Duration.between(earlier, now).compareTo(RESEND) > 0) {
            stateDue = Instant.MIN;
            readingDue = Instant.MIN;
            planDue = Instant.MIN;
            forecasts.forgetDueTimes();
            batteryStoryDue = Instant.MIN;
            concernDue = Instant.MIN;
            resendDue = Instant.MIN;
            work.forgetRests();
            sunshine.forgetDueTimes();
        }
    }

    private void tick(List<Command> out) {
        rest.tick(now, this::tell, out).ifPresent(leaving -> {
            keepAll(out);
            out.addAll(List.of(new Command.Publish.State(view()), leaving));
        });
        if (online) {
            if (!now.isBefore(resendDue)) {
                resendDue = now.plus(RESEND);
                out.addAll(follower.resend());
                out.add(new Command.Publish.Want(follower.size()));
            }
            out.addAll(follower.joinIfStranger(profile.name(), profile.energy().place()));
        }
    }

    private void polled(ReadResult result, List<Command> out) {
        switch (result) {
            case ReadResult.Ok(Reading reading, var _) -> {
                energy.observe(reading, work.watts());
                if (!controllerTold) {
                    tell(out, Story.Kind.CONTROLLER, "reads " + reading.origin());
                    controllerTold = true;
                }
                if (!now.isBefore(readingDue)) {
                    readingDue = now.plus(READING_EVERY);
                    out.add(new Command.Keep.PutReading(reading));
                }
                tellBattery(reading, out);
                tellConcern(out);
            }
            case ReadResult.Failed(var fault) -> {
                energy.failed(fault);
                if (controllerTold || !faultTold) {
                    tell(out, Story.Kind.ALARM, fault.message());
                    controllerTold = false;
                    faultTold = true;
                }
            }
        }
        policy.look(now, energy.supply(now), energy.outlook(now));
        sunshine.market(now, online, this::tell, out);
        sunshine.decide(now, online, rest.mayWork(), this::tell, out);
        if (!now.isBefore(stateDue)) {
            stateDue = now.plus(STATE_EVERY);
            if (online) {
                out.add(new Command.Publish.State(view()));
            }
        }
        if (online && !now.isBefore(planDue)) {
            policy.prices().ifPresent(prices -> {
                planDue = now.plus(PLAN_EVERY);
                out.add(new Command.Publish.Plan(prices));
            });
        }
    }

    private void tellBattery(Reading reading, List<Command> out) {
        if (now.isBefore(batteryStoryDue)) {
            return;
        }
        batteryStoryDue = now.plus(BATTERY_STORY_EVERY);
        energy.estimate(now)
                .ifPresent(soc -> tell(
                        out,
                        Story.Kind.BATTERY,
                        String.format(
                                Locale.ROOT,
                                "battery %.0f %% ± %.0f, %.1f V; sun %s; %s",
                                100 * soc.fraction(),
                                100 * soc.sigma(),
                                reading.batteryV().number(),
                                reading.pvW().isGood()
                                        ? String.format(
                                                Locale.ROOT,
                                                "%.0f W",
                                                reading.pvW().number())
                                        : "unknown",
                                work.reason(energy.supply(now)).text())));
    }

    /** Each concern at once, and again from time to time while it lasts. */
    private void tellConcern(List<Command> out) {
        Belief belief = energy.belief(now);
        Concern concern = belief.concern().orElse(null);
        if (concern != null && (concern != toldConcern || !now.isBefore(concernDue))) {
            toldConcern = concern;
            concernDue = now.plus(CONCERN_EVERY);
            tell(out, concern.isAlarm() ? Story.Kind.ALARM : Story.Kind.BATTERY, belief.text());
        }
    }

    private void linkUp(List<Command> out) {
        online = true;
        link = "connected";
        resendDue = now.plus(RESEND);
        tell(out, Story.Kind.LINK, "connected to the broker");
        out.addAll(follower.resend());
        out.add(new Command.Publish.Want(follower.size()));
        out.add(new Command.Publish.State(view()));
    }

    private void linkDown(String why, List<Command> out) {
        if (online || !link.equals(why)) {
            tell(out, Story.Kind.LINK, why);
        }
        online = false;
        link = why;
    }

    private void leaves(Event.LeavesReceived event, List<Command> out) {
        out.addAll(follower.leaves(event.leaves(), now));
        tellHeldBack(out);
        follower.books().ifPresent(books -> {
            out.addAll(follower.joinIfStranger(profile.name(), profile.energy().place()));
            for (EpochRecord closed : books.recentEpochs()) {
                if (closed.epoch() > toldEpoch) {
                    toldEpoch = closed.epoch();
                    tellEpoch(books, closed, out);
                }
            }
            if (books.epoch() > keptEpoch) {
                keptEpoch = books.epoch();
                keepAll(out);
            }
            sunshine.market(now, online, this::tell, out);
        });
    }

    private void tellHeldBack(List<Command> out) {
        String why = follower.heldBack().orElse("");
        if (!why.isEmpty() && !heldBackTold) {
            tell(out, Story.Kind.ALARM, why);
        }
        heldBackTold = !why.isEmpty();
    }

    private void tellEpoch(Books books, EpochRecord closed, List<Command> out) {
        int uid = follower.uid().orElse(-1);
        if (closed.close().mintedMicro() > 0) {
            tell(
                    out,
                    Story.Kind.REWARD,
                    String.format(
                            Locale.ROOT,
                            "epoch %d verified: earned %.3f of %.3f credits, %.3f in all; ledger of %d entries, root %s",
                            closed.epoch(),
                            credits(closed.rewardMicro(uid)),
                            credits(closed.close().mintedMicro()),
                            uid < 0 ? 0 : credits(books.earnedMicro(uid)),
                            follower.size(),
                            follower.root().shortHex()));
        } else if (closed.sheets() > 0) {
            tell(out, Story.Kind.MARKET, "epoch " + closed.epoch() + " verified: " + closed.why());
        }
        if (uid >= 0) {
            out.add(new Command.Publish.Rewards(sights.earned(books)));
        }
    }

    private static double credits(long micro) {
        return (double) micro / Rules.MICRO_PER_CREDIT;
    }

    private void tellAlarm(List<Command> out) {
        if (!unreadable.isEmpty()) {
            tell(out, Story.Kind.ALARM, "could not read from the store, begun anew: " + String.join(", ", unreadable));
            unreadable = List.of();
        }
        if (follower.alarm().isPresent() && !alarmTold) {
            alarmTold = true;
            tell(out, Story.Kind.ALARM, follower.alarm().get() + "; nothing is taken from this gateway any more");
        }
    }

    private void keepAll(List<Command> out) {
        out.add(Snapshots.keep(energy.memory()));
        out.add(Snapshots.keep(work.counters()));
        out.add(sunshine.keep());
    }

    private void tell(List<Command> out, Story.Kind kind, String text) {
        Story story = new Story(now, kind, text);
        recent.addFirst(story);
        if (recent.size() > RECENT_STORIES) {
            recent.removeLast();
        }
        out.add(new Command.Tell(story));
    }

    /** How the parts of the core tell people something. */
    interface Teller {
        void tell(List<Command> out, Story.Kind kind, String text);
    }

    /** What the board draws from the battery right now, by its power model. */
    public double boardW() {
        return work.watts();
    }

    public NodeView view() {
        return new NodeView(
                profile.name(),
                signer.peerKey().id(),
                now,
                online,
                link,
                new NodeView.Battery(
                        energy.newest(),
                        energy.estimate(now),
                        energy.belief(now).text(),
                        energy.fault().map(fault -> fault.message()),
                        energy.sunUp(now),
                        energy.totals(),
                        energy.chart()),
                rest.reason(work.reason(energy.supply(now))),
                work.view(sunshine.model()),
                sights.market(),
                List.copyOf(recent),
                rest.rest());
    }
}
