package sunpeer.drivers.profile;

import static sunpeer.drivers.profile.Quantity.BATTERY_A;
import static sunpeer.drivers.profile.Quantity.BATTERY_C;
import static sunpeer.drivers.profile.Quantity.BATTERY_V;
import static sunpeer.drivers.profile.Quantity.BATTERY_W;
import static sunpeer.drivers.profile.Quantity.CHARGE_A;
import static sunpeer.drivers.profile.Quantity.CHARGE_W;
import static sunpeer.drivers.profile.Quantity.CONTROLLER_SOC;
import static sunpeer.drivers.profile.Quantity.LOAD_A;
import static sunpeer.drivers.profile.Quantity.LOAD_V;
import static sunpeer.drivers.profile.Quantity.LOAD_W;
import static sunpeer.drivers.profile.Quantity.PV_A;
import static sunpeer.drivers.profile.Quantity.PV_ENERGY_TOTAL;
import static sunpeer.drivers.profile.Quantity.PV_V;
import static sunpeer.drivers.profile.Quantity.PV_W;

import java.time.Instant;
import java.util.List;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/**
 * Judges measured values against each other and completes what a family does not measure but implies. Pure.
 */
final class Judgement {
    private static final double POWER_TOLERANCE_W = 3;
    private static final double POWER_TOLERANCE = 0.10;

    private Judgement() {}

    static ReadResult reading(Instant at, String origin, Profile.Kind kind, Measured measured) {
        Value battery = measured.get(BATTERY_V);
        boolean flows = List.of(BATTERY_A, CHARGE_A, LOAD_A).stream()
                .map(measured::get)
                .anyMatch(current -> current.quality() != Quality.ABSENT && current.number() != 0);
        if ((battery.number() == 0 && flows) || measured.nothingPlausible()) {
            return implausible(
                    origin, kind, "battery at " + battery.number() + " V and nothing else that could be true");
        }
        checkPower(measured, BATTERY_V, BATTERY_A, BATTERY_W);
        checkPower(measured, BATTERY_V, CHARGE_A, CHARGE_W);
        checkPower(measured, PV_V, PV_A, PV_W);
        checkPower(measured, LOAD_V, LOAD_A, LOAD_W);
        checkDead(measured, PV_V, PV_A);
        checkDead(measured, LOAD_V, LOAD_A);
        refine(measured, PV_V, PV_A, PV_W);
        refine(measured, LOAD_V, LOAD_A, LOAD_W);
        Reading reading = new Reading(
                at,
                origin,
                battery,
                netCurrent(measured),
                kind == Profile.Kind.CHARGE_CONTROLLER ? chargeCurrent(measured) : measured.get(CHARGE_A),
                measured.get(LOAD_A),
                loadPower(measured),
                measured.get(PV_V),
                measured.get(PV_A),
                kind == Profile.Kind.CHARGE_CONTROLLER ? pvPower(measured, chargePower(measured)) : measured.get(PV_W),
                measured.get(BATTERY_C),
                measured.get(CONTROLLER_SOC),
                measured.get(PV_ENERGY_TOTAL),
                measured.stage());
        return new ReadResult.Ok(reading, measured.details());
    }

    static ReadResult implausible(String origin, Profile.Kind kind, String what) {
        return new ReadResult.Failed(new Fault(
                Fault.Kind.IMPLAUSIBLE,
                "%s answers, but with values that cannot be those of %s (%s): is it the right profile and unit?"
                        .formatted(origin, kind.title(), what)));
    }

    /** Volts times amperes against watts; which of them lies is unknown, but the voltage has other witnesses. */
    private static void checkPower(Measured measured, Quantity volts, Quantity amperes, Quantity watts) {
        Value v = measured.get(volts);
        Value a = measured.get(amperes);
        Value w = measured.get(watts);
        if (!v.isGood() || !a.isGood() || !w.isGood()) {
            return;
        }
        // Without their signs: some devices give the power of a discharging battery as a positive number.
        double product = Math.abs(v.number() * a.number());
        double power = Math.abs(w.number());
        double tolerance = Math.max(POWER_TOLERANCE_W, POWER_TOLERANCE * Math.max(product, power));
        if (Math.abs(product - power) > tolerance) {
            measured.put(amperes, Value.suspect(a.number()));
            measured.put(watts, Value.suspect(w.number()));
        }
    }

    /** A current without a voltage: gateways send zero for "no value". */
    private static void checkDead(Measured measured, Quantity volts, Quantity amperes) {
        Value a = measured.get(amperes);
        if (measured.get(volts).number() == 0 && a.isGood() && a.number() != 0) {
            measured.put(amperes, Value.suspect(a.number()));
            measured.put(volts, Value.suspect(0));
        }
    }

    /** Replaces watts that the device rounds by the product, which the check before has found to agree. */
    private static void refine(Measured measured, Quantity volts, Quantity amperes, Quantity watts) {
        Value v = measured.get(volts);
        Value a = measured.get(amperes);
        if (measured.isCoarse(watts)
                && v.isGood()
                && a.isGood()
                && measured.get(watts).isGood()) {
            measured.put(watts, Value.good(v.number() * a.number()));
        }
    }

    private static Value netCurrent(Measured measured) {
        Value given = measured.get(BATTERY_A);
        if (given.quality() != Quality.ABSENT) {
            return given;
        }
        Value charge = measured.get(CHARGE_A);
        Value load = measured.get(LOAD_A);
        // No load output: whatever hangs on the battery is not seen by the controller at all, so this is the most that
        // it can be.
        return load.quality() == Quality.ABSENT
                ? doubted(charge)
                : derived(charge, load, charge.number() - load.number());
    }

    private static Value doubted(Value value) {
        return value.isGood() ? Value.suspect(value.number()) : value;
    }

    private static Value chargeCurrent(Measured measured) {
        Value given = measured.get(CHARGE_A);
        Value net = measured.get(BATTERY_A);
        if (given.quality() != Quality.ABSENT) {
            // A little below zero at night, where the controller feeds itself.
            return new Value(Math.max(0, given.number()), given.quality());
        }
        if (net.quality() == Quality.ABSENT) {
            return given;
        }
        Value load = measured.get(LOAD_A);
        double sum = net.number() + (load.quality() == Quality.ABSENT ? 0 : load.number());
        return derived(net, load.quality() == Quality.ABSENT ? net : load, Math.max(0, sum));
    }

    private static Value loadPower(Measured measured) {
        Value given = measured.get(LOAD_W);
        Value amperes = measured.get(LOAD_A);
        if (given.quality() != Quality.ABSENT || amperes.quality() == Quality.ABSENT) {
            return given;
        }
        Value volts = measured.get(BATTERY_V);
        return derived(volts, amperes, volts.number() * amperes.number());
    }

    /** Some controllers measure what they give only: what they lose themselves, a few percent, is not seen then. */
    private static Value pvPower(Measured measured, Value chargePower) {
        Value given = measured.get(PV_W);
        Value volts = measured.get(PV_V);
        Value amperes = measured.get(PV_A);
        Value product = derived(volts, amperes, volts.number() * amperes.number());
        return given.quality() != Quality.ABSENT ? given : product.quality() != Quality.ABSENT ? product : chargePower;
    }

    private static Value chargePower(Measured measured) {
        Value given = measured.get(CHARGE_W);
        Value volts = measured.get(BATTERY_V);
        Value amperes = measured.get(CHARGE_A);
        return given.quality() != Quality.ABSENT
                ? given
                : derived(volts, amperes, volts.number() * Math.max(0, amperes.number()));
    }

    /** A value that follows from two others is as good as the worse of them. */
    private static Value derived(Value one, Value other, double number) {
        Quality worse = one.quality().compareTo(other.quality()) >= 0 ? one.quality() : other.quality();
        return worse == Quality.ABSENT ? Value.ABSENT : new Value(Math.round(number * 1e6) / 1e6, worse);
    }
}
