package sunpeer.appliance.node;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.schedule.Stage;
import sunpeer.appliance.sim.MemoryStore;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** A core that may sleep, on a battery of 157 Wh and a board that its clock wakes: time is the test's. */
final class SleepyNode {
    static final double CAPACITY_WH = 157;
    static final double IDLE_W = 3.5;
    static final double ASLEEP_W = 0.25;
    static final double RESERVE = 0.2;

    /** From the alarm to the first event. */
    private static final Duration BOOTS = Duration.ofSeconds(45);

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final double NOMINAL_V = 12.8;

    private final MemoryStore store = new MemoryStore();
    private final Profile profile;
    private final ToDoubleFunction<Instant> pvW;
    final List<Story> told = new ArrayList<>();
    final List<Command.Sleep> slept = new ArrayList<>();
    final List<Instant> polled = new ArrayList<>();
    private NodeCore core;
    Instant now;
    double wh;
    double lowestWh;
    Duration awake = Duration.ZERO;
    /** Whether sleep is a new process, as after a halt. */
    boolean halts = true;

    SleepyNode(Instant begin, double wh, ToDoubleFunction<Instant> pvW) {
        this.now = begin;
        this.wh = wh;
        this.lowestWh = wh;
        this.pvW = pvW;
        Place place = new Place(45.07, 7.69);
        var energy = new EnergyMonitor.Setup(
                place,
                Panel.facingEquator(place, 50),
                BatterySpec.of(Chemistry.LFP, NOMINAL_V, CAPACITY_WH / NOMINAL_V),
                IDLE_W,
                RESERVE,
                false,
                Duration.ofMinutes(5));
        this.profile = new Profile(
                "roof",
                ZoneOffset.UTC,
                energy,
                STEP,
                new BoardDraw(IDLE_W, 8, ASLEEP_W, true),
                Optional.empty(),
                Stage.ASLEEP);
        this.core = boot();
    }

    private NodeCore boot() {
        return new NodeCore(profile, Signer.fromSeed(Bytes.ofText("roof").sha256()), store.load());
    }

    NodeView view() {
        return core.view();
    }

    void runUntil(Instant end) {
        while (now.isBefore(end)) {
            step();
        }
    }

    /** One tick of the service, or one sleep. */
    void step() {
        give(new Event.Tick(now));
        if (slept.isEmpty() || !slept.getLast().until().isAfter(now)) {
            pass(STEP, IDLE_W);
            awake = awake.plus(STEP);
            return;
        }
        pass(Duration.between(now, slept.getLast().until()), ASLEEP_W);
        pass(BOOTS, IDLE_W);
        if (halts) {
            core = boot();
        } else {
            give(new Event.Woke(now));
        }
    }

    /** In pieces, for the sun moves on while it sleeps. */
    private void pass(Duration time, double loadW) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            Duration left = Duration.between(now, end);
            Duration piece = left.compareTo(Duration.ofMinutes(5)) < 0 ? left : Duration.ofMinutes(5);
            double hours = piece.toSeconds() / 3600.0;
            wh = Math.clamp(wh + (pvW.applyAsDouble(now) - loadW) * hours, 0, CAPACITY_WH);
            lowestWh = Math.min(lowestWh, wh);
            now = now.plus(piece);
        }
    }

    List<Command> give(Event event) {
        List<Command> commands = core.handle(event);
        for (Command command : commands) {
            switch (command) {
                case Command.Keep keep -> store.keep(keep);
                case Command.Tell(Story story) -> told.add(story);
                case Command.Sleep sleep -> slept.add(sleep);
                case Command.Poll _ -> {
                    polled.add(now);
                    give(new Event.Polled(now, new ReadResult.Ok(reading(), List.of())));
                }
                default -> {}
            }
        }
        return commands;
    }

    private Reading reading() {
        double gives = pvW.applyAsDouble(now);
        boolean full = wh >= CAPACITY_WH - 1e-9 && gives > IDLE_W;
        double takenW = full ? IDLE_W : gives;
        double volts = full ? 14.4 : 13.1;
        Value absent = Value.ABSENT;
        return new Reading(
                now,
                "test",
                Value.good(volts),
                Value.good((takenW - IDLE_W) / NOMINAL_V),
                absent,
                absent,
                absent,
                absent,
                absent,
                Value.good(takenW),
                absent,
                absent,
                absent,
                full ? ChargeStage.FLOAT : ChargeStage.BULK);
    }
}
