package sunpeer.drivers.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.Devices;
import sunpeer.drivers.transport.AllowedWrite;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** The clock of an EPEVER controller, which shows local time. Confined to the thread that owns the wire. */
public final class ClockSync implements AutoCloseable {
    private static final String PROFILE = "epever";
    private static final String FILE = "clock-sync.txt";
    private static final int CLOCK = 0x9013;
    private static final int CENTURY = 2000;
    /** What the clock may have gone on, and what the request took. */
    private static final Duration READ_BACK_MAX = Duration.ofSeconds(10);

    private final RegisterBus bus;
    private final int unit;
    private final boolean allowed;
    private final Path file;
    private final InstantSource clock;
    private final ZoneId zone;
    private final BooleanSupplier synchronised;

    ClockSync(
            RegisterBus bus,
            int unit,
            boolean allowed,
            Path directory,
            InstantSource clock,
            ZoneId zone,
            BooleanSupplier synchronised) {
        this.bus = bus;
        this.unit = unit;
        this.allowed = allowed;
        this.file = directory.resolve(FILE);
        this.clock = clock;
        this.zone = zone;
        this.synchronised = synchronised;
    }

    /**
     * The clock of the controller at an address; nothing when its family has none that may be set.
     *
     * @param allowed the owner asked for it
     * @param directory keeps when it was set
     * @param zone whose time it shows
     */
    public static Optional<ClockSync> at(
            DeviceAddress address, boolean allowed, Path directory, InstantSource clock, ZoneId zone) {
        return address.profile().equals(PROFILE)
                ? Optional.of(new ClockSync(
                        Devices.bus(address),
                        address.unit(),
                        allowed,
                        directory,
                        clock,
                        zone,
                        KernelClock::isSynchronised))
                : Optional.empty();
    }

    public Written sync(boolean dryRun) {
        Past past;
        try {
            past = Past.read(file);
        } catch (IOException unknown) {
            return new Written.Refused(String.valueOf(unknown.getMessage()));
        }
        Read<LocalDateTime> read = read();
        if (!(read instanceof Read.Ok<LocalDateTime>(LocalDateTime device))) {
            return new Written.Failed(read instanceof Read.Failed<LocalDateTime>(String reason) ? reason : "");
        }
        LocalDateTime here = here();
        String before = "the controller shows " + device + ", it is " + here;
        return switch (ClockDecision.of(allowed, device, here, synchronised.getAsBoolean(), past, clock.instant())) {
            case ClockDecision.Right(String reason) -> new Written.Needless(before + ": " + reason);
            case ClockDecision.Refused(String reason) -> new Written.Refused(reason);
            case ClockDecision.Write() -> dryRun ? new Written.WouldDo(before) : write(before, past);
        };
    }

    private LocalDateTime here() {
        return LocalDateTime.ofInstant(clock.instant(), zone).truncatedTo(ChronoUnit.SECONDS);
    }

    private Written write(String before, Past past) {
        try {
            past.with(clock.instant()).write(file);
        } catch (IOException full) {
            return new Written.Refused("when the clock is set cannot be kept in " + file + ": " + full.getMessage());
        }
        // All three in one request: between two the clock would be that of no day.
        Answer answer = bus.askOnce(new Request.Write(unit, AllowedWrite.EPEVER_CLOCK, words(here())));
        return switch (read()) {
            case Read.Failed<LocalDateTime>(String reason) -> new Written.Failed(reason);
            case Read.Ok<LocalDateTime>(LocalDateTime after) ->
                Duration.between(after, here()).abs().compareTo(READ_BACK_MAX) <= 0
                        ? new Written.Done(before, "the controller shows " + after)
                        : new Written.Failed(
                                "the clock was not taken over (" + answer + "); the controller shows " + after);
        };
    }

    private Read<LocalDateTime> read() {
        Request.Registers request = new Request.Registers(unit, 3, CLOCK, 3);
        if (!(bus.ask(request) instanceof Answer.Registers(Words words))) {
            return new Read.Failed<>(bus.where() + ", unit " + unit + ": the clock cannot be read");
        }
        int first = words.at(CLOCK);
        int second = words.at(CLOCK + 1);
        int third = words.at(CLOCK + 2);
        try {
            return new Read.Ok<>(LocalDateTime.of(
                    CENTURY + (third >> 8), third & 0xFF, second >> 8, second & 0xFF, first >> 8, first & 0xFF));
        } catch (DateTimeException _) {
            return new Read.Failed<>(bus.where() + ", unit " + unit + ": the clock shows no date: set it by hand once");
        }
    }

    private static List<Integer> words(LocalDateTime time) {
        return List.of(
                (time.getMinute() << 8) | time.getSecond(),
                (time.getDayOfMonth() << 8) | time.getHour(),
                ((time.getYear() - CENTURY) << 8) | time.getMonthValue());
    }

    @Override
    public void close() {
        bus.close();
    }
}
