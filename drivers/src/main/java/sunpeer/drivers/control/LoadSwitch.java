package sunpeer.drivers.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.Devices;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;

/** The load output of a charge controller. Confined to the thread that owns the wire. */
public final class LoadSwitch implements AutoCloseable {
    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    private static final String FILE = "load-switch.txt";

    private final LoadFamily family;
    private final RegisterBus bus;
    private final int unit;
    private final LoadRules rules;
    private final Path file;
    private final InstantSource clock;
    private final Duration betweenTries;

    LoadSwitch(
            LoadFamily family,
            RegisterBus bus,
            int unit,
            LoadRules rules,
            Path directory,
            InstantSource clock,
            Duration betweenTries) {
        this.family = family;
        this.bus = bus;
        this.unit = unit;
        this.rules = rules;
        this.file = directory.resolve(FILE);
        this.clock = clock;
        this.betweenTries = betweenTries;
    }

    /**
     * The load output of the controller at an address; nothing when its family has none that may be switched.
     *
     * @param directory keeps how often it was switched
     */
    public static Optional<LoadSwitch> at(DeviceAddress address, LoadRules rules, Path directory, InstantSource clock) {
        return LoadFamily.of(address.profile())
                .map(family -> new LoadSwitch(
                        family, Devices.bus(address), address.unit(), rules, directory, clock, BETWEEN_TRIES));
    }

    /** {@link Written.Needless} with what the controller tells. */
    public Written status() {
        return switch (family.read(bus, unit)) {
            case Read.Failed<LoadState>(String reason) -> new Written.Failed(told(reason));
            case Read.Ok<LoadState>(LoadState state) -> new Written.Needless(state.text());
        };
    }

    /** Why the controller may cut the output off before the node saves power; nothing when it will not. */
    public Optional<String> disconnectNote() {
        if (!(family.read(bus, unit) instanceof Read.Ok<LoadState>(LoadState state))
                || state.disconnectV().isEmpty()
                || rules.nodeLowV().isEmpty()) {
            return Optional.empty();
        }
        double disconnectV = state.disconnectV().getAsDouble();
        double nodeV = rules.nodeLowV().getAsDouble();
        return disconnectV < nodeV
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the controller cuts its load off at %.2f V, before the node saves power at %.2f V",
                        disconnectV,
                        nodeV));
    }

    public Written set(boolean on, boolean dryRun) {
        Past past;
        try {
            past = Past.read(file);
        } catch (IOException unknown) {
            return new Written.Refused(String.valueOf(unknown.getMessage()));
        }
        Read<LoadState> read = family.read(bus, unit);
        if (!(read instanceof Read.Ok<LoadState>(LoadState before))) {
            return new Written.Failed(told(read));
        }
        return switch (LoadDecision.of(on, before, rules, family, past, clock.instant())) {
            case LoadDecision.Already() -> new Written.Needless(before.text());
            case LoadDecision.Refused(String reason) -> new Written.Refused(reason);
            case LoadDecision.Write() -> dryRun ? new Written.WouldDo(before.text()) : write(on, before, past);
        };
    }

    private Written write(boolean on, LoadState before, Past past) {
        try {
            // Before the write: a crash in between must not forget it.
            past.with(clock.instant()).write(file);
        } catch (IOException full) {
            return new Written.Refused(
                    "how often the load is switched cannot be kept in " + file + ": " + full.getMessage());
        }
        String last = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Answer answer = bus.askOnce(family.write(unit, on));
            LockSupport.parkNanos(betweenTries.toNanos());
            // The answer to a write proves nothing: firmware confirms what it ignores.
            Read<LoadState> read = family.read(bus, unit);
            if (read instanceof Read.Ok<LoadState>(LoadState after)) {
                if (after.is(on)) {
                    return new Written.Done(before.text(), after.text());
                }
                last = after.text();
            } else {
                last = told(read);
            }
            if (answer instanceof Answer.Refused(int code)) {
                return new Written.Failed(
                        "the controller refuses to switch its load (exception " + code + "): " + last);
            }
        }
        return new Written.Failed("the load did not follow in " + TRIES + " tries; it is " + last);
    }

    private String told(Read<LoadState> read) {
        return read instanceof Read.Failed<LoadState>(String reason) ? told(reason) : "";
    }

    private String told(String reason) {
        return bus.where() + ", unit " + unit + ": " + reason + ": is the controller on, and nobody else on its wire?";
    }

    @Override
    public void close() {
        bus.close();
    }
}
