package sunpeer.drivers.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import sunpeer.drivers.transport.AllowedWrite;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** The families whose load output may be switched, and where they tell of it. Stateless. */
enum LoadFamily {
    /** V25 and the frames of a Tracer: coil 2 commands, 0x3202 bit 0 tells, 0x903D is the mode. */
    EPEVER("epever", "manual control (mode 0)", 14) {
        @Override
        Read<LoadState> read(RegisterBus bus, int unit) {
            return words(bus, unit, 3, 0x903D, 1)
                    .then(mode -> bit(bus, unit, 2)
                            .then(command -> words(bus, unit, 4, 0x3202, 1)
                                    .then(status -> words(bus, unit, 4, 0x310C, 1)
                                            .then(load -> words(bus, unit, 4, 0x3100, 1)
                                                    .then(panel -> {
                                                        boolean on = (status & 1) != 0;
                                                        return new Read.Ok<>(new LoadState(
                                                                on,
                                                                on == (command != 0),
                                                                mode == 0,
                                                                load * 0.01,
                                                                panel * 0.01,
                                                                volts(words(bus, unit, 3, 0x900D, 1), 0.01)));
                                                    })))));
        }

        @Override
        Request.Write write(int unit, boolean on) {
            return new Request.Write(unit, AllowedWrite.EPEVER_LOAD, List.of(on ? 0xFF00 : 0x0000));
        }
    },
    /** S39: 0x010A commands, 0x0120 bit 15 tells, 0xE01D is the mode; thresholds are written for 12 V. */
    SRNE("srne", "manual (mode 15)", 0) {
        @Override
        Read<LoadState> read(RegisterBus bus, int unit) {
            return words(bus, unit, 3, 0xE01D, 1)
                    .then(mode -> words(bus, unit, 3, 0x0120, 1)
                            .then(status -> words(bus, unit, 3, 0x0104, 1)
                                    .then(load -> words(bus, unit, 3, 0x0107, 1)
                                            .then(panel -> words(bus, unit, 3, 0x0101, 1)
                                                    .then(battery -> {
                                                        boolean on = (status & 0x8000) != 0;
                                                        double blocks = Math.max(1, Math.round(battery * 0.1 / 13));
                                                        return new Read.Ok<>(new LoadState(
                                                                on,
                                                                true,
                                                                mode == 15,
                                                                load * 0.1,
                                                                panel * 0.1,
                                                                volts(words(bus, unit, 3, 0xE00D, 1), 0.1 * blocks)));
                                                    })))));
        }

        @Override
        Request.Write write(int unit, boolean on) {
            return new Request.Write(unit, AllowedWrite.SRNE_LOAD, List.of(on ? 1 : 0));
        }
    };

    private final String profile;
    private final String manualMode;
    private final double offPvMinV;

    LoadFamily(String profile, String manualMode, double offPvMinV) {
        this.profile = profile;
        this.manualMode = manualMode;
        this.offPvMinV = offPvMinV;
    }

    static Optional<LoadFamily> of(String profile) {
        return List.of(values()).stream()
                .filter(family -> family.profile.equals(profile))
                .findFirst();
    }

    String manualMode() {
        return manualMode;
    }

    /** The load is not switched off below this voltage of the panel; 0 where that does no harm. */
    double offPvMinV() {
        return offPvMinV;
    }

    abstract Read<LoadState> read(RegisterBus bus, int unit);

    abstract Request.Write write(int unit, boolean on);

    private static Read<Integer> words(RegisterBus bus, int unit, int function, int address, int count) {
        Request.Registers request = new Request.Registers(unit, function, address, count);
        return bus.ask(request) instanceof Answer.Registers(Words words)
                ? new Read.Ok<>(words.at(address))
                : new Read.Failed<>(request.describe() + " cannot be read");
    }

    private static Read<Integer> bit(RegisterBus bus, int unit, int address) {
        Request.Bits request = new Request.Bits(unit, 1, address, 1);
        return bus.ask(request) instanceof Answer.Bits(List<Boolean> bits)
                ? new Read.Ok<>(bits.getFirst() ? 1 : 0)
                : new Read.Failed<>(request.describe() + " cannot be read");
    }

    /** A threshold that some firmware does not tell. */
    private static OptionalDouble volts(Read<Integer> read, double scale) {
        return read instanceof Read.Ok<Integer>(Integer raw) && raw > 0
                ? OptionalDouble.of(Math.round(raw * scale * 1000) / 1000.0)
                : OptionalDouble.empty();
    }
}
